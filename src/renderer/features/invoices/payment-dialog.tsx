import { Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { dayInZone } from '../../../shared/domain/calendar-date';
import { minor } from '../../../shared/domain/money';
import type { PaymentMethod } from '../../../shared/domain/payment';
import { paymentMethod } from '../../../shared/domain/payment';
import { issue } from '../../../shared/domain/result';
import { useApiAction } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { formErrors } from '../../app/describe-error';
import { DateField } from '../../ui/date-field';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { MoneyInput } from '../../ui/scaled-input';
import { withCurrency } from '../documents/editor-errors';
import { Dialog } from '../../ui/dialog';

interface PaymentDialogProps {
  readonly view: InvoiceView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Records money that came in: all that is open, or a part of it. */
export function PaymentDialog({ view, isOpen, onClose }: PaymentDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      size={420}
      title={t('payment.recordFor', { number: view.invoice.number ?? '' })}
    >
      <PaymentForm view={view} onClose={onClose} />
    </Dialog>
  );
}

const FIELDS = ['amount', 'date', 'method', 'reference'];

function PaymentForm({ view, onClose }: Omit<PaymentDialogProps, 'isOpen'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const business = useBusiness();
  const record = useApiAction('payments.record');
  const { currency } = view.invoice.content;
  const [amount, setAmount] = useState<number | null>(view.balance === 0 ? null : view.balance);
  const [date, setDate] = useState<CalendarDate | null>(() =>
    dayInZone(new Date(), business.timeZone),
  );
  const [method, setMethod] = useState<PaymentMethod>('bank_transfer');
  const [reference, setReference] = useState('');
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const errors = formErrors(t, refusal, formats, {
    prefix: 'payment.',
    knows: (field) => FIELDS.includes(field),
  });

  const submit = async (): Promise<void> => {
    if (amount === null || date === null) {
      const missing = Object.entries({ amount, date }).filter(([, value]) => value === null);
      const issues = missing.map(([field]) => issue(field, 'required'));
      return setRefusal({ kind: 'refused', issues });
    }
    const result = await record.run({
      payment: { invoiceUid: view.invoice.uid, date, amount: minor(amount), method, reference },
    });
    if (result.ok) return onClose();
    const { error } = result;
    setRefusal(
      error.kind === 'refused'
        ? { ...error, issues: error.issues.map((one) => withCurrency(one, currency)) }
        : error,
    );
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap={12}>
        <ErrorSummary messages={errors.rest} />
        <MoneyInput
          data-autofocus
          label={t('payment.amountIn', { currency })}
          currency={currency}
          value={amount}
          onChange={setAmount}
          error={errors.fields['amount']}
        />
        <DateField
          label={t('payment.date')}
          value={date}
          onChange={setDate}
          error={errors.fields['date']}
        />
        <Select
          label={t('payment.method')}
          allowDeselect={false}
          data={paymentMethod.options.map((value) => ({
            value,
            label: t(`paymentMethod.${value}`),
          }))}
          value={method}
          onChange={(value) => value && setMethod(value)}
        />
        <TextInput
          label={t('payment.reference')}
          maxLength={140}
          autoComplete="off"
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
          error={errors.fields['reference']}
        />
        <DialogActions
          label={t('payment.record')}
          isRunning={record.isRunning}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
