import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contracts/app-api';
import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import { createApp } from '../app';
import { aClient } from '../features/clients/testing/client-input';
import { value } from '../features/documents/testing/builders';
import type { App, Handler } from '../host/handlers';
import { createSecretFile, noCipher } from '../host/secret-file';
import type { FailedCall } from './failed-call';

let dataDirectory: string;
let app: App;
let told: SyncStatus[];
let failed: FailedCall[];

beforeEach(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-alone-'));
  told = [];
  failed = [];
  app = await createApp({
    dataDirectory,
    platform: createSecretFile(dataDirectory, noCipher),
    // Nobody listens there.
    cloudUrl: 'http://127.0.0.1:2/v1',
    developmentCloud: null,
    onFailedCall: (call) => failed.push(call),
    emit: (event) => {
      if (event.event === 'sync_status') told.push(event.status);
    },
  });
});
afterEach(async () => {
  await app.close();
  rmSync(dataDirectory, { recursive: true });
});

async function openBusiness(): Promise<void> {
  await call('businesses.create', {
    name: 'Acme Trading',
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/Berlin',
    tax: null,
    isDemo: false,
  } as ParsedInput<'businesses.create'>);
}

async function call<Name extends MethodName>(
  name: Name,
  input: ParsedInput<Name>,
): Promise<MethodOutput<Name>> {
  const handler = app.handlers[name] as unknown as Handler<Name>;
  return value(await handler(input));
}

it('R31 a conflict of two windows is counted in the frame, without any cloud too', async () => {
  await openBusiness();
  const base = aClient();
  const { client } = await call('clients.create', { client: base });
  const write = (notes: string) =>
    call('clients.update', { uid: client.uid, client: aClient({ notes }), base });
  await write('Theirs');
  await write('Mine');
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ phase: 'off', attention: 1 }));
  expect(await call('sync.status', {})).toEqual(told.at(-1));
  const [conflict] = (await call('sync.attention', {})).conflicts;
  const decisions = (conflict?.fields ?? []).map((field) => ({ ...field, keep: 'mine' as const }));
  await call('sync.resolve', { id: conflict?.id ?? 0, decisions });
  expect(told.at(-1)).toMatchObject({ attention: 0 });
  expect((await call('clients.get', { uid: client.uid })).notes).toBe('Mine');
});

it('tells of calls that fail before there is a business; its log has those that come later', async () => {
  const signIn = () =>
    app.handlers['account.signIn']({ email: 'anna@acme.example', password: 'Correct horse 9' });
  expect(await signIn()).toMatchObject({ ok: false });
  expect(failed).toMatchObject([{ call: 'GET /auth/config', status: null, code: 'ECONNREFUSED' }]);
  await openBusiness();
  expect((await call('sync.diagnostics', {})).log).toEqual([]);
  expect(await signIn()).toMatchObject({ ok: false });
  expect(failed).toHaveLength(1);
  const [line] = (await call('sync.diagnostics', {})).log;
  expect(line?.text).toMatch(/^GET \/auth\/config: no answer \(ECONNREFUSED\)/u);
});
