import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDeviceDesktop,
  IconPlayerPause,
  IconRefresh,
  IconUserExclamation,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { useApiQuery } from '../../app/api';
import classes from './sync-mark.module.css';
import { useStatusText } from './use-status-text';

/** How this machine and the cloud stand, in the frame of every page; leads to the whole story. */
export function SyncMark() {
  const { t } = useTranslation();
  const { data: status } = useApiQuery('sync.status', {});
  const text = useStatusText(status);
  if (status === undefined) return null;
  const Symbol = iconOf(status);
  const needsAttention = status.attention > 0 || status.phase === 'sign_in_needed';
  return (
    // Around the link: a region within it would keep its words from being the link's name.
    <div role="status">
      <NavLink
        to="/cloud"
        className={classes['mark'] ?? ''}
        data-attention={needsAttention || undefined}
        title={t('cloud.open')}
      >
        <Symbol size={16} stroke={1.6} aria-hidden />
        <span className={classes['text']}>{text}</span>
      </NavLink>
    </div>
  );
}

function iconOf(status: SyncStatus): Icon {
  if (status.attention > 0) return IconAlertTriangle;
  switch (status.phase) {
    case 'off':
      return IconDeviceDesktop;
    case 'offline':
    case 'cloud_problem':
    case 'cloud_outdated':
    case 'app_problem':
      return IconCloudOff;
    case 'paused':
      return IconPlayerPause;
    case 'sign_in_needed':
    case 'no_access':
      return IconUserExclamation;
    case 'update_required':
      return IconAlertTriangle;
    case 'syncing':
      return IconRefresh;
    case 'idle':
      return status.waiting > 0 ? IconCloudUp : IconCloudCheck;
  }
}
