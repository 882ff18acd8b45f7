import { createHash } from 'node:crypto';

import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';

import { documentKey } from '../../../../src/shared/contracts/events/document-key';
import { storedPdf } from '../../../../src/shared/contracts/internal/documents';
import type { PermittedMail } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Result } from '../../../../src/shared/domain/result';
import { err, ok } from '../../../../src/shared/domain/result';
import { PATIENT_TIMEOUTS } from '../../../kit/aws-timeouts';
import type { ServiceCalls } from '../../../kit/identity/service-calls';

export type PdfRefusal = 'pdf_missing' | 'pdf_hash_differs';

export interface PdfSource {
  /** The document's bytes, checked against their hash. */
  fetch(
    tenant: BusinessUid,
    mail: Pick<PermittedMail, 'invoice_uid' | 'document'>,
  ): Promise<Result<Uint8Array, PdfRefusal>>;
  stop(): Promise<void>;
}

export function createPdfSource(
  bucket: string,
  endpoint: string | undefined,
  calls: ServiceCalls,
): PdfSource {
  const s3 = new S3Client({
    maxAttempts: 4,
    ...PATIENT_TIMEOUTS,
    forcePathStyle: endpoint !== undefined,
  });

  async function read(
    tenant: BusinessUid,
    invoiceUid: InvoiceUid,
    expected: string,
  ): Promise<Result<Uint8Array, PdfRefusal>> {
    // Never a key that somebody passes in: this one lies with the tenant's own documents.
    const key = documentKey(tenant, invoiceUid, expected);
    try {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const bytes = await answer.Body?.transformToByteArray();
      if (bytes === undefined) return err('pdf_missing');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return sha256 === expected ? ok(bytes) : err('pdf_hash_differs');
    } catch (error) {
      if (error instanceof NoSuchKey) return err('pdf_missing');
      throw error;
    }
  }

  /** Without the right to list, S3 calls what is not there forbidden. */
  async function readKnown(
    tenant: BusinessUid,
    invoiceUid: InvoiceUid,
    expected: string,
  ): Promise<Result<Uint8Array, PdfRefusal>> {
    try {
      return await read(tenant, invoiceUid, expected);
    } catch (error) {
      const isForbidden =
        error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;
      if (isForbidden) return err('pdf_missing');
      throw error;
    }
  }

  return {
    async fetch(tenant, { invoice_uid, document }) {
      const found =
        document === null ? null : await readKnown(tenant, invoice_uid, document.sha256);
      if (found?.ok === true || found?.error === 'pdf_hash_differs') return found;
      // It may not be printed yet, or its event not be told; the printer itself knows.
      const path = `/tenants/${tenant}/invoices/${invoice_uid}/pdf`;
      const printed = storedPdf.nullable().parse(await calls.get('pdf', path));
      return printed === null ? err('pdf_missing') : read(tenant, invoice_uid, printed.sha256);
    },
    async stop() {
      s3.destroy();
    },
  };
}
