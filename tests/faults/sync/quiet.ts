import type { Deed } from './acting';
import type { Cloud } from './cloud';
import type { Device } from './device';
import type { EditLog } from './edit-log';
import type { FaultCount } from './fault-plan';

/** A world after its last fault, in which nobody has anything to tell any more. */
export interface Quiet {
  readonly cloud: Cloud;
  readonly devices: readonly Device[];
  readonly deeds: readonly Deed[];
  readonly edits: EditLog;
  readonly forgiven: ReadonlySet<string>;
  readonly counts: FaultCount;
}

/** The records that the cloud refused and whose author was not done with them yet. */
export function refusedOn({ context }: Device): ReadonlySet<string> {
  return new Set(
    context.replica.connection
      .prepare<[], string>(
        `SELECT record_uid FROM attention WHERE kind = 'rejection' AND settled_at IS NULL`,
      )
      .pluck()
      .all(),
  );
}
