import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';

import type { DocumentRecord } from '../../../shared/contracts/sync/records';
import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import { frozenDocument } from '../../../shared/domain/frozen-document';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { assets, documents } from '../../replica/schema';

/** A logo as stored: the picture itself lies in `assets`, once for all documents. */
interface LogoReference {
  readonly sha256: string;
}

/** A frozen document as it is kept in the replica and the ledger. */
export interface StoredFrozen {
  /** The document with a reference in place of its logo, and its JSON. */
  readonly document: DocumentRecord['frozen'];
  readonly json: string;
  readonly asset: { readonly sha256: string; readonly data: string } | null;
}

export function sha256Of(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Splits the logo off, which would be stored with every document otherwise. */
export function packFrozen(frozen: FrozenDocument): StoredFrozen {
  if (frozen.logo === null) {
    return { document: frozen, json: JSON.stringify(frozen), asset: null };
  }
  const data = JSON.stringify(frozen.logo);
  const logo: LogoReference = { sha256: sha256Of(data) };
  const document = { ...frozen, logo };
  return { document, json: JSON.stringify(document), asset: { sha256: logo.sha256, data } };
}

/** The opposite of `packFrozen`. Throws (a bug) when the logo is not to be found. */
export function unpackFrozen(
  json: string,
  assetOf: (sha256: string) => string | null,
): FrozenDocument {
  const stored = JSON.parse(json) as { readonly logo: LogoReference | null };
  if (stored.logo === null) return frozenDocument.parse(stored);
  const { sha256 } = stored.logo;
  const data = assetOf(sha256);
  if (data === null || sha256Of(data) !== sha256) throw new Error(`no logo ${sha256}`);
  return frozenDocument.parse({ ...stored, logo: JSON.parse(data) as unknown });
}

/** Tells the cloud of a logo before the document that refers to it. */
export function queueAsset(scope: WriteScope, asset: StoredFrozen['asset']): void {
  if (asset === null) return;
  const { sha256: uid, data } = asset;
  scope.queue('assets', uid, { kind: 'create', record: { uid, data } });
}

const insertAsset = prepared((db) =>
  db
    .insert(assets)
    .values({ sha256: sql.placeholder('sha256'), data: sql.placeholder('data') })
    .onConflictDoNothing()
    .prepare(),
);

const insertDocumentRow = prepared((db) =>
  db
    .insert(documents)
    .values({
      invoiceId: sql.placeholder('invoiceId'),
      frozen: sql.placeholder('frozen'),
      pdf: sql.placeholder('pdf'),
      sha256: sql.placeholder('sha256'),
    })
    .prepare(),
);

/** Keeps the paper of an issued document. */
export function insertDocument(
  scope: WriteScope,
  invoiceId: number,
  document: { readonly frozen: StoredFrozen; readonly pdf: Buffer; readonly sha256: string },
): void {
  const { frozen, pdf, sha256 } = document;
  if (frozen.asset !== null) insertAsset(scope.db).run({ ...frozen.asset });
  insertDocumentRow(scope.db).run({ invoiceId, frozen: frozen.json, pdf, sha256 });
}

const documentOf = prepared((db) =>
  db
    .select()
    .from(documents)
    .where(eq(documents.invoiceId, sql.placeholder('invoiceId')))
    .prepare(),
);

const assetOf = prepared((db) =>
  db
    .select({ data: assets.data })
    .from(assets)
    .where(eq(assets.sha256, sql.placeholder('sha256')))
    .prepare(),
);

/**
 * The stored bytes of an issued document; null for drafts and imported history. Throws (a bug or
 * damage) when they are not the ones that were made at finalising.
 */
export function readPdf(scope: ReadScope, invoiceId: number, expected: string): Buffer | null {
  const row = documentOf(scope.db).get({ invoiceId });
  if (row === undefined) return null;
  if (row.pdf === null) return null;
  const actual = sha256Of(row.pdf);
  if (actual !== row.sha256 || actual !== expected) {
    throw new Error(`the PDF of document ${invoiceId} is not the one that was issued`);
  }
  return row.pdf;
}

const keepBytes = prepared((db) =>
  db
    .update(documents)
    .set({ pdf: sql`${sql.placeholder('pdf')}` })
    .where(eq(documents.invoiceId, sql.placeholder('invoiceId')))
    .prepare(),
);

/** Keeps the bytes of a paper that came from another device, made again from its frozen document. */
export function keepPdf(scope: WriteScope, invoiceId: number, pdf: Buffer): void {
  keepBytes(scope.db).run({ invoiceId, pdf });
}

/** Whether everything that the paper shows is here: the frozen document and its logo. */
export function hasPaper(scope: ReadScope, invoiceId: number): boolean {
  const row = documentOf(scope.db).get({ invoiceId });
  if (row === undefined) return false;
  const { logo } = JSON.parse(row.frozen) as { readonly logo: LogoReference | null };
  return logo === null || assetOf(scope.db).get({ sha256: logo.sha256 }) !== undefined;
}

/** The frozen document behind an issued one; null where none is kept. */
export function readFrozen(scope: ReadScope, invoiceId: number): FrozenDocument | null {
  const row = documentOf(scope.db).get({ invoiceId });
  if (row === undefined) return null;
  return unpackFrozen(row.frozen, (sha256) => assetOf(scope.db).get({ sha256 })?.data ?? null);
}
