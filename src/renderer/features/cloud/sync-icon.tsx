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

import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { shownPhase } from './shown-phase';

/** The shape beside the words for how sync stands. */
export function SyncIcon({ status }: { readonly status: SyncStatus }) {
  const Shape = iconOf(status);
  return <Shape size={16} stroke={1.6} aria-hidden />;
}

function iconOf(status: SyncStatus): Icon {
  if (status.attention > 0) return IconAlertTriangle;
  switch (shownPhase(status)) {
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
