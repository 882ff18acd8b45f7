import { createHash } from 'node:crypto';

import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';

import { documentKey } from '../../../../src/shared/contracts/events/document-key';
import { storedPdf } from '../../../../src/shared/contracts/internal/documents';
import type { PermittedMail } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Result } from '../../../../src/shared/domain/result';
import { err, ok } from '../../../../src/shared/domain/result';
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
  const s3 = new S3Client({ maxAttempts: 4, forcePathStyle: endpoint !== undefined });
  return {
    async fetch(tenant, { invoice_uid, document }) {
      // PDFGenerated may not have reached the invoices service yet; the printer itself knows.
      const known =
        document ??
        storedPdf
          .nullable()
          .parse(await calls.get('pdf', `/tenants/${tenant}/invoices/${invoice_uid}/pdf`));
      if (known === null) return err('pdf_missing');
      // Never a key that somebody passes in: this one lies with the tenant's own documents.
      const key = documentKey(tenant, invoice_uid, known.sha256);
      try {
        const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const bytes = await answer.Body?.transformToByteArray();
        if (bytes === undefined) return err('pdf_missing');
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return sha256 === known.sha256 ? ok(bytes) : err('pdf_hash_differs');
      } catch (error) {
        if (error instanceof NoSuchKey) return err('pdf_missing');
        throw error;
      }
    },
    async stop() {
      s3.destroy();
    },
  };
}
