import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { vi } from 'vitest';

import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contracts/app-api';
import { appApi } from '../../shared/contracts/app-api';
import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import type { BusinessUid } from '../../shared/domain/ids';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import { CODE, newEmail, PASSWORD } from '../account/testing/test-account';
import { createApp } from '../app';
import { aClient } from '../features/clients/testing/client-input';
import { aLine } from '../features/documents/testing/builders';
import type { App, Handler } from '../host/handlers';
import { createSecretFile, noCipher } from '../host/secret-file';

const PATIENCE = { timeout: 30_000, interval: 100 };

/** A machine with the whole core on it, and a cloud that it reaches at an address. */
export class CloudMachine {
  readonly dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-machine-'));
  readonly options;
  /** What the frame showed, in its order. */
  readonly shown: SyncStatus[] = [];
  #app: App | null = null;

  constructor(cloudUrl: string, loadRenderer?: () => Promise<PdfRenderer>) {
    this.options = {
      dataDirectory: this.dataDirectory,
      platform: createSecretFile(this.dataDirectory, noCipher),
      cloudUrl,
      developmentCloud: null,
      ...(loadRenderer === undefined ? {} : { loadRenderer }),
    };
  }

  async start(): Promise<void> {
    this.#app = await createApp({
      ...this.options,
      emit: (event) => {
        if (event.event === 'sync_status') this.shown.push(event.status);
      },
    });
  }

  async try<Name extends MethodName>(name: Name, input: ParsedInput<Name>) {
    if (this.#app === null) throw new Error('not started');
    const handler = this.#app.handlers[name] as Handler<Name>;
    return await handler(input);
  }

  async call<Name extends MethodName>(
    name: Name,
    input: ParsedInput<Name>,
  ): Promise<MethodOutput<Name>> {
    const result = await this.try(name, input);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  async createBusiness(name: string, isDemo = false): Promise<BusinessUid> {
    const state = await this.call('businesses.create', {
      name,
      country: 'DE',
      currency: 'EUR',
      terms: { kind: 'net_days', days: 14 },
      timeZone: 'Europe/Berlin',
      tax: null,
      isDemo,
    } as ParsedInput<'businesses.create'>);
    if (state.currentUid === null) throw new Error('no business was opened');
    return state.currentUid;
  }

  /** Signs a new user up and in; answers the address. */
  async signUp(): Promise<string> {
    const email = newEmail();
    await this.call('account.signUp', { name: 'Acme Ltd', email, password: PASSWORD });
    await this.call('account.confirm', { email, code: CODE });
    await this.signIn(email);
    return email;
  }

  async signIn(email: string): Promise<void> {
    await this.call('account.signIn', { email, password: PASSWORD });
  }

  async addClient(name: string, email = ''): Promise<string> {
    const { client } = await this.call('clients.create', { client: aClient({ name, email }) });
    return client.uid;
  }

  /** Issues an invoice of a client; answers it. */
  async issueTo(clientUid: string): Promise<MethodOutput<'invoices.finalise'>> {
    const blank = await this.call('invoices.blank', {
      clientUid,
    } as ParsedInput<'invoices.blank'>);
    const content = { ...blank, lines: [aLine()] };
    const { uid } = await this.call('invoices.createDraft', { content });
    return await this.call('invoices.finalise', { uid });
  }

  /** Issues an invoice, and answers its number. */
  async issue(): Promise<string> {
    const { number } = await this.issueTo(await this.addClient('Acme'));
    if (number === null) throw new Error('an issued invoice has no number');
    return number;
  }

  /** The numbers that this machine shows once it has that many, sorted. */
  async numbers(count: number): Promise<readonly (string | null)[]> {
    const { rows } = await vi.waitUntil(async () => {
      const page = await this.call('invoices.list', appApi['invoices.list'].input.parse({}));
      return page.rows.length < count ? null : page;
    }, PATIENCE);
    return rows.map(({ number }) => number).sort();
  }

  async clientNames(): Promise<readonly string[]> {
    const input = appApi['clients.list'].input.parse({ limit: 200 });
    return (await this.call('clients.list', input)).rows.map(({ name }) => name).sort();
  }

  /** Letters of the invoice series that this machine numbers by, and of all there are. */
  async letters(): Promise<readonly string[]> {
    const series = await this.call('series.list', {});
    return series.filter(({ kind }) => kind === 'invoice').map(({ letter }) => letter);
  }

  async status(): Promise<SyncStatus> {
    return await this.call('sync.status', {});
  }

  async until(isSo: (status: SyncStatus) => boolean): Promise<SyncStatus> {
    return await vi.waitUntil(async () => {
      const status = await this.status();
      return isSo(status) ? status : null;
    }, PATIENCE);
  }

  /** In step with the cloud: everything told, everything taken in. */
  async untilSaved(): Promise<void> {
    await this.until(
      ({ phase, waiting, lastSyncAt }) => phase === 'idle' && waiting === 0 && lastSyncAt !== null,
    );
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}
