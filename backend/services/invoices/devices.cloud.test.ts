import { createHash, randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { ClientView } from '../../../src/shared/contracts/rest-v1/clients';
import type { InvoiceView } from '../../../src/shared/contracts/rest-v1/invoices';
import type {
  MutationBody,
  PullAnswer,
  PushAnswer,
} from '../../../src/shared/contracts/sync/protocol';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type {
  DocumentRecord,
  InvoiceRecord,
  SendRecord,
} from '../../../src/shared/contracts/sync/records';
import type { BusinessUid, ClientUid, DeviceUid, SeriesUid } from '../../../src/shared/domain/ids';
import { businessUid, newUid } from '../../../src/shared/domain/ids';
import type { FrozenDocument } from '../../../src/shared/domain/frozen-document';
import type { PdfRenderer } from '../../../src/shared/pdf/renderer';
import {
  attachmentOf,
  createClient,
  createInvoice,
  mailsTo,
  newAddress,
  rawOf,
  untilDelivery,
} from '../../kit/testing/cloud-mail';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';
import { anInvoiceRecord } from '../../kit/testing/wire-records';
import type { FinaliseOptions } from './testing/device-records';
import { aSend, finalised } from './testing/device-records';

let user: CloudUser;
let renderer: PdfRenderer;
let tenant: BusinessUid;
let sequence = 0;
const seriesUid = newUid<SeriesUid>();
const device = newUid<DeviceUid>();
const last = new Map<SyncCollection, number>();

beforeAll(async () => {
  [user, renderer] = await Promise.all([
    registerUser({ name: 'Northwind Studio' }),
    loadPdfRenderer(),
  ]);
  tenant = businessUid.parse(user.business);
});

/** Tells mutations through the API, as a device does. */
async function push(
  collection: SyncCollection,
  ...told: readonly { readonly uid: string; readonly body: MutationBody }[]
): Promise<Extract<PushAnswer, { kind: 'done' }>> {
  const first = (last.get(collection) ?? 0) + 1;
  const mutations = told.map((one, index) => ({
    ...one,
    uuid: randomUUID(),
    seq: first + index,
  }));
  const answer = await user.call<PushAnswer>({
    method: 'POST',
    path: `/sync/${collection}/mutations`,
    body: { protocol: PROTOCOL_VERSION, device, epoch: null, mutations },
  });
  expect(answer.status).toBe(200);
  if (answer.body.kind !== 'done') throw new Error(`the push was answered ${answer.body.kind}`);
  last.set(collection, answer.body.last);
  return answer.body;
}

function create(record: { readonly uid: string }) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

async function pull<R>(collection: SyncCollection): Promise<ReadonlyMap<string, R>> {
  const path = `/sync/${collection}/changes?protocol=${PROTOCOL_VERSION}&cursor=0`;
  const { body } = await user.call<PullAnswer>({ method: 'GET', path });
  if (body.kind !== 'page') throw new Error(`the pull was answered ${body.kind}`);
  return new Map(body.changes.map(({ record }) => [record.uid, record as unknown as R]));
}

async function untilState(send: SendRecord, state: SendRecord['state']): Promise<SendRecord> {
  let found: SendRecord | undefined;
  await expect
    .poll(
      async () => {
        found = (await pull<SendRecord>('sends')).get(send.uid);
        return found?.state;
      },
      { timeout: 40_000, interval: 200 },
    )
    .toBe(state);
  if (found === undefined) throw new Error('nothing was pulled');
  return found;
}

/** A document that the device has numbered, frozen and printed. */
async function issue(options: FinaliseOptions = {}, clientUid: ClientUid | null = null) {
  const draft = anInvoiceRecord({ clientUid });
  sequence += 1;
  const issued = finalised(
    draft,
    { seriesUid, sequence },
    {
      tenant,
      render: (document: FrozenDocument) => renderer.render(document),
      ...options,
    },
  );
  const { outcomes } = await push('invoices', create(draft), { uid: draft.uid, body: issued.body });
  expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['applied', 'applied']);
  return issued;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a mail that a device asks for', () => {
  it('R73 goes out once, to everybody named, with the very PDF of the device', async () => {
    const client = await user.call<ClientView>({
      method: 'GET',
      path: `/clients/${await createClient(user, newAddress())}`,
    });
    const { record, sha256 } = await issue({ email: client.body.email }, client.body.uid);
    const [to, copy] = [newAddress(), newAddress()];
    const send = aSend(record, {
      to: [to],
      cc: [copy],
      bcc: [newAddress()],
      replyTo: 'me@example.org',
      subject: 'Two weeks of {work}',
      body: 'Dear all,\nplease see the attached invoice.',
    });
    await push('sends', create(send));
    const sent = await untilState(send, 'sent');
    expect(sent.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(
      expect.arrayContaining([
        'generate_pdf started',
        'generate_pdf done',
        'notify_client started',
        'notify_client done',
        'mark_sent done',
      ]),
    );
    const mails = await mailsTo(to);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.Subject).toBe('Two weeks of {work}');
    expect(attachmentOf(mail!)).toMatchObject({ sha256 });
    const raw = rawOf(mail!);
    expect(raw).toContain(`Cc: ${copy}`);
    expect(raw).toMatch(/Reply-To: .*<me@example\.org>/u);
    expect(raw).not.toContain('Bcc:');
    // REST shows it, and the paper for other devices is the same.
    const list = await user.call<readonly InvoiceView[]>({ method: 'GET', path: '/invoices' });
    expect(list.body.find(({ uid }) => uid === record.uid)).toMatchObject({
      invoice_number: record.number,
      status: 'overdue',
      delivery: { state: 'sent' },
    });
    const link = await user.call<{ readonly url: string; readonly sha256: string }>({
      method: 'GET',
      path: `/sync/documents/${record.uid}/pdf`,
    });
    expect(link.body.sha256).toBe(sha256);
    const bytes = new Uint8Array(await (await fetch(link.body.url)).arrayBuffer());
    expect(sha256Of(bytes)).toBe(sha256);
  });

  it('R73 waits for the original where the cloud has another renderer', async () => {
    const bytes = Buffer.from('%PDF-1.7 made by a newer app');
    const { record, sha256 } = await issue({ rendererVersion: 'next', render: () => bytes });
    const to = newAddress();
    const send = aSend(record, { to: [to] });
    await push('sends', create(send));
    expect(await untilState(send, 'held')).toMatchObject({ reason: 'pdf_differs' });
    const path = `/sync/documents/${record.uid}`;
    const refused = await user.call({
      method: 'POST',
      path: `${path}/upload`,
      body: { sha256: 'f'.repeat(64), bytes: 9 },
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'pdf_differs' } });
    const early = await user.call({ method: 'POST', path: `${path}/uploaded`, body: { sha256 } });
    expect(early).toMatchObject({ status: 409, body: { code: 'not_uploaded' } });
    const upload = await user.call<{
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }>({ method: 'POST', path: `${path}/upload`, body: { sha256, bytes: bytes.length } });
    expect(upload.status).toBe(200);
    const { url, headers } = upload.body;
    const wrong = await fetch(url, { method: 'PUT', headers, body: Buffer.from('x'.repeat(28)) });
    expect(wrong.ok).toBe(false);
    const put = await fetch(url, { method: 'PUT', headers, body: bytes });
    expect(put.status).toBe(200);
    const told = await user.call({ method: 'POST', path: `${path}/uploaded`, body: { sha256 } });
    expect(told).toMatchObject({ status: 200, body: { sha256, bytes: bytes.length } });
    await untilState(send, 'sent');
    const mails = await mailsTo(to);
    expect(mails).toHaveLength(1);
    expect(attachmentOf(mails[0]!)).toMatchObject({ sha256 });
  });
});

describe('what REST makes', () => {
  it('reaches devices with its mail, its paper and its PDF', async () => {
    const address = newAddress();
    const made = await createInvoice(user, await createClient(user, address));
    const { uid, delivery } = await untilDelivery(user, made.id, 'sent');
    await expect
      .poll(async () => (await pull<DocumentRecord>('documents')).get(uid)?.sha256, {
        timeout: 20_000,
      })
      .toMatch(/^[0-9a-f]{64}$/u);
    const [paper, records, sends] = await Promise.all([
      pull<DocumentRecord>('documents'),
      pull<InvoiceRecord>('invoices'),
      pull<SendRecord>('sends'),
    ]);
    expect(records.get(uid)).toMatchObject({
      number: made.invoice_number,
      pdfSha256: paper.get(uid)?.sha256,
      clientName: 'Zażółć sp. z o.o.',
    });
    expect(sends.get(delivery?.send_uid ?? '')).toMatchObject({ state: 'sent', to: [address] });
    const frozen = paper.get(uid)?.frozen as FrozenDocument;
    const printed = renderer.render({ ...frozen, logo: null });
    expect(sha256Of(printed)).toBe(paper.get(uid)?.sha256);
  });
});
