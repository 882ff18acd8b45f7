import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type {
  Heads,
  MutationBody,
  Outcome,
  PullAnswer,
  PushAnswer,
} from '../../../../src/shared/contracts/sync/protocol';
import { PROTOCOL_VERSION } from '../../../../src/shared/contracts/sync/protocol';
import { newUid } from '../../../../src/shared/domain/ids';
import type { CloudUser } from '../../../kit/testing/cloud-user';
import { registerUser } from '../../../kit/testing/cloud-user';
import type { BusinessRecord } from '../domain/business-record';

const protocol = PROTOCOL_VERSION;

export interface Business {
  readonly id: string;
  readonly revision: number;
  readonly settings: BusinessSettings;
}

export function register(user: CloudUser, more: object = {}, headers: Record<string, string> = {}) {
  return user.call<{ device: string; letter: string }>({
    method: 'POST',
    path: '/sync/devices',
    headers,
    body: { protocol, device: newUid(), name: 'Laptop', replaces: null, ...more },
  });
}

/** A user of the business in another role, and how a call of his names it. */
export async function join(owner: CloudUser, role: 'bookkeeper' | 'viewer') {
  const user = await registerUser();
  const body = { email: user.email, role };
  expect((await owner.call({ method: 'PUT', path: '/business/members', body })).status).toBe(200);
  expect((await user.call({ method: 'GET', path: '/businesses' })).status).toBe(200);
  return { user, headers: { 'x-business-id': owner.business } };
}

export async function business(user: CloudUser): Promise<Business> {
  return (await user.call<Business>({ method: 'GET', path: '/business' })).body;
}

/** A device that tells changes of settings. */
export function createDevice(user: CloudUser, headers: Record<string, string> = {}) {
  const device = newUid();
  let seq = 0;
  let epoch: string | null = null;
  return {
    async push(uid: string, body: MutationBody): Promise<Outcome> {
      seq += 1;
      const mutations = [{ uuid: randomUUID(), seq, uid, body }];
      const { status, body: answer } = await user.call<PushAnswer>({
        method: 'POST',
        path: '/sync/settings/mutations',
        headers,
        body: { protocol, device, epoch, mutations },
      });
      expect(status, JSON.stringify(answer)).toBe(200);
      if (answer.kind !== 'done') throw new Error(answer.kind);
      epoch = answer.epoch;
      return answer.outcomes[0]!.outcome;
    },
    patch(uid: string, path: string, from: unknown, to: unknown): Promise<Outcome> {
      return this.push(uid, { kind: 'patch', fields: { [path]: { from, to } } });
    },
  };
}

export async function pullSettings(user: CloudUser) {
  const path = `/sync/settings/changes?protocol=${protocol}&cursor=0`;
  const { status, body } = await user.call<PullAnswer>({ method: 'GET', path });
  expect(status, JSON.stringify(body)).toBe(200);
  if (body.kind !== 'page') throw new Error(body.kind);
  const records = body.changes.map(({ record }) => record as { uid: string; type: string });
  return {
    head: body.head,
    records,
    business: records.find(({ type }) => type === 'business') as unknown as BusinessRecord,
  };
}

export function poll(user: CloudUser, known: Heads, wait: number) {
  const query = new URLSearchParams({
    protocol: String(protocol),
    known: JSON.stringify(known),
    wait: String(wait),
  });
  return user.call<Heads>({ method: 'GET', path: `/sync/poll?${query.toString()}` });
}
