import { UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { SyncMark } from '../features/cloud/sync-mark';
import { Shortcut } from '../ui/shortcut';
import { openCommandPalette } from './command-palette';
import classes from './frame-tools.module.css';
import { openShortcutHelp } from './shortcut-help';

/** Sync, search and help at the foot of the navigation, with their keys. */
export function FrameTools() {
  const { t } = useTranslation();
  return (
    <div className={classes['tools']}>
      <SyncMark />
      <UnstyledButton className={classes['tool']} onClick={openCommandPalette}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className={`${classes['label']} doc-wide-only`}>{t('palette.open')}</span>
        <Shortcut keys="Mod+K" />
      </UnstyledButton>
      <UnstyledButton className={classes['tool']} onClick={openShortcutHelp}>
        <IconKeyboard size={16} stroke={1.6} aria-hidden />
        <span className={`${classes['label']} doc-wide-only`}>{t('shortcuts.button')}</span>
        <Shortcut keys="?" />
      </UnstyledButton>
    </div>
  );
}
