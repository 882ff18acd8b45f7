import { createHash } from 'node:crypto';

import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { z } from 'zod';

import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import type { pdfLink } from '../../../src/shared/contracts/rest-v1/pdf';
import { frozenDocument } from '../../../src/shared/domain/frozen-document';
import {
  attachmentOf,
  createClient,
  createInvoice,
  mailsTo,
  newAddress,
  untilDelivery,
} from '../../kit/testing/cloud-mail';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';

let user: CloudUser;
let database: Connection;

beforeAll(async () => {
  database = await createConnection({ ...inject('cloud').database });
  user = await registerUser({ name: 'Northwind Studio' });
});

afterAll(() => database.end());

function pdfOf(invoiceId: number, caller = user) {
  const path = `/invoices/${invoiceId}/pdf`;
  return caller.call<z.infer<typeof pdfLink>>({ method: 'GET', path });
}

async function download(url: string): Promise<{ readonly sha256: string; readonly name: string }> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    name: answer.headers.get('content-disposition') ?? '',
  };
}

/** Keys of the stored PDFs of an invoice. */
async function storedKeys(invoiceUid: string): Promise<readonly string[]> {
  const { awsEndpoint, region, adminCredentials } = inject('cloud');
  const options = { endpoint: awsEndpoint, region, credentials: { ...adminCredentials } };
  const ssm = new SSMClient(options);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/doccentr/bucket-name' }));
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const listed = await s3.send(
    new ListObjectsV2Command({
      Bucket: Parameter?.Value,
      Prefix: `documents/${user.business}/${invoiceUid}/`,
    }),
  );
  return (listed.Contents ?? []).map(({ Key }) => Key ?? '');
}

it('mails, stores and links the very bytes that the desktop would print', async () => {
  const address = newAddress();
  const { id } = await createInvoice(user, await createClient(user, address));
  const { uid, invoice_number } = await untilDelivery(user, id, 'sent');

  const link = await pdfOf(id);
  expect(link.status).toBe(200);
  const { sha256, url, expires_at } = link.body;
  const seconds = (Date.parse(expires_at) - Date.now()) / 1_000;
  expect(seconds).toBeGreaterThan(240);
  expect(seconds).toBeLessThanOrEqual(300);
  const downloaded = await download(url);
  expect(downloaded.sha256).toBe(sha256);
  expect(downloaded.name).toContain(`filename="${invoice_number}.pdf"`);

  const mails = await mailsTo(address);
  expect(mails).toHaveLength(1);
  expect(attachmentOf(mails[0]!)).toEqual({ name: `${invoice_number}.pdf`, sha256 });

  const [rows] = await database.query<RowDataPacket[]>(
    'select document from doccentr_invoices.frozen_documents where tenant = ? and invoice_uid = ?',
    [user.business, uid],
  );
  const frozen = frozenDocument.parse(JSON.parse(String(rows[0]!['document'])));
  const renderer = await loadPdfRenderer();
  const printed = createHash('sha256').update(renderer.render(frozen)).digest('hex');
  expect(printed).toBe(sha256);
  expect(await storedKeys(uid)).toEqual([`documents/${user.business}/${uid}/${sha256}.pdf`]);

  // A link that was tampered with opens nothing.
  expect((await fetch(url.replace(/X-Amz-Signature=./u, 'X-Amz-Signature=z'))).status).toBe(403);
});

it('prints once, however often it is sent, and again what was lost', async () => {
  const { id } = await createInvoice(user, await createClient(user, newAddress()));
  const { uid } = await untilDelivery(user, id, 'sent');
  const first = (await pdfOf(id)).body.sha256;
  await database.query('delete from doccentr_pdf.documents where tenant = ? and invoice_id = ?', [
    user.business,
    id,
  ]);
  const again = await pdfOf(id);
  expect(again.status).toBe(200);
  expect(again.body.sha256).toBe(first);
  expect((await download(again.body.url)).sha256).toBe(first);
  expect(await storedKeys(uid)).toHaveLength(1);
});

it('has nothing for drafts, for what does not exist and for other businesses', async () => {
  const client = await createClient(user, newAddress());
  const draft = await createInvoice(user, client, { status: 'draft' });
  expect(await pdfOf(draft.id)).toMatchObject({ status: 404, body: { code: 'invoice_not_found' } });
  expect((await pdfOf(2_000_000_000)).status).toBe(404);
  const { id } = await createInvoice(user, client);
  await untilDelivery(user, id, 'sent');
  const stranger = await registerUser({ name: 'Somebody else' });
  expect((await pdfOf(id, stranger)).status).toBe(404);
});
