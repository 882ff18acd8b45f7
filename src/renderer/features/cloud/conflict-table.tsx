import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ConflictItem, Side } from '../../../shared/contracts/app-api/sync';
import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { isSameValue } from '../../../shared/sync/field-paths';
import classes from './conflict-card.module.css';
import { companionLabels, pathLabel } from './field-text';
import { SideValue } from './field-value';

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
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{t('cloud.conflicts.field')}</th>
          {shown.map((side) => (
            <th key={side} scope="col">
              {t(`cloud.conflicts.${side}`)}
            </th>
          ))}
          <th scope="col">{t('cloud.conflicts.choice')}</th>
        </tr>
      </thead>
      <tbody>
        {conflict.fields.map((field) => (
          <tr key={field.path}>
            <th scope="row">
              <div className={classes['field']}>{pathLabel(t, field)}</div>
              <Companions conflict={conflict} field={field} />
            </th>
            {shown.map((side) => (
              <td
                key={side}
                data-side={t(`cloud.conflicts.${side}`)}
                data-chosen={sides[field.path] === side || undefined}
              >
                <SideValue
                  fields={conflict.fields}
                  field={field}
                  side={side}
                  currency={conflict.currency}
                />
              </td>
            ))}
            <td>
              <SegmentedControl
                size="xs"
                className={classes['choice'] ?? ''}
                aria-label={t('cloud.conflicts.choiceOf', { field: pathLabel(t, field) })}
                data={[
                  { value: 'mine', label: t('cloud.conflicts.keepMine') },
                  { value: 'theirs', label: t('cloud.conflicts.keepTheirs') },
                ]}
                value={sides[field.path] ?? ''}
                onChange={(value) => onChoose(field.path, value as Side)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
