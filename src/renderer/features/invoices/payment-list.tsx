import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { Payment } from '../../../shared/domain/payment';
import { useApiAction } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { showError } from '../../ui/toasts';
import classes from './payment-list.module.css';

/** Money that came in or went back; each payment can be reversed once, both stay to be seen. */
export function PaymentList({ view }: { readonly view: InvoiceView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reverse = useApiAction('payments.reverse');
  const reversed = new Set(view.payments.map((payment) => payment.reverses));
  const { currency } = view.invoice.content;
  const undo = async (payment: Payment): Promise<void> => {
    const result = await reverse.run({ uid: payment.uid });
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
  };
  if (view.payments.length === 0) return <p className={classes['none']}>{t('payment.none')}</p>;
  return (
    <ul className={classes['list']}>
      {view.payments.map((payment) => {
        const isReversed = reversed.has(payment.uid);
        const label = t('payment.reverse', {
          amount: formats.money(payment.amount, currency),
          date: formats.date(payment.date),
        });
        return (
          <li key={payment.uid} className={classes['payment']} data-testid="payment">
            <div className={classes['what']}>
              <span>
                {formats.date(payment.date)}
                {' · '}
                {payment.reverses === null
                  ? t(`paymentMethod.${payment.method}`)
                  : t('payment.reversal')}
              </span>
              {payment.reference !== '' && (
                <span className={classes['quiet']}>{payment.reference}</span>
              )}
              {isReversed && <span className={classes['quiet']}>{t('payment.reversed')}</span>}
            </div>
            <span data-struck={isReversed || undefined} className={classes['amount']}>
              <Money amount={payment.amount} currency={currency} />
            </span>
            {payment.reverses === null && !isReversed ? (
              <Tooltip label={label}>
                <ActionIcon
                  size={24}
                  aria-label={label}
                  disabled={reverse.isRunning}
                  onClick={() => void undo(payment)}
                >
                  <IconArrowBackUp size={15} stroke={1.7} />
                </ActionIcon>
              </Tooltip>
            ) : (
              <span className={classes['place']} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
