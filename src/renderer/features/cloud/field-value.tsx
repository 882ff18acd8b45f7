import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import { lineItem } from '../../../shared/domain/line-item';
import { useApiQuery } from '../../app/api';
import { useFormats } from '../../ui/formats-context';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/u;
const period = z.object({ from: z.string(), to: z.string() });
const named = z.object({ label: z.string() }).or(z.object({ name: z.string() }));

/** The word for a field of a conflict: `lines.<uid>` is a line. */
export function fieldLabel(t: TFunction, path: string): string {
  const [field = '', key] = path.split('.');
  if (field === 'lines') return t(key === 'order' ? 'cloud.field.lineOrder' : 'cloud.field.line');
  const word = t(`activityField.${field}` as 'activityField.name', { defaultValue: '' });
  return word === '' ? t('activityField.other') : word;
}

interface FieldValueProps {
  readonly path: string;
  readonly value: unknown;
}

/** A value of a field as people read it. */
export function FieldValue({ path, value }: FieldValueProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (path === 'clientUid' && typeof value === 'string') return <ClientName uid={value} />;
  const line = lineItem.safeParse(value);
  if (line.success) {
    const { description, quantity, unit, unitPrice, tax } = line.data;
    return (
      <>
        {description === '' ? t('cloud.field.noDescription') : description}
        <br />
        {t('cloud.field.lineText', {
          quantity: `${formats.quantity(quantity)} ${unit}`.trim(),
          price: formats.unitPrice(unitPrice, formats.homeCurrency),
          tax: tax.name,
        })}
      </>
    );
  }
  return <span style={{ whiteSpace: 'pre-line' }}>{textOf(value)}</span>;

  function textOf(of: unknown): string {
    if (of === null || of === undefined) {
      return t(path.startsWith('lines.') ? 'cloud.field.removed' : 'cloud.field.empty');
    }
    if (typeof of === 'string') {
      if (of === '') return t('cloud.field.empty');
      return ISO_DATE.test(of) ? formats.date(of) : of;
    }
    if (typeof of === 'boolean') return t(of ? 'cloud.field.yes' : 'cloud.field.no');
    if (typeof of === 'number') {
      return path === 'unitPrice' ? formats.unitPrice(of, formats.homeCurrency) : formats.count(of);
    }
    const dates = period.safeParse(of);
    if (dates.success) return `${formats.date(dates.data.from)} – ${formats.date(dates.data.to)}`;
    const name = named.safeParse(of);
    if (name.success) return 'label' in name.data ? name.data.label : name.data.name;
    if (Array.isArray(of))
      return of.length === 0 ? t('cloud.field.empty') : of.map(textOf).join('\n');
    return Object.values(of)
      .filter((part) => part !== null && part !== '')
      .map(textOf)
      .join('\n');
  }
}

function ClientName({ uid }: { readonly uid: string }) {
  const { t } = useTranslation();
  const { data } = useApiQuery('clients.get', { uid });
  return <>{data?.name ?? t('document.clientMissing')}</>;
}
