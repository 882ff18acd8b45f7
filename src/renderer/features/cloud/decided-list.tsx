import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DecidedItem } from '../../../shared/contracts/app-api/sync';
import { useFormats } from '../../ui/formats-context';
import { Item, ItemList } from '../../ui/item-list';
import classes from './cloud-page.module.css';
import { pathLabel } from './field-text';
import { SideValue } from './field-value';
import { RecordName, recordTitle } from './record-name';
import { useUndoChoice } from './use-undo-choice';

interface DecidedListProps {
  readonly decided: readonly DecidedItem[];
  readonly onUndone: () => void;
}

/** The conflicts that were decided last, each with the way back. */
export function DecidedList({ decided, onUndone }: DecidedListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const undo = useUndoChoice(onUndone);
  return (
    <section aria-label={t('cloud.decided.title')}>
      <h2 className={classes['heading']}>{t('cloud.decided.title')}</h2>
      <p className={classes['quiet']}>{t('cloud.decided.hint')}</p>
      <ItemList>
        {decided.map((item) => (
          <Item
            key={item.id}
            title={<RecordName record={item} />}
            note={formats.instant(item.at)}
            actions={
              <Button
                variant="default"
                aria-label={t('cloud.of', {
                  action: t('action.undo'),
                  title: recordTitle(t, item),
                })}
                onClick={() => void undo(item)}
              >
                {t('action.undo')}
              </Button>
            }
          >
            <dl className={classes['kept']}>
              {item.fields.map((field) => (
                <div key={field.path}>
                  <dt>{pathLabel(t, field)}</dt>
                  <dd>
                    <span className={classes['quiet']}>{t(`cloud.conflicts.${field.keep}`)}</span>
                    <SideValue
                      fields={item.fields}
                      field={field}
                      side={field.keep}
                      currency={item.currency}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </Item>
        ))}
      </ItemList>
    </section>
  );
}
