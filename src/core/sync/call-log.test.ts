import { afterEach, beforeEach, expect, it } from 'vitest';

import { ok } from '../../shared/domain/result';
import { syncLog } from '../replica/schema';
import { openTestBusiness } from '../testing/open-test-business';
import { CallLog } from './call-log';
import type { FailedCall } from './failed-call';
import { logLine } from './sync-state';

const AWAY: FailedCall = {
  call: 'GET /sync/poll',
  status: null,
  code: 'ECONNREFUSED',
  milliseconds: 3,
  requestId: null,
};
const BUSY: FailedCall = {
  call: 'POST /sync/clients/mutations',
  status: 503,
  code: 'unavailable',
  milliseconds: 120,
  requestId: '6f0c1d5e',
};

let clock: Date;
let business: ReturnType<typeof openTestBusiness>;
let log: CallLog;

beforeEach(() => {
  clock = new Date('2026-11-24T10:00:00.000Z');
  business = openTestBusiness({}, { now: () => clock });
  log = new CallLog();
});
afterEach(() => business.close());

function note(failed: FailedCall): void {
  log.note(business.context.replica, failed);
}

function lines(): readonly string[] {
  return business.context.replica.read((scope) =>
    scope.db
      .select()
      .from(syncLog)
      .all()
      .map(({ at, text }) => `${at} ${text}`),
  );
}

it('names the call, what came of it, how long it took and the request', () => {
  note(BUSY);
  note(AWAY);
  note({ ...AWAY, status: 429, code: null });
  expect(lines()).toEqual([
    '2026-11-24T10:00:00.000Z POST /sync/clients/mutations: 503 unavailable, 120 ms, request 6f0c1d5e',
    '2026-11-24T10:00:00.000Z GET /sync/poll: no answer (ECONNREFUSED), 3 ms',
    '2026-11-24T10:00:00.000Z GET /sync/poll: 429, 3 ms',
  ]);
});

it('keeps one line of what fails the same way again, with the newest time', () => {
  note(BUSY);
  note(AWAY);
  clock = new Date('2026-11-24T10:05:00.000Z');
  note({ ...AWAY, milliseconds: 5 });
  note(AWAY);
  expect(lines().slice(1)).toEqual([
    '2026-11-24T10:05:00.000Z GET /sync/poll: no answer (ECONNREFUSED), 3 ms, 3 times since 2026-11-24T10:00:00.000Z',
  ]);
  business.context.replica.write((scope) => ok(logLine(scope, 'clients: rejected')));
  note(AWAY);
  expect(lines()).toHaveLength(4);
});
