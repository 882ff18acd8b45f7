import { and, asc, eq, isNotNull, isNull, like, lt } from 'drizzle-orm';

import type { Database } from '../../../kit/database/database';
import { outbox } from '../../../kit/database/kit-tables';
import { WORKFLOW_ENTRY } from '../../../kit/messaging/outbox';
import { describeError } from '../../../kit/telemetry/log';
import type { Executions } from '../adapters/executions';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import { creations, sends } from '../db/schema';
import type { SendRow } from '../db/send-repository';
import { createInvoice } from './create-invoice';
import { lockDelivery, retrySend, settle } from './deliveries';
import { findLooseEnds, tieLooseEnds } from './loose-ends';

export interface SweepTimes {
  /** How often it looks. */
  readonly everyMs: number;
  /** How long something may stand still before it is looked at. */
  readonly afterMs: number;
}

const BATCH = 100;
/** After the start: another process that works on something shows it meanwhile. */
const FIRST_LOOK_MS = 3_000;
const KEEP_CREATIONS_MS = 7 * 86_400_000;
/** The longest pause between two tries of a delivery that keeps getting lost. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Takes up what nobody carries any more, soon after the start and then regularly until stopped:
 * requests that no workflow made an invoice of, and deliveries whose execution is gone. The first
 * look waits for no silence: what stood still since the start was left by a process before.
 */
export function startSweep(
  context: InvoicesContext,
  executions: Executions,
  times: SweepTimes,
): { stop(): Promise<void> } {
  let isStopped = false;
  let left: Date | undefined = context.now();
  let running = Promise.resolve();
  let timer = setTimeout(look, Math.min(FIRST_LOOK_MS, times.everyMs));

  function look(): void {
    running = run();
  }

  async function run(): Promise<void> {
    try {
      await sweep(context, executions, times.afterMs, left);
      left = undefined;
    } catch (error) {
      context.log.error(describeError(error), 'the sweep could not be finished');
    }
    if (!isStopped) timer = setTimeout(look, times.everyMs);
  }

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      executions.close();
    },
  };
}

/** One look at everything that stands still, for `afterMs` or since `before`. */
export async function sweep(
  context: InvoicesContext,
  executions: Pick<Executions, 'fateOf'>,
  afterMs: number,
  before = new Date(context.now().getTime() - afterMs),
): Promise<void> {
  for (const { tenant, sendUid } of await waitingCreations(context.db, before)) {
    await attempt(context, () => createInvoice(context, tenant, sendUid));
  }
  for (const end of await findLooseEnds(context.db, before)) {
    await attempt(context, () => tieLooseEnds(context, end));
  }
  for (const send of await stillSends(context.db, before)) {
    await attempt(context, () => takeUp(context, executions, send, afterMs));
  }
  await context.db
    .delete(creations)
    .where(
      and(
        isNotNull(creations.storedAt),
        lt(creations.storedAt, new Date(context.now().getTime() - KEEP_CREATIONS_MS)),
      ),
    )
    .limit(1_000);
}

/** One that cannot be helped now must not keep the others waiting. */
async function attempt(context: InvoicesContext, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.log.error(describeError(error), 'a delivery could not be taken up');
  }
}

async function waitingCreations(db: Database, before: Date) {
  return db
    .select({ tenant: creations.tenant, sendUid: creations.sendUid })
    .from(creations)
    .where(and(isNull(creations.storedAt), lt(creations.createdAt, before)))
    .orderBy(asc(creations.createdAt))
    .limit(BATCH);
}

async function stillSends(db: Database, before: Date): Promise<readonly SendRow[]> {
  return db
    .select()
    .from(sends)
    .where(and(eq(sends.state, 'pending'), eq(sends.kind, 'invoice'), lt(sends.updatedAt, before)))
    .orderBy(asc(sends.updatedAt))
    .limit(BATCH);
}

async function takeUp(
  context: InvoicesContext,
  executions: Pick<Executions, 'fateOf'>,
  seen: SendRow,
  afterMs: number,
): Promise<void> {
  if (context.now().getTime() - seen.updatedAt.getTime() < pauseOf(seen, afterMs)) return;
  if (await isStartWaiting(context.db, seen)) return;
  const fate = await executions.fateOf(seen.sendUid, seen.attempt);
  if (fate === 'running') return;
  const today = await context.directory.today(seen.tenant);
  await changing(context.db, async (transaction) => {
    const found = await lockDelivery(transaction, seen.tenant, seen.invoiceUid, seen.sendUid);
    if (found === null) return;
    const { invoice, send } = found;
    if (send.state !== 'pending' || send.attempt !== seen.attempt) return;
    const now = context.now();
    if (fate === 'succeeded') {
      // Its last step was answered, so the mail is out whatever became of this row.
      await settle(transaction, invoice, send, { kind: 'delivered' }, today, now);
      return;
    }
    context.log.warn({ send_uid: send.sendUid, attempt: send.attempt }, 'a delivery is taken up');
    await retrySend(transaction, invoice, send, today, now);
  });
}

/** What got lost before is not tried in circles, also where the process dies of it each time. */
function pauseOf({ attempt }: SendRow, afterMs: number): number {
  if (attempt === 1) return 0;
  return Math.max(afterMs, Math.min(afterMs * 2 ** Math.min(attempt - 1, 10), LONGEST_PAUSE_MS));
}

/** The relay has yet to start the execution. */
async function isStartWaiting(db: Database, send: SendRow): Promise<boolean> {
  const [row] = await db
    .select({ position: outbox.position })
    .from(outbox)
    .where(
      and(
        isNull(outbox.publishedAt),
        eq(outbox.name, WORKFLOW_ENTRY),
        like(outbox.data, `%${send.sendUid}%`),
      ),
    )
    .limit(1);
  return row !== undefined;
}
