import { createHash } from 'node:crypto';

import { and, eq, sql } from 'drizzle-orm';

import type { Logo } from '../../../../src/shared/domain/business';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { assets, frozenDocuments } from './schema';

type Scope = Database | Transaction;

/** Keeps a logo, once whatever documents show it; its hash. */
export async function keepLogo(scope: Scope, tenant: BusinessUid, logo: Logo): Promise<string> {
  const data = JSON.stringify(logo);
  const sha256 = createHash('sha256').update(data).digest('hex');
  await scope
    .insert(assets)
    .values({ tenant, sha256, data })
    .onDuplicateKeyUpdate({ set: { tenant: sql`${assets.tenant}` } });
  return sha256;
}

/** The logo with a hash; throws (damage) when it is gone. */
export async function readLogo(
  scope: Scope,
  tenant: BusinessUid,
  sha256: string | null,
): Promise<Logo | null> {
  if (sha256 === null) return null;
  const [row] = await scope
    .select({ data: assets.data })
    .from(assets)
    .where(and(eq(assets.tenant, tenant), eq(assets.sha256, sha256)));
  if (row === undefined) throw new Error(`no logo ${sha256}`);
  return JSON.parse(row.data) as Logo;
}

/** Keeps the paper of a document, for ever. */
export async function insertFrozen(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
  frozen: FrozenDocument,
  logoSha256: string | null,
): Promise<void> {
  const document = { ...frozen, logo: null };
  await transaction.insert(frozenDocuments).values({ tenant, invoiceUid, document, logoSha256 });
}

/** The paper of a finalised document with its logo; null for drafts. */
export async function readFrozen(
  scope: Scope,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
): Promise<FrozenDocument | null> {
  const found = await readFrozenHead(scope, tenant, invoiceUid);
  if (found === null) return null;
  return { ...found.document, logo: await readLogo(scope, tenant, found.logoSha256) };
}

/** The same without the logo. */
export async function readFrozenHead(
  scope: Scope,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
): Promise<{ readonly document: FrozenDocument; readonly logoSha256: string | null } | null> {
  const [row] = await scope
    .select({ document: frozenDocuments.document, logoSha256: frozenDocuments.logoSha256 })
    .from(frozenDocuments)
    .where(and(eq(frozenDocuments.tenant, tenant), eq(frozenDocuments.invoiceUid, invoiceUid)));
  return row ?? null;
}
