import { ok } from '../../shared/domain/result';
import type { Replica } from '../replica/replica';
import type { LivePhase } from './live-sync';
import type { RoundTransfers } from './round-transfers';
import { logLine } from './sync-state';

/**
 * Tells the log how a round ended: what moved, and that it goes again after a failure, which the log
 * has from the call that failed. Answers whether sync has failed by now.
 */
export function logRound(
  replica: Replica,
  hasFailed: boolean,
  phase: LivePhase,
  transfers: RoundTransfers,
): boolean {
  if (phase.kind === 'syncing') return hasFailed;
  const moved = transfers.summary();
  const lines = [
    ...(moved === null ? [] : [moved]),
    ...(hasFailed && phase.kind === 'idle' ? ['in step again'] : []),
  ];
  if (lines.length > 0) {
    replica.write((scope) => {
      for (const line of lines) logLine(scope, line);
      return ok(undefined);
    });
  }
  return phase.kind === 'failed';
}
