import type { BusinessUid, InvoiceUid } from '../../domain/ids';

/** Where the PDF of a document lies in the bucket; its content names it, so it never changes. */
export function documentKey(tenant: BusinessUid, invoiceUid: InvoiceUid, sha256: string): string {
  return `documents/${tenant}/${invoiceUid}/${sha256}.pdf`;
}
