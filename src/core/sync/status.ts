import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import type { ReadScope } from '../replica/replica';
import { countOpen } from './attention';
import type { LivePhase } from './live-sync';
import { countWaiting } from './outbox-repository';
import { readFact } from './sync-state';
import { isWatched } from './transfer-meter';

const STATUS_OFF: SyncStatus = {
  phase: 'off',
  offlineSince: null,
  retryAt: null,
  lastSyncAt: null,
  waiting: 0,
  attention: 0,
  transfer: null,
};

/**
 * How a business stands that is on this machine alone; null: none is open. Two windows can be in
 * conflict without any cloud.
 */
export function statusAlone(scope: ReadScope | null): SyncStatus {
  return scope === null ? STATUS_OFF : { ...STATUS_OFF, attention: countOpen(scope) };
}

export interface LiveFacts {
  readonly phase: LivePhase;
  readonly isPaused: boolean;
  readonly isSignedIn: boolean;
  readonly offlineSince: string | null;
  readonly retryAt: string | null;
  readonly transfer: SyncStatus['transfer'];
}

/** How sync of the open business stands. */
export function statusOf(scope: ReadScope, live: LiveFacts): SyncStatus {
  const phase = phaseOf(live);
  return {
    phase,
    offlineSince: phase === 'offline' ? live.offlineSince : null,
    retryAt: phase === 'sign_in_needed' ? null : live.retryAt,
    lastSyncAt: readFact(scope, 'last_sync'),
    waiting: countWaiting(scope),
    attention: countOpen(scope),
    transfer: phase === 'syncing' && isWatched(live.transfer) ? live.transfer : null,
  };
}

function phaseOf({ phase, isPaused, isSignedIn }: LiveFacts): SyncStatus['phase'] {
  if (!isSignedIn) return 'sign_in_needed';
  if (isPaused) return 'paused';
  if (phase.kind !== 'failed') return phase.kind;
  switch (phase.why) {
    case 'temporary':
      return 'cloud_problem';
    case 'fault':
      return 'app_problem';
    case 'unauthorised':
      return 'sign_in_needed';
    case 'offline':
    case 'update_required':
    case 'cloud_outdated':
    case 'no_access':
      return phase.why;
  }
}
