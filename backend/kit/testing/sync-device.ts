import { randomUUID } from 'node:crypto';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type {
  MutationBody,
  Outcome,
  PullAnswer,
  PushAnswer,
  SentMutation,
} from '../../../src/shared/contracts/sync/protocol';
import { PROTOCOL_VERSION, pullAnswer } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid, DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { Database } from '../database/database';
import { pullPage } from '../sync/pull-page';
import { pushBatch } from '../sync/push-batch';
import type { SyncedCollection } from '../sync/synced-collection';

/** A mutation that has no number yet. */
export interface Told {
  readonly uid: string;
  readonly body: MutationBody;
  readonly uuid?: string;
  readonly isAgain?: true | undefined;
}

/** A device as far as the cloud sees it: it numbers what it tells, and pulls. */
export class TestDevice<C extends SyncCollection> {
  readonly device = newUid<DeviceUid>();
  epoch: string | null = null;
  last = 0;
  cursor = 0;
  /** The head when a pull from the start began. */
  began = 0;
  /** What was pulled, by uid. */
  readonly records = new Map<string, { readonly deleted: boolean; readonly record: unknown }>();

  constructor(
    readonly db: Database,
    readonly collection: SyncedCollection<C>,
    readonly tenant: BusinessUid,
  ) {}

  /** Gives numbers. */
  batch(told: readonly Told[]): readonly SentMutation[] {
    return told.map(({ uid, body, uuid = randomUUID(), isAgain }) => {
      this.last += 1;
      return { uid, body, uuid, seq: this.last, isAgain };
    });
  }

  async send(mutations: readonly SentMutation[]): Promise<PushAnswer> {
    const answer = await pushBatch(this.db, this.collection, this.tenant, {
      protocol: PROTOCOL_VERSION,
      device: this.device,
      epoch: this.epoch,
      mutations: [...mutations],
    });
    if (answer.kind === 'done') this.epoch = answer.epoch;
    return answer;
  }

  /** Tells mutations; answers their outcomes in the same order. */
  async push(...told: readonly Told[]): Promise<readonly Outcome[]> {
    const answer = await this.send(this.batch(told));
    if (answer.kind !== 'done') throw new Error(`the push was answered ${answer.kind}`);
    return answer.outcomes.map(({ outcome }) => outcome);
  }

  async pull(): Promise<PullAnswer> {
    const text = await pullPage(this.db, this.collection.name, this.tenant, {
      protocol: PROTOCOL_VERSION,
      cursor: this.cursor,
      ...(this.cursor < this.began ? { began: this.began } : {}),
      ...(this.epoch === null ? {} : { epoch: this.epoch }),
    });
    const answer = pullAnswer.parse(JSON.parse(text));
    if (answer.kind === 'page') {
      this.epoch = answer.epoch;
      if (this.cursor === 0) this.began = answer.head;
      this.cursor = answer.cursor;
      for (const { deleted, record } of answer.changes) {
        this.records.set(record.uid, { deleted, record });
      }
    }
    return answer;
  }

  /** Pulls until there is nothing more. */
  async pullAll(): Promise<void> {
    for (let answer = await this.pull(); ; answer = await this.pull()) {
      if (answer.kind !== 'page') throw new Error(`the pull was answered ${answer.kind}`);
      if (!answer.hasMore) return;
    }
  }
}

/** Says how changes of single fields are told: from what they were to what they are to be. */
export function patchOf(
  uid: string,
  fields: Readonly<Record<string, readonly [from: unknown, to: unknown]>>,
): Told {
  const entries = Object.entries(fields).map(([path, [from, to]]) => [path, { from, to }] as const);
  return { uid, body: { kind: 'patch', fields: Object.fromEntries(entries) } };
}

/** What an answer decides, without by which call. */
export function decisionsOf(answer: PushAnswer): unknown {
  if (answer.kind !== 'done') return answer;
  return answer.outcomes.map(({ seq, uuid, outcome }) => ({ seq, uuid, outcome }));
}
