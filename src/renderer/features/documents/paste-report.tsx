import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import classes from './line-grid.module.css';

export interface PasteNote {
  readonly filled: number;
  readonly dropped: number;
  readonly unread: readonly string[];
}

interface PasteReportProps {
  readonly note: PasteNote | null;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** What a paste did, with the way back; said once to a screen reader. */
export function PasteReport({ note, onUndo, onClose }: PasteReportProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['pasted']} role="status">
      {note && (
        <>
          <span>{t('document.pasted', { count: note.filled })}</span>
          {note.unread.length > 0 && (
            <span className={classes['unread']}>
              {t('document.pastedUnread', {
                count: note.unread.length,
                values: note.unread.slice(0, 3).join(', '),
              })}
            </span>
          )}
          {note.dropped > 0 && (
            <span className={classes['unread']}>
              {t('document.pastedDropped', { count: note.dropped })}
            </span>
          )}
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              onUndo();
              onClose();
            }}
          >
            {t('action.undo')}
          </Button>
        </>
      )}
    </div>
  );
}
