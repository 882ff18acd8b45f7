import { useTranslation } from 'react-i18next';

import type { LineUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import { useFormats } from '../../ui/formats-context';
import { QuantityInput } from '../../ui/scaled-input';
import classes from './quantity-choice.module.css';

export interface ChoosableLine {
  readonly line: Pick<LineItem, 'uid' | 'description' | 'unit'>;
  /** At most this much can be chosen, in thousandths. */
  readonly most: number;
}

export type ChosenQuantities = ReadonlyMap<LineUid, number | null>;

/** Everything there is, as the choice starts. */
export function allQuantities(lines: readonly ChoosableLine[]): ChosenQuantities {
  return new Map(lines.map(({ line, most }) => [line.uid, most]));
}

/** What is chosen above zero, as the calls take it; negative quantities are left as they are. */
export function chosenLines(
  chosen: ChosenQuantities,
): { readonly lineUid: LineUid; readonly quantity: number }[] {
  return [...chosen].flatMap(([lineUid, quantity]) =>
    quantity === null || quantity === 0 ? [] : [{ lineUid, quantity }],
  );
}

interface QuantityChoiceProps {
  readonly lines: readonly ChoosableLine[];
  readonly chosen: ChosenQuantities;
  readonly onChange: (chosen: ChosenQuantities) => void;
  /** How the most that can be chosen is called: "Open", "Left". */
  readonly mostLabel: string;
}

/** How much of each line is meant. */
export function QuantityChoice({ lines, chosen, onChange, mostLabel }: QuantityChoiceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('document.description')}</th>
            <th scope="col" data-align="end">
              {mostLabel}
            </th>
            <th scope="col" data-align="end">
              {t('document.quantity')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, most }) => {
            const value = chosen.get(line.uid) ?? null;
            const isTooMuch = value !== null && Math.abs(value) > Math.abs(most);
            return (
              <tr key={line.uid}>
                <td className={classes['description']}>{line.description}</td>
                <td data-align="end">
                  {formats.quantity(most)} {line.unit}
                </td>
                <td className={classes['input']}>
                  <QuantityInput
                    aria-label={t('document.quantityOf', { description: line.description })}
                    disabled={most === 0}
                    value={value}
                    onChange={(next) => onChange(new Map(chosen).set(line.uid, next))}
                    error={
                      isTooMuch
                        ? t('document.atMost', { quantity: formats.quantity(most) })
                        : undefined
                    }
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
