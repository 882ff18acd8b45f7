import { IconAlertTriangle, IconCheck, IconCloudOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SaveState } from './draft-saver';
import classes from './save-mark.module.css';

interface SaveMarkProps {
  readonly state: SaveState;
  /** Whether there is anything yet that could be called saved. */
  readonly isKept: boolean;
}

/** The one place that tells whether everything typed is kept. */
export function SaveMark({ state, isKept }: SaveMarkProps) {
  const { t } = useTranslation();
  const isSlow = useSlowSaving(state);
  return (
    <span className={classes['mark']} role="status" data-testid="save-mark" data-state={state.kind}>
      {(state.kind === 'saved' || (state.kind === 'saving' && !isSlow && isKept)) && (
        <>
          <IconCheck size={14} stroke={1.8} aria-hidden />
          {t('document.saved')}
        </>
      )}
      {state.kind === 'saving' && isSlow && t('document.saving')}
      {state.kind === 'waiting' && (
        <span className={classes['warning']}>
          <IconCloudOff size={14} stroke={1.8} aria-hidden />
          {t('document.notSavedYet')}
        </span>
      )}
      {(state.kind === 'refused' || state.kind === 'failed') && (
        <span className={classes['bad']}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
          {t('document.notSaved')}
        </span>
      )}
    </span>
  );
}

/** Saving takes milliseconds: the word does not flicker at every pause. */
function useSlowSaving(state: SaveState): boolean {
  const [isSlow, setSlow] = useState(false);
  const isSaving = state.kind === 'saving';
  useEffect(() => {
    if (!isSaving) return;
    const timer = window.setTimeout(() => setSlow(true), 600);
    return () => {
      window.clearTimeout(timer);
      setSlow(false);
    };
  }, [isSaving]);
  return isSlow;
}
