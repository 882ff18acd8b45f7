import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import classes from './restored-note.module.css';

/** Says that what was typed earlier is back, and offers to let it go. */
export function RestoredNote({ onDiscard }: { readonly onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <p className={classes['note']} role="status">
      {t('form.restored')}{' '}
      <Anchor component="button" type="button" fz="inherit" onClick={onDiscard}>
        {t('action.discard')}
      </Anchor>
    </p>
  );
}
