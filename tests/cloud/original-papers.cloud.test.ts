import { createHash } from 'node:crypto';

import { expect, it, vi } from 'vitest';

import { attachmentOf, mailsTo, newAddress } from '../../backend/kit/testing/cloud-mail';
import { loadPdfRenderer } from '../../src/core/pdf/load-renderer';
import { useCloudMachines } from '../../src/core/testing/cloud-machines';
import type { PdfRenderer } from '../../src/shared/pdf/renderer';

const machines = useCloudMachines();

/** The renderer of another version of the app: the same pages in other bytes. */
async function otherRenderer(): Promise<PdfRenderer> {
  const usual = await loadPdfRenderer();
  return {
    ...usual,
    version: 'other',
    render: (document) =>
      new Uint8Array(Buffer.concat([usual.render(document), Buffer.from('% other version\n')])),
  };
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it('R73 the device brings the PDF that the cloud cannot make, and other devices get it', async () => {
  const first = await machines.add({ loadRenderer: otherRenderer });
  const uid = await first.createBusiness('Acme Ltd');
  const email = await first.signUp();
  await first.call('account.adopt', { uid, into: null });
  const to = newAddress();
  const client = await first.addClient('Zenith Ltd', to);
  const sent = await first.issueTo(client);
  const unsent = await first.issueTo(client);
  await first.call('sends.request', {
    invoiceUid: sent.uid,
    mail: {
      to: [to],
      cc: [],
      bcc: [],
      replyTo: '',
      subject: 'Two weeks of work',
      body: 'The invoice is attached.',
    },
  });
  await vi.waitUntil(
    async () => {
      const [send] = await first.call('sends.ofInvoice', { invoiceUid: sent.uid });
      return send?.state === 'sent';
    },
    { timeout: 90_000, interval: 100 },
  );
  const original = Buffer.from((await first.call('invoices.pdf', { uid: sent.uid })).pdf, 'base64');
  const [mail, ...others] = await mailsTo(to);
  expect(others).toEqual([]);
  expect(mail && attachmentOf(mail).sha256).toBe(sha256Of(original));
  const brought = machines.door.calls.filter(
    ({ path }) => path === `/sync/documents/${sent.uid}/uploaded`,
  );
  expect(brought).toHaveLength(1);

  const second = await machines.add();
  await second.signIn(email);
  await second.call('account.join', { uid });
  await second.numbers(2);
  await second.untilSaved();
  const fetched = await second.call('invoices.pdf', { uid: sent.uid });
  expect(Buffer.from(fetched.pdf, 'base64').equals(original)).toBe(true);
  // It is kept: the next time needs no network.
  machines.door.decide = () => 'cut';
  expect(await second.call('invoices.pdf', { uid: sent.uid })).toEqual(fetched);
  expect(await second.try('invoices.pdf', { uid: unsent.uid })).toEqual({
    ok: false,
    error: { kind: 'refused', issues: [{ field: '', code: 'printed_by_other_version' }] },
  });
}, 120_000);

it('R73 a PDF that could not be brought is brought later, without anything else to do', async () => {
  let refused = 0;
  machines.door.decide = ({ path }) => {
    if (!path.endsWith('/upload') || refused > 0) return null;
    refused += 1;
    return { status: 503, code: 'unavailable' };
  };
  const machine = await machines.add({ loadRenderer: otherRenderer });
  const uid = await machine.createBusiness('Acme Ltd');
  await machine.signUp();
  await machine.call('account.adopt', { uid, into: null });
  const to = newAddress();
  const { uid: invoiceUid } = await machine.issueTo(await machine.addClient('Zenith Ltd', to));
  const mail = { to: [to], cc: [], bcc: [], replyTo: '', subject: 'Invoice', body: 'Attached.' };
  await machine.call('sends.request', { invoiceUid, mail });
  await vi.waitUntil(
    async () => {
      const [send] = await machine.call('sends.ofInvoice', { invoiceUid });
      return send?.state === 'sent';
    },
    { timeout: 90_000, interval: 100 },
  );
  expect(refused).toBe(1);
  expect(await mailsTo(to)).toHaveLength(1);
}, 120_000);
