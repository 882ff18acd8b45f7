import { TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDate } from '../../../shared/domain/calendar-date';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { ClientUid } from '../../../shared/domain/ids';
import type { DocumentContent } from '../../../shared/domain/invoice';
import { dueDateFor } from '../../../shared/domain/payment-terms';
import { useBusiness } from '../../app/business-context';
import { DateField } from '../../ui/date-field';
import { CurrencySelect } from '../../ui/fields/choosers';
import { TermsField } from '../../ui/fields/terms-field';
import { ScaledInput } from '../../ui/scaled-input';
import { ClientSelect } from '../documents/client-select';
import { formatScaled } from '../../../shared/domain/decimal';
import classes from './invoice-fields.module.css';

export interface InvoiceFieldsProps {
  readonly content: DocumentContent;
  readonly patch: (patch: Partial<DocumentContent>, topic: string) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly isCreditNote: boolean;
  readonly onClient: (uid: ClientUid) => void;
  readonly onCreateClient: (name: string) => void;
  readonly onLookUp: (choice: Promise<void>) => void;
  readonly clientRef: Ref<HTMLInputElement>;
}

/**
 * Whether the head looks the same: typing in a line must not draw all its fields again. Everything
 * but the content is kept the same by the editor.
 */
export function isSameHead(before: InvoiceFieldsProps, after: InvoiceFieldsProps): boolean {
  const { content: old, ...others } = before;
  const { content: next, ...otherNext } = after;
  return (
    isShallowEqual({ ...old, lines: null }, { ...next, lines: null }) &&
    isShallowEqual(others, otherNext)
  );
}

function isShallowEqual(a: object, b: object): boolean {
  const others = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => Object.is(value, others.get(key)));
}

/** Who, when and under which reference: the head of an invoice or credit note. */
export const InvoiceFields = memo(function InvoiceFields(props: InvoiceFieldsProps) {
  const { content, patch, errors, isCreditNote } = props;
  const { t } = useTranslation();
  const setIssueDate = (issueDate: CalendarDate | null): void => {
    if (issueDate === null) return;
    const { terms } = content;
    patch(
      terms === null ? { issueDate } : { issueDate, dueDate: dueDateFor(issueDate, terms) },
      'issueDate',
    );
  };
  return (
    <div className={classes['fields']}>
      <div data-field="clientUid" className={classes['wide']}>
        <ClientSelect
          inputRef={props.clientRef}
          value={content.clientUid}
          onChange={props.onClient}
          onLookUp={props.onLookUp}
          onCreate={props.onCreateClient}
          error={errors['clientUid']}
          isReadOnly={isCreditNote}
        />
      </div>
      <div data-field="issueDate">
        <DateField
          label={t('document.issueDate')}
          isRequired
          value={content.issueDate}
          onChange={setIssueDate}
          error={errors['issueDate']}
        />
      </div>
      {!isCreditNote && (
        <>
          <div data-field="dueDate">
            <DateField
              label={t('document.dueDate')}
              isRequired
              value={content.dueDate}
              // A due date chosen by hand is no longer what the terms say.
              onChange={(dueDate) => dueDate && patch({ dueDate, terms: null }, 'dueDate')}
              error={errors['dueDate']}
            />
          </div>
          <div data-field="terms" className={classes['wide']}>
            <TermsField
              label={t('field.terms')}
              emptyLabel={t('document.termsByHand')}
              value={content.terms}
              onChange={(terms) =>
                patch(
                  terms === null
                    ? { terms }
                    : { terms, dueDate: dueDateFor(content.issueDate, terms) },
                  'terms',
                )
              }
              error={errors['terms']}
            />
          </div>
        </>
      )}
      <div data-field="buyerReference" className={classes['wide']}>
        <TextInput
          label={t('document.buyerReference')}
          maxLength={100}
          autoComplete="off"
          value={content.buyerReference}
          onChange={(event) => patch({ buyerReference: event.currentTarget.value }, 'reference')}
          error={errors['buyerReference']}
        />
      </div>
      <SupplyFields {...props} />
      <CurrencyFields {...props} />
    </div>
  );
}, isSameHead);

function SupplyFields({ content, patch, errors }: InvoiceFieldsProps) {
  const { t } = useTranslation();
  const { supply } = content;
  return (
    <div data-field="supply" className={classes['pair']}>
      <DateField
        label={t('document.supplyFrom')}
        value={supply?.from ?? null}
        onChange={(from) => {
          if (from === null) patch({ supply: null }, 'supply');
          else {
            const isDay = supply === null || supply.from === supply.to || supply.to < from;
            patch({ supply: { from, to: isDay ? from : supply.to } }, 'supply');
          }
        }}
        error={errors['supply']}
      />
      <DateField
        label={t('document.supplyTo')}
        disabled={supply === null}
        value={supply?.to ?? null}
        onChange={(to) =>
          supply && patch({ supply: { ...supply, to: to ?? supply.from } }, 'supply')
        }
      />
    </div>
  );
}

function CurrencyFields({ content, patch, errors, isCreditNote }: InvoiceFieldsProps) {
  const { t } = useTranslation();
  const business = useBusiness();
  const isForeign = content.currency !== business.currency;
  const setCurrency = (currency: CurrencyCode | null): void => {
    if (currency === null || currency === content.currency) return;
    const account = business.bankAccounts.find((candidate) => candidate.currency === currency);
    patch({ currency, exchangeRate: null, bankAccountUid: account?.uid ?? null }, 'currency');
  };
  const rate = content.exchangeRate;
  return (
    <>
      <div data-field="currency" className={isForeign ? undefined : classes['wide']}>
        <CurrencySelect
          label={t('field.currency')}
          value={content.currency}
          onChange={setCurrency}
          disabled={isCreditNote}
          error={errors['currency']}
          comboboxProps={{ width: 260, position: 'bottom-start' }}
        />
      </div>
      {isForeign && (
        <div data-field="exchangeRate">
          <ScaledInput
            label={t('document.exchangeRate', { from: content.currency, to: business.currency })}
            decimals={9}
            format={(value) => formatScaled(value, 9, 2)}
            value={rate?.rate ?? null}
            onChange={(value) =>
              patch(
                {
                  exchangeRate:
                    value === null || value <= 0
                      ? null
                      : { to: business.currency, rate: value, date: content.issueDate },
                },
                'exchangeRate',
              )
            }
            error={errors['exchangeRate']}
          />
        </div>
      )}
    </>
  );
}
