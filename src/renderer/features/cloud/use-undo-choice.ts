import { useTranslation } from 'react-i18next';

import type { DecidedItem } from '../../../shared/contracts/app-api/sync';
import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError, showToast } from '../../ui/toasts';
import { pathLabel } from './field-text';
import { recordTitle } from './record-name';

type Undoable = Pick<DecidedItem, 'id' | 'collection' | 'uid' | 'title'> & {
  readonly fields: readonly FieldConflict[];
};

/** Takes a choice back, and says what became of it: also that it could not, or not all of it. */
export function useUndoChoice(onUndone: () => void): (item: Undoable) => Promise<void> {
  const { t } = useTranslation();
  const formats = useFormats();
  return async (item) => {
    const result = await bridge.call('sync.undoResolve', { id: item.id });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    const left = item.fields.filter(({ path }) => result.value.left.includes(path));
    const title = recordTitle(t, item);
    showToast(
      left.length === 0
        ? t('cloud.conflicts.reopened', { title })
        : t('cloud.conflicts.reopenedLeft', {
            title,
            fields: left.map((field) => pathLabel(t, field)).join(', '),
          }),
    );
    onUndone();
  };
}
