import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { MethodName, MethodOutput, ParsedInput } from '../shared/contracts/app-api';
import type { ClientUid, InvoiceUid } from '../shared/domain/ids';
import { newUid } from '../shared/domain/ids';
import type { Invoice } from '../shared/domain/invoice';
import { snapshotOf } from '../shared/domain/tax';
import { createApp } from './app';
import type { App, Handler } from './host/handlers';
import { createSecretFile, noCipher } from './host/secret-file';
import { pathsOf } from './businesses/registry';

let dataDirectory: string;
let app: App;
let clock: number;

beforeEach(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-restore-'));
  clock = Date.parse('2026-03-10T08:00:00.000Z');
  app = await start();
  await call('businesses.create', {
    name: 'Restore Trading',
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/Berlin',
    tax: { name: 'VAT 19 %', rate: 19_000 },
    isDemo: false,
  } as ParsedInput<'businesses.create'>);
});
afterEach(async () => {
  await app.close();
  rmSync(dataDirectory, { recursive: true });
});

async function start(): Promise<App> {
  // Every look at the clock is a second later, so that no two backups share a name.
  const now = () => new Date((clock += 1_000));
  return await createApp({
    dataDirectory,
    platform: createSecretFile(dataDirectory, noCipher),
    cloudUrl: null,
    developmentCloud: null,
    emit: () => undefined,
    now,
  });
}

async function restart(): Promise<void> {
  await app.close();
  app = await start();
}

async function call<Name extends MethodName>(
  name: Name,
  input: ParsedInput<Name>,
): Promise<MethodOutput<Name>> {
  const handler = app.handlers[name] as unknown as Handler<Name>;
  const result = await handler(input);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function createClient(): Promise<ClientUid> {
  const { client } = await call('clients.create', {
    client: {
      name: 'Zażółć sp. z o.o.',
      contactName: '',
      email: '',
      phone: '',
      address: { line1: '', line2: '', postalCode: '', city: 'Łódź', region: '', country: 'PL' },
      vatNumber: '',
      companyNumber: '',
      currency: null,
      language: null,
      formats: null,
      terms: null,
      taxCodeUid: null,
      remindersPaused: false,
      notes: '',
    },
  });
  return client.uid;
}

async function draftInvoice(clientUid: ClientUid): Promise<Invoice> {
  const blank = await call('invoices.blank', { clientUid });
  const codes = await call('taxCodes.list', { includeArchived: false });
  const code = codes[1] ?? codes[0];
  if (!code) throw new Error('a business without tax codes');
  return await call('invoices.createDraft', {
    content: {
      ...blank,
      lines: [
        {
          uid: newUid(),
          productUid: null,
          description: 'Bookkeeping',
          unit: 'h',
          quantity: 1_500,
          unitPrice: 801_250,
          discount: null,
          tax: snapshotOf(code),
          sourceLineUid: null,
        },
      ],
    },
  });
}

async function issueInvoice(clientUid: ClientUid): Promise<Invoice> {
  const { uid } = await draftInvoice(clientUid);
  return await call('invoices.finalise', { uid });
}

async function creditInvoice(uid: InvoiceUid): Promise<Invoice> {
  const { creditNote } = await call('invoices.credit', { uid, alsoCopy: false });
  return await call('invoices.finalise', { uid: creditNote.uid });
}

async function invoiceReport() {
  const all = await call('series.list', {});
  const series = all.find(({ kind }) => kind === 'invoice');
  if (!series) throw new Error('no invoice series');
  return (await call('series.report', { uid: series.uid })).periods;
}

/** Everything that must be as it was, whatever happened to the replica. */
async function expectAllThere(issued: readonly Invoice[]): Promise<void> {
  for (const { uid, number, totals, pdfSha256, content } of issued) {
    const { invoice } = await call('invoices.get', { uid });
    expect(invoice).toMatchObject({ number, totals, pdfSha256, content });
    // Reading the PDF checks its bytes against the hash of the moment of finalising.
    await call('invoices.pdf', { uid });
  }
}

describe('restoring a backup', () => {
  it('R45 R47 loses no issued document, skips no number and issues none twice', async () => {
    const client = await createClient();
    const before = [await issueInvoice(client), await issueInvoice(client)];
    const waiting = await draftInvoice(client);
    const backup = await call('backups.create', {});
    const after = [
      await call('invoices.finalise', { uid: waiting.uid }),
      await issueInvoice(client),
    ];
    const [first] = before;
    if (!first) throw new Error('nothing was issued');
    const credit = await creditInvoice(first.uid);

    expect(await call('backups.restore', { id: backup.id })).toEqual({ broughtBack: 3 });

    await expectAllThere([...before, ...after, credit]);
    expect(await call('invoices.get', { uid: first.uid })).toMatchObject({
      status: 'credited',
      balance: 0,
    });
    const next = await issueInvoice(client);
    expect(next.number).toBe('INV-2026-0005');
    expect((await creditInvoice(next.uid)).number).toBe('CN-2026-0002');
    expect(await invoiceReport()).toMatchObject([
      { first: 'INV-2026-0001', last: 'INV-2026-0005', count: 5, isProven: true },
    ]);
  });

  it('can itself be undone, since the replaced replica is backed up first', async () => {
    const backup = await call('backups.create', {});
    const client = await createClient();
    await call('backups.restore', { id: backup.id });
    const list = () =>
      call('clients.list', { limit: 50, shelf: 'active', sort: { by: 'name', direction: 'asc' } });
    expect((await list()).rows).toEqual([]);
    const undo = (await call('backups.list', {})).find(({ kind }) => kind === 'before_restore');
    if (!undo) throw new Error('no backup was made');
    await call('backups.restore', { id: undo.id });
    expect((await list()).rows).toMatchObject([{ uid: client }]);
  });
});

describe('a damaged backup', () => {
  it('is refused by name, and everything stays as it was', async () => {
    const client = await createClient();
    const issued = await issueInvoice(client);
    const backup = await call('backups.create', {});
    const { currentUid } = await call('app.state', {});
    if (currentUid === null) throw new Error('no business');
    const path = join(pathsOf(dataDirectory, currentUid).backups, `${backup.id}.sqlite`);
    writeFileSync(path, 'no database');
    await expect(call('backups.restore', { id: backup.id })).rejects.toThrow('backup_damaged');
    await expectAllThere([issued]);
  });
});

describe('wishes that come at once', () => {
  it('are carried out one after the other', async () => {
    const client = await createClient();
    const issued = await issueInvoice(client);
    const backup = await call('backups.create', {});
    const { currentUid } = await call('app.state', {});
    if (currentUid === null) throw new Error('no business');
    await Promise.all([
      call('backups.restore', { id: backup.id }),
      call('businesses.open', { uid: currentUid }),
      call('backups.restore', { id: backup.id }),
    ]);
    await expectAllThere([issued]);
    expect((await issueInvoice(client)).number).toBe('INV-2026-0002');
  });
});

describe('a replica that was damaged while it was open', () => {
  it('is set aside by the wish to restore, which is carried out all the same', async () => {
    const client = await createClient();
    const issued = await issueInvoice(client);
    const backup = await call('backups.create', {});
    const { currentUid } = await call('app.state', {});
    if (currentUid === null) throw new Error('no business');
    const { replica } = pathsOf(dataDirectory, currentUid);
    // Another hand's change makes the app read the file again instead of its memory.
    const other = new Database(replica);
    other.exec('CREATE TABLE other (x)');
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    const file = openSync(replica, 'r+');
    writeSync(file, Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, 4096 * 2);
    closeSync(file);

    await call('backups.restore', { id: backup.id });

    expect(await call('app.state', {})).toMatchObject({ problem: null });
    await expectAllThere([issued]);
    expect((await issueInvoice(client)).number).toBe('INV-2026-0002');
  });
});

describe('a lost replica without any backup', () => {
  it('R47 is built anew from the ledger: settings, series and every issued document', async () => {
    const client = await createClient();
    const issued = [await issueInvoice(client), await issueInvoice(client)];
    const { currentUid } = await call('app.state', {});
    if (currentUid === null) throw new Error('no business');
    await app.close();
    rmSync(pathsOf(dataDirectory, currentUid).replica);
    app = await start();
    expect(await call('app.state', {})).toMatchObject({ problem: { kind: 'corrupted' } });

    expect(await call('backups.startEmpty', {})).toEqual({ broughtBack: 2 });

    await expectAllThere(issued);
    expect(await call('businesses.get', {})).toMatchObject({ name: 'Restore Trading' });
    expect((await issueInvoice(await createClient())).number).toBe('INV-2026-0003');
    expect(await invoiceReport()).toMatchObject([{ count: 3, isProven: true }]);
  });
});

describe('a lost ledger', () => {
  async function loseLedger(): Promise<void> {
    const { currentUid } = await call('app.state', {});
    if (currentUid === null) throw new Error('no business');
    await app.close();
    rmSync(pathsOf(dataDirectory, currentUid).ledger);
    app = await start();
    expect(await call('app.state', {})).toMatchObject({ problem: { kind: 'ledger_missing' } });
  }

  it('R48 asks for the last number, and goes on when the replica knows it', async () => {
    const client = await createClient();
    await issueInvoice(client);
    await loseLedger();
    await call('ledger.recreate', { lastNumber: 'INV-2026-0001' });
    expect((await issueInvoice(client)).number).toBe('INV-2026-0002');
    await restart();
    expect(await call('app.state', {})).toMatchObject({ problem: null });
  });

  it('R48 begins a new series when numbers were used that nobody here remembers', async () => {
    const client = await createClient();
    await issueInvoice(client);
    await loseLedger();
    await call('ledger.recreate', { lastNumber: 'INV-2026-0009' });
    expect((await issueInvoice(client)).number).toBe('INV-2026-B0001');
  });

  it('refuses what is no number of the series', async () => {
    const client = await createClient();
    await issueInvoice(client);
    await loseLedger();
    await expect(call('ledger.recreate', { lastNumber: '12' })).rejects.toThrow(
      'number_not_of_series',
    );
  });
});
