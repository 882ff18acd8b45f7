import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CODE, newEmail, PASSWORD } from '../../../src/core/account/testing/test-account';
import { aClient } from '../../../src/core/features/clients/testing/client-input';
import { aLine } from '../../../src/core/features/documents/testing/builders';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contracts/app-api';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { CoreProcess } from '../../faults/core-process';
import { startCore } from '../../faults/core-process';

/** A machine whose core is a process of its own, ended by SIGKILL and started again. */
export class Machine {
  readonly #directory = mkdtempSync(join(tmpdir(), 'doccentr-device-'));
  #core: CoreProcess | null = null;

  constructor(private readonly cloudUrl: string) {}

  async start(): Promise<void> {
    process.env['DOCCENTR_CLOUD_URL'] = this.cloudUrl;
    this.#core = await startCore(this.#directory);
  }

  /** Null where the process ended before it answered. */
  async try<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<MethodOutput<Name> | null> {
    const answer = (await this.#core?.call(name, input)) ?? null;
    if (answer === null) return null;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  }

  async call<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<MethodOutput<Name>> {
    const value = await this.try(name, input);
    if (value === null) throw new Error(`${name}: the core ended`);
    return value;
  }

  async kill(): Promise<void> {
    await this.#core?.kill();
  }

  async remove(): Promise<void> {
    await this.#core?.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** One who signs up and uploads a business; a second machine of the same person joins it. */
export async function joinBoth(first: Machine, second: Machine): Promise<BusinessUid> {
  const email = newEmail();
  const { currentUid } = await first.call('businesses.create', {
    name: 'Acme Ltd',
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/Berlin',
    tax: null,
    isDemo: false,
  });
  if (currentUid === null) throw new Error('no business was opened');
  await first.call('account.signUp', { name: 'Acme Ltd', email, password: PASSWORD });
  await first.call('account.confirm', { email, code: CODE });
  await first.call('account.signIn', { email, password: PASSWORD });
  const { uid } = await first.call('account.adopt', { uid: currentUid, into: null });
  await second.call('account.signIn', { email, password: PASSWORD });
  await second.call('account.join', { uid });
  return uid;
}

/** What was answered to be done: it may not get lost. */
export interface Done {
  readonly clients: Set<string>;
  /** By invoice. */
  readonly numbers: Map<string, string>;
  /** Who is to get a mail. */
  readonly recipients: Set<string>;
}

/** A client, a draft, a finalised invoice and a mail with it, as far as the process lives. */
export async function work(machine: Machine, done: Done, word: string): Promise<void> {
  const email = `${word}@example.com`;
  const created = await machine.try('clients.create', { client: aClient({ name: word, email }) });
  if (created === null) return;
  const { uid } = created.client;
  done.clients.add(uid);
  const blank = await machine.try('invoices.blank', { clientUid: uid });
  if (blank === null) return;
  const content = { ...blank, lines: [aLine()] };
  const draft = await machine.try('invoices.createDraft', { content });
  if (draft === null) return;
  const issued = await machine.try('invoices.finalise', { uid: draft.uid });
  if (issued === null || issued.number === null) return;
  done.numbers.set(issued.uid, issued.number);
  const sent = await machine.try('sends.request', {
    invoiceUid: issued.uid,
    mail: {
      to: [email],
      cc: [],
      bcc: [],
      replyTo: '',
      subject: `Invoice ${issued.number}`,
      body: 'Here it is.',
    },
  });
  if (sent !== null) done.recipients.add(email);
}
