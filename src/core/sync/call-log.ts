import { desc, eq } from 'drizzle-orm';

import { ok } from '../../shared/domain/result';
import type { Replica } from '../replica/replica';
import { syncLog } from '../replica/schema';
import { describeCall, describeFailure, type FailedCall } from './failed-call';
import { logLine } from './sync-state';

interface Repeated {
  readonly replica: Replica;
  readonly failure: string;
  readonly first: string;
  readonly lineId: number;
  count: number;
}

/**
 * Notes calls that failed in the log of a business. One that fails the same way again and again, as
 * all day without a network, is one line with a count: the log keeps what came before it.
 */
export class CallLog {
  #last: Repeated | null = null;

  note(replica: Replica, failed: FailedCall): void {
    const failure = describeFailure(failed);
    const line = describeCall(failed);
    replica.write((scope) => {
      const newest = scope.db.select().from(syncLog).orderBy(desc(syncLog.id)).limit(1).get();
      const last = this.#last;
      const isAgain =
        last !== null &&
        last.replica === replica &&
        last.failure === failure &&
        last.lineId === newest?.id;
      if (isAgain) {
        last.count += 1;
        const text = `${line}, ${last.count} times since ${last.first}`;
        scope.db
          .update(syncLog)
          .set({ at: scope.now, text })
          .where(eq(syncLog.id, last.lineId))
          .run();
      } else {
        const lineId = logLine(scope, line);
        this.#last = { replica, failure, first: scope.now, lineId, count: 1 };
      }
      return ok(undefined);
    });
  }
}
