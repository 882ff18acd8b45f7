import { and, asc, eq, gt, isNotNull, isNull, like, lt, or } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';

import type { Database } from '../../../kit/database/database';
import { outbox } from '../../../kit/database/kit-tables';
import { WORKFLOW_ENTRY } from '../../../kit/messaging/outbox';
import { describeError } from '../../../kit/telemetry/log';
import type { Executions } from '../adapters/executions';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import type { SendRow } from '../db/rows';
import { creations, sends } from '../db/schema';
import { createInvoice } from './create-invoice';
import { lockDelivery, retrySend, settle } from './deliveries';
import { findLooseEnds, tieLooseEnds } from './loose-ends';

export interface SweepTimes {
  /** How often it looks. */
  readonly everyMs: number;
  /** How long something may stand still before it is looked at. */
  readonly afterMs: number;
}

/** Rows that are read at a time. */
const PAGE = 100;
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
  page = PAGE,
): Promise<void> {
  for await (const { tenant, sendUid } of pageByPage(page, (after) =>
    waitingCreations(context.db, before, after, page),
  )) {
    await attempt(context, () => createInvoice(context, tenant, sendUid));
  }
  for (const end of await findLooseEnds(context.db, before)) {
    await attempt(context, () => tieLooseEnds(context, end));
  }
  for await (const { send } of pageByPage(page, (after) =>
    stillSends(context.db, before, after, page),
  )) {
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

/** Where a row stands among those that stand still: since when, and which of that moment. */
interface Place {
  readonly since: Date;
  readonly sendUid: string;
}

/** All rows, the oldest first. What stays as it is keeps nothing behind it from its turn. */
async function* pageByPage<Row extends Place>(
  size: number,
  read: (after: Place | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  let last: Place | undefined;
  for (;;) {
    const rows = await read(last);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < size) return;
  }
}

async function waitingCreations(
  db: Database,
  before: Date,
  after: Place | undefined,
  limit: number,
) {
  const { tenant, sendUid, createdAt: since, storedAt } = creations;
  return db
    .select({ tenant, sendUid, since })
    .from(creations)
    .where(and(isNull(storedAt), lt(since, before), after && isBehind({ since, sendUid }, after)))
    .orderBy(asc(since), asc(sendUid))
    .limit(limit);
}

async function stillSends(db: Database, before: Date, after: Place | undefined, limit: number) {
  const { sendUid, updatedAt: since, state, kind } = sends;
  const isStill = and(eq(state, 'pending'), eq(kind, 'invoice'), lt(since, before));
  return db
    .select({ send: sends, since, sendUid })
    .from(sends)
    .where(and(isStill, after && isBehind({ since, sendUid }, after)))
    .orderBy(asc(since), asc(sendUid))
    .limit(limit);
}

function isBehind(columns: Readonly<Record<keyof Place, MySqlColumn>>, after: Place) {
  const { since, sendUid } = columns;
  return or(gt(since, after.since), and(eq(since, after.since), gt(sendUid, after.sendUid)));
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
