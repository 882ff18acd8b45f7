import { useTranslation } from 'react-i18next';

import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import type { CurrencyCode } from '../../../shared/domain/currency';
import { SimpleTable } from '../../ui/simple-table';
import classes from './cloud-page.module.css';
import { pathLabel } from './field-text';
import { SideValue } from './field-value';

interface SidesTableProps {
  /** What the table is called by a screen reader. */
  readonly label: string;
  readonly fields: readonly FieldConflict[];
  /** Two sides of each field, in their order, with what each is called. */
  readonly sides: readonly { readonly side: 'mine' | 'theirs'; readonly header: string }[];
  readonly currency: CurrencyCode | null;
}

/** Fields with what stands on either side of each. */
export function SidesTable({ label, fields, sides, currency }: SidesTableProps) {
  const { t } = useTranslation();
  return (
    <SimpleTable
      label={label}
      canStack
      columns={[
        { id: 'field', header: t('cloud.conflicts.field') },
        ...sides.map(({ side, header }) => ({ id: side, header })),
      ]}
      rows={fields.map((field) => ({
        key: field.path,
        cells: [
          <span key="field" className={classes['field']}>
            {pathLabel(t, field)}
          </span>,
          ...sides.map(({ side }) => (
            <SideValue key={side} fields={fields} field={field} side={side} currency={currency} />
          )),
        ],
      }))}
    />
  );
}
