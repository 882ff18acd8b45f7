import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import type { CurrencyCode } from '../../../shared/domain/currency';
import { currencyCode } from '../../../shared/domain/currency';
import { lineItem } from '../../../shared/domain/line-item';
import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { useFormats } from '../../ui/formats-context';
import { fieldText, lineText } from './field-text';

type ValueSide = 'base' | 'mine' | 'theirs';

interface SideValueProps {
  /** All fields of the change: an amount is in the currency of its own side. */
  readonly fields: readonly FieldConflict[];
  readonly field: FieldConflict;
  readonly side: ValueSide;
  readonly currency: CurrencyCode | null;
}

/** One side of a field that has several values; what is gone on that side is said to be. */
export function SideValue({ fields, field, side, currency }: SideValueProps): ReactNode {
  const { t } = useTranslation();
  const value = field[side];
  const isGone = (value ?? null) === null && (field.base ?? null) !== null;
  if (isGone && field.path.includes('.')) return <em>{t('cloud.field.removed')}</em>;
  const own = fields.find(({ path }) => path === 'currency')?.[side];
  return (
    <FieldValue
      path={field.path}
      value={value}
      currency={currencyCode.safeParse(own).data ?? currency}
    />
  );
}

interface FieldValueProps {
  readonly path: string;
  readonly value: unknown;
  /** Of the record; amounts of others are in the currency of the business. */
  readonly currency: CurrencyCode | null;
}

/** A value of a field as people read it. */
export function FieldValue({ path, value, currency }: FieldValueProps): ReactNode {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  if (typeof value === 'string') {
    if (path === 'language') {
      return new Intl.DisplayNames([i18n.language], { type: 'language' }).of(value) ?? value;
    }
    if (path === 'clientUid') return <ClientName uid={value} />;
    if (path === 'taxCodeUid') return <TaxName uid={value} />;
    if (path === 'bankAccountUid') return <BankAccountName uid={value} />;
  }
  const money = currency ?? formats.homeCurrency;
  const line = lineItem.safeParse(value);
  const text = line.success
    ? lineText(t, formats, line.data, money)
    : fieldText(t, formats, path, value, money);
  return <span style={{ whiteSpace: 'pre-line' }}>{text}</span>;
}

function ClientName({ uid }: { readonly uid: string }) {
  const { t } = useTranslation();
  const { data } = useApiQuery('clients.get', { uid });
  return <>{data?.name ?? t('document.clientMissing')}</>;
}

function TaxName({ uid }: { readonly uid: string }) {
  const { t } = useTranslation();
  const { data } = useApiQuery('taxCodes.list', { includeArchived: true });
  return <>{data?.find((code) => code.uid === uid)?.name ?? t('cloud.field.notHere')}</>;
}

function BankAccountName({ uid }: { readonly uid: string }) {
  const { t } = useTranslation();
  const { bankAccounts } = useBusiness();
  return <>{bankAccounts.find((one) => one.uid === uid)?.label ?? t('cloud.field.notHere')}</>;
}
