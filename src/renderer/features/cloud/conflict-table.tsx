import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ConflictItem, Side } from '../../../shared/contracts/app-api/sync';
import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { isSameValue } from '../../../shared/sync/field-paths';
import { SimpleTable } from '../../ui/simple-table';
import classes from './conflict-card.module.css';
import { companionLabels, pathLabel } from './field-text';
import { SideValue } from './field-value';
import { recordTitle } from './record-name';

interface ConflictTableProps {
  readonly conflict: ConflictItem;
  readonly sides: Readonly<Record<string, Side>>;
  readonly showsBase: boolean;
  readonly onChoose: (path: string, side: Side) => void;
}

/** The fields of a conflict, with both values and the choice between them. */
export function ConflictTable({ conflict, sides, showsBase, onChoose }: ConflictTableProps) {
  const { t } = useTranslation();
  const shown = showsBase ? (['base', 'mine', 'theirs'] as const) : (['mine', 'theirs'] as const);
  return (
    <SimpleTable
      label={t('cloud.conflicts.fieldsOf', { title: recordTitle(t, conflict) })}
      canStack
      isTall
      columns={[
        { id: 'field', header: t('cloud.conflicts.field'), isRowHeader: true },
        ...shown.map((side) => ({ id: side, header: t(`cloud.conflicts.${side}`) })),
        { id: 'choice', header: t('cloud.conflicts.choice') },
      ]}
      rows={conflict.fields.map((field) => ({
        key: field.path,
        strong: sides[field.path],
        cells: [
          <div key="field">
            <div className={classes['field']}>{pathLabel(t, field)}</div>
            <Companions conflict={conflict} field={field} />
          </div>,
          ...shown.map((side) => (
            <SideValue
              key={side}
              fields={conflict.fields}
              field={field}
              side={side}
              currency={conflict.currency}
            />
          )),
          <SegmentedControl
            key="choice"
            size="xs"
            className={classes['choice'] ?? ''}
            aria-label={t('cloud.conflicts.choiceOf', { field: pathLabel(t, field) })}
            data={[
              { value: 'mine', label: t('cloud.conflicts.keepMine') },
              { value: 'theirs', label: t('cloud.conflicts.keepTheirs') },
            ]}
            value={sides[field.path] ?? ''}
            onChange={(value) => onChoose(field.path, value as Side)}
          />,
        ],
      }))}
    />
  );
}

interface CompanionsProps {
  readonly conflict: ConflictItem;
  readonly field: FieldConflict;
}

/** Why a field is in conflict that nobody else has touched: it goes together with others (R32). */
function Companions({ conflict, field }: CompanionsProps) {
  const { t } = useTranslation();
  if (!isSameValue(field.base, field.theirs)) return null;
  const names = companionLabels(t, conflict.collection, field.path);
  if (names.length === 0) return null;
  return (
    <div className={classes['quiet']}>
      {t('cloud.conflicts.together', { fields: names.join(', ') })}
    </div>
  );
}
