import type { SendState } from '../../../shared/contracts/sync/records';
import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { useApiQuery } from '../../app/api';

/** Where an e-mail stands, and what one that is queued waits for. */
export type ShownDelivery = SendState | 'waiting' | 'paused' | 'sign_in' | 'cloud';

/** Tells of an e-mail's state what to call it, as sync stands now. */
export function useShownDelivery(): (state: SendState) => ShownDelivery {
  const { data: status } = useApiQuery('sync.status', {});
  return (state) =>
    state === 'queued' && status !== undefined ? queuedBecause(status.phase) : state;
}

function queuedBecause(phase: SyncStatus['phase']): ShownDelivery {
  switch (phase) {
    case 'off':
    case 'idle':
    case 'syncing':
      return 'queued';
    case 'offline':
      return 'waiting';
    case 'paused':
      return 'paused';
    case 'sign_in_needed':
    case 'no_access':
      return 'sign_in';
    case 'cloud_problem':
    case 'cloud_outdated':
    case 'app_problem':
    case 'update_required':
      return 'cloud';
  }
}
