import { gzipSync } from 'node:zlib';

import { inject } from 'vitest';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { Outcome, PullAnswer, PushAnswer } from '../../../src/shared/contracts/sync/protocol';
import {
  PROTOCOL_VERSION,
  pullAnswer,
  pushAnswer,
} from '../../../src/shared/contracts/sync/protocol';
import type { DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { CloudUser } from './cloud-user';
import type { Told } from './sync-device';

type Page = Extract<PullAnswer, { readonly kind: 'page' }>;

/** A device of a user that talks to one collection through the gateway, packed as devices are. */
export class CloudDevice {
  readonly device = newUid<DeviceUid>();
  epoch: string | null = null;
  last = 0;
  cursor = 0;
  /** The state of each record as it was pulled last. */
  readonly records = new Map<string, { readonly deleted: boolean; readonly record: unknown }>();

  constructor(
    readonly user: CloudUser,
    readonly collection: SyncCollection,
  ) {}

  private async fetch(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await fetch(`${inject('cloud').apiUrl}/sync/${this.collection}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${this.user.token}`, ...(init.headers as object) },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${this.collection} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }

  async send(told: readonly Told[]): Promise<PushAnswer> {
    const mutations = told.map(({ uid, body, uuid = newUid() }) => {
      this.last += 1;
      return { uid, body, uuid, seq: this.last };
    });
    const { device, epoch } = this;
    const request = { protocol: PROTOCOL_VERSION, device, epoch, mutations };
    const answer = await this.fetch('/mutations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(request)),
    });
    return pushAnswer.parse(answer);
  }

  async push(...told: readonly Told[]): Promise<readonly Outcome[]> {
    const answer = await this.send(told);
    if (answer.kind !== 'done') throw new Error(`the push was answered ${answer.kind}`);
    this.epoch = answer.epoch;
    return answer.outcomes.map(({ outcome }) => outcome);
  }

  async pull(): Promise<Page> {
    const query = new URLSearchParams({
      protocol: String(PROTOCOL_VERSION),
      cursor: String(this.cursor),
      ...(this.epoch === null ? {} : { epoch: this.epoch }),
    });
    const answer = pullAnswer.parse(await this.fetch(`/changes?${query.toString()}`));
    if (answer.kind !== 'page') throw new Error(`the pull was answered ${answer.kind}`);
    this.epoch = answer.epoch;
    this.cursor = answer.cursor;
    for (const { deleted, record } of answer.changes) {
      this.records.set(record.uid, { deleted, record });
    }
    return answer;
  }
}
