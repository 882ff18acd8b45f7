import { setTimeout as pause } from 'node:timers/promises';

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { and, asc, inArray, isNotNull, isNull, lt, min } from 'drizzle-orm';

import type { Envelope } from '../../../src/shared/contracts/events/envelope';
import type { EventName } from '../../../src/shared/contracts/events/events';
import { eventSource } from '../../../src/shared/contracts/events/events';
import { workflowInput } from '../../../src/shared/contracts/events/workflow';
import { businessUid } from '../../../src/shared/domain/ids';
import { AWS_TIMEOUTS } from '../aws-timeouts';
import { checkpoint } from '../checkpoint';
import type { Config } from '../config';
import type { Database, Transaction } from '../database/database';
import { transact } from '../database/database';
import { outbox } from '../database/kit-tables';
import type { Logger } from '../telemetry/log';
import { describeError } from '../telemetry/log';
import { meter } from '../telemetry/telemetry';
import { createMovedHeads, dataOf, joinMoved } from './moved-heads';
import { onOutboxFilled, WORKFLOW_ENTRY } from './outbox';

/** EventBridge takes ten entries in a call. */
const REQUEST_ENTRIES = 10;
/**
 * As many as are held locked for some calls at once. There has to be room beside the moves of
 * collections that wait for their time: a full batch tells those too.
 */
const BATCH = 100;
/** It takes a megabyte in a call; a single entry stays below that by its schema. */
const REQUEST_BYTES = 256 * 1024;
/** What this process commits is told at once; this is for what others left. */
const IDLE_MS = 500;
/** From one look at the outbox to the next: what is committed meanwhile is told together. */
const GATHER_MS = 25;
const KEEP_PUBLISHED_MS = 7 * 86_400_000;

type Entry = typeof outbox.$inferSelect;

export interface OutboxRelay {
  stop(): Promise<void>;
}

interface RelayParts {
  readonly db: Database;
  readonly config: Pick<Config, 'busName' | 'stateMachineArn'>;
  readonly log: Logger;
}

/**
 * Publishes what the outbox holds, in order of writing, until stopped. Any number of relays may
 * work on one outbox: each takes rows that no other holds (`SKIP LOCKED`). An entry is marked only
 * when its own publish came back without an error code; a crash before that publishes it again
 * under the same event id.
 */
export function startOutboxRelay({ db, config, log }: RelayParts): OutboxRelay {
  const bus = new EventBridgeClient({ maxAttempts: 3, ...AWS_TIMEOUTS });
  const workflows = new SFNClient({ maxAttempts: 3, ...AWS_TIMEOUTS });
  const movedHeads = createMovedHeads();
  let isStopping = false;
  let isWoken = true;
  let wakeUp: (() => void) | undefined;

  observeLag(db);

  /** Without a lock, for the many times that there is nothing. */
  async function isWaiting(): Promise<boolean> {
    const [row] = await db
      .select({ position: outbox.position })
      .from(outbox)
      .where(isNull(outbox.publishedAt))
      .limit(1);
    return row !== undefined;
  }

  /** Publishes some; answers after how many milliseconds to look again. */
  async function publishBatch(): Promise<number> {
    return transact(db, async (transaction) => {
      const entries = await transaction
        .select()
        .from(outbox)
        .where(isNull(outbox.publishedAt))
        .orderBy(asc(outbox.position))
        .limit(BATCH)
        .for('update', { skipLocked: true });
      if (entries.length === 0) return IDLE_MS;
      const isFull = entries.length === BATCH;
      const { told, superseded, lookAgainMs } = movedHeads.choose(entries, isFull);
      checkpoint('outbox', 'before-publish');
      const published = await publish(told);
      checkpoint('outbox', 'after-publish');
      await mark(transaction, [...published, ...superseded]);
      const isMoving = published.length + superseded.length > 0;
      return isFull && isMoving ? 0 : (lookAgainMs ?? IDLE_MS);
    });
  }

  async function publish(entries: readonly Entry[]): Promise<readonly Entry[]> {
    const events = entries.filter((entry) => entry.name !== WORKFLOW_ENTRY);
    const starts = entries.filter((entry) => entry.name === WORKFLOW_ENTRY);
    const [told, started] = await Promise.all([
      putEvents(joinMoved(events).map(tellingOf)),
      Promise.all(starts.map(startWorkflow)),
    ]);
    return [...told, ...started.filter((entry) => entry !== null)];
  }

  async function putEvents(tellings: readonly Telling[]): Promise<readonly Entry[]> {
    const outcomes = await Promise.allSettled(partsBySize(tellings).map(putPart));
    return outcomes.flatMap((outcome) => {
      if (outcome.status === 'fulfilled') return outcome.value;
      log.error(describeError(outcome.reason), 'events could not be published');
      return [];
    });
  }

  async function putPart(tellings: readonly Telling[]): Promise<readonly Entry[]> {
    const answer = await bus.send(
      new PutEventsCommand({
        Entries: tellings.map(({ name, occurredAt, detail }) => ({
          EventBusName: config.busName,
          Source: eventSource(name),
          DetailType: name,
          Time: occurredAt,
          Detail: detail,
        })),
      }),
    );
    const refusals = (answer.Entries ?? []).filter((one) => one.ErrorCode !== undefined);
    if (refusals.length > 0) {
      log.error({ codes: refusals.map((one) => one.ErrorCode) }, 'events were refused');
    }
    return tellings.flatMap(({ entries }, index) => {
      const outcome = answer.Entries?.[index];
      return outcome?.EventId !== undefined && outcome.ErrorCode === undefined ? entries : [];
    });
  }

  async function startWorkflow(entry: Entry): Promise<Entry | null> {
    try {
      const input = workflowInput.parse({ ...(entry.data as object), trace: entry.trace });
      await workflows.send(
        new StartExecutionCommand({
          stateMachineArn: config.stateMachineArn,
          name: `${input.send_uid}-${input.attempt}`,
          input: JSON.stringify(input),
        }),
      );
      return entry;
    } catch (error) {
      // The name is the send and its attempt: it was started already.
      if (error instanceof ExecutionAlreadyExists) return entry;
      log.error(describeError(error), 'a workflow could not be started');
      return null;
    }
  }

  async function run(): Promise<void> {
    let nextPurge = 0;
    while (!isStopping) {
      let restMs = IDLE_MS;
      const begun = performance.now();
      try {
        const isCertain = isWoken;
        isWoken = false;
        if (isCertain || (await isWaiting())) restMs = await publishBatch();
        if (Date.now() > nextPurge) {
          nextPurge = Date.now() + 3_600_000;
          await purge(db);
        }
      } catch (error) {
        log.error(describeError(error), 'the outbox could not be published');
      }
      await rest(restMs);
      await pause(Math.max(0, begun + GATHER_MS - performance.now()));
    }
  }

  async function rest(milliseconds: number): Promise<void> {
    if (isWoken || isStopping || milliseconds === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = undefined;
  }

  const stopListening = onOutboxFilled(() => {
    isWoken = true;
    wakeUp?.();
  });
  const running = run();
  return {
    async stop() {
      stopListening();
      isStopping = true;
      wakeUp?.();
      await running;
      bus.destroy();
      workflows.destroy();
    },
  };
}

/** One event, and the entries that it tells of. */
interface Telling {
  readonly entries: readonly Entry[];
  readonly name: EventName;
  readonly occurredAt: Date;
  /** The envelope as JSON. */
  readonly detail: string;
}

/** What several entries tell together goes by the last of them, and belongs to no business. */
function tellingOf(entries: readonly Entry[]): Telling {
  const last = entries.at(-1);
  if (last === undefined) throw new Error('nothing is to be told');
  const data = dataOf(entries);
  const envelope: Envelope = {
    version: 1,
    id: last.eventId,
    tenant: data !== last.data || last.tenant === null ? null : businessUid.parse(last.tenant),
    occurred_at: last.occurredAt.toISOString(),
    trace: last.trace,
    data,
  };
  const { occurredAt } = last;
  const detail = JSON.stringify(envelope);
  return { entries, name: last.name as EventName, occurredAt, detail };
}

/** Events in their order, cut so that no request grows too large: one may hold a logo. */
export function partsBySize<T extends Pick<Telling, 'detail'>>(
  tellings: readonly T[],
): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let room = 0;
  for (const telling of tellings) {
    const bytes = Buffer.byteLength(telling.detail);
    const part = parts.at(-1);
    if (part === undefined || bytes > room || part.length === REQUEST_ENTRIES) {
      parts.push([telling]);
      room = REQUEST_BYTES - bytes;
    } else {
      part.push(telling);
      room -= bytes;
    }
  }
  return parts;
}

async function mark(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const positions = entries.map((entry) => entry.position);
  await transaction
    .update(outbox)
    .set({ publishedAt: new Date() })
    .where(inArray(outbox.position, positions));
}

async function purge(db: Database): Promise<void> {
  const before = new Date(Date.now() - KEEP_PUBLISHED_MS);
  await db
    .delete(outbox)
    .where(and(isNotNull(outbox.publishedAt), lt(outbox.publishedAt, before)))
    .limit(5_000);
}

/** Seconds that the oldest untold entry has been waiting; an alarm watches it. */
function observeLag(db: Database): void {
  meter()
    .createObservableGauge('doccentr.outbox.lag', { unit: 's' })
    .addCallback(async (result) => {
      const [row] = await db
        .select({ oldest: min(outbox.occurredAt) })
        .from(outbox)
        .where(isNull(outbox.publishedAt));
      const oldest = row?.oldest;
      result.observe(oldest ? (Date.now() - oldest.getTime()) / 1_000 : 0);
    });
}
