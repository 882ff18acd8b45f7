import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { BankAccount } from '../../../shared/domain/business';
import type { BankDetails } from '../../../shared/domain/party';
import { Choice, CurrencySelect } from '../../ui/fields/choosers';
import page from '../../ui/page.module.css';

interface BankAccountFieldsProps {
  readonly value: BankAccount;
  readonly onChange: (account: BankAccount) => void;
  /** The reason for a field of the account: `details.iban`. */
  readonly error: (field: string) => string | undefined;
}

const KINDS = ['iban', 'uk', 'us', 'other'] as const;

/** The details that a kind of account has, with what the kinds share carried over. */
export function bankDetailsOf(kind: BankDetails['kind'], before: BankDetails | null): BankDetails {
  const shared = { holder: before?.holder ?? '', bankName: before?.bankName ?? '' };
  switch (kind) {
    case 'iban':
      return { kind, ...shared, iban: '', bic: '' };
    case 'uk':
      return { kind, ...shared, sortCode: '', accountNumber: '' };
    case 'us':
      return { kind, ...shared, routingNumber: '', accountNumber: '' };
    case 'other':
      return { kind, ...shared, text: '' };
  }
}

/** The kind of account that a country uses. */
export function bankKindFor(country: string): BankDetails['kind'] {
  if (country === 'GB') return 'uk';
  return country === 'US' ? 'us' : 'iban';
}

/** One bank account: what it is called, its currency, and what its country identifies it by. */
export function BankAccountFields({ value, onChange, error }: BankAccountFieldsProps) {
  const { t } = useTranslation();
  const { details } = value;
  const setDetails = (patch: Readonly<Record<string, string>>): void =>
    onChange({ ...value, details: { ...details, ...patch } });
  const field = (name: string, current: string, maxLength: number) => (
    <TextInput
      label={t(`bank.${name}` as 'bank.iban')}
      autoComplete="off"
      maxLength={maxLength}
      value={current}
      error={error(`details.${name}`)}
      onChange={(event) =>
        setDetails({
          [name]: name === 'iban' ? fitting(event.currentTarget.value) : event.currentTarget.value,
        })
      }
    />
  );
  return (
    <div className={page['pair']}>
      <TextInput
        label={t('bank.label')}
        autoComplete="off"
        maxLength={60}
        value={value.label}
        error={error('label')}
        onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
      />
      <CurrencySelect
        label={t('field.currency')}
        value={value.currency}
        error={error('currency')}
        onChange={(currency) => currency !== null && onChange({ ...value, currency })}
      />
      <Choice
        label={t('bank.kind')}
        value={details.kind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`bank.kinds.${kind}`) }))}
        onChange={(kind) =>
          kind !== null && onChange({ ...value, details: bankDetailsOf(kind, details) })
        }
      />
      {field('holder', details.holder, 70)}
      {details.kind === 'iban' && (
        <>
          {field('iban', details.iban, 42)}
          {field('bic', details.bic, 11)}
        </>
      )}
      {details.kind === 'uk' && (
        <>
          {field('sortCode', details.sortCode, 8)}
          {field('accountNumber', details.accountNumber, 8)}
        </>
      )}
      {details.kind === 'us' && (
        <>
          {field('routingNumber', details.routingNumber, 9)}
          {field('accountNumber', details.accountNumber, 17)}
        </>
      )}
      {details.kind === 'other' && field('text', details.text, 300)}
      {field('bankName', details.bankName, 70)}
    </div>
  );
}

/** An IBAN written in groups of four can be longer than the field keeps; without spaces it fits. */
function fitting(text: string): string {
  return text.length > 34 ? text.replace(/\s/gu, '') : text;
}
