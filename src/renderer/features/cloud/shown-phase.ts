import type { SyncStatus } from '../../../shared/contracts/app-api/sync';

/** How sync stands, for people: asking the cloud for news is nothing that they have to see. */
export function shownPhase({
  phase,
  waiting,
  transfer,
  lastSyncAt,
}: SyncStatus): SyncStatus['phase'] {
  const isAsking = phase === 'syncing' && waiting === 0 && transfer === null && lastSyncAt !== null;
  return isAsking ? 'idle' : phase;
}
