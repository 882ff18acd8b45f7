import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { DocumentRecord, InvoiceRecord } from '../../../../src/shared/contracts/sync/records';
import { logo } from '../../../../src/shared/domain/business';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import { frozenDocument } from '../../../../src/shared/domain/frozen-document';

/** A paper as it is kept: without its logo, which lies in `assets`. */
export interface Paper {
  readonly document: FrozenDocument;
  readonly logoSha256: string | null;
}

const logoReference = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }).nullable();

/** The paper that a device sends; null when it is none (R41). */
export function paperOf(frozen: DocumentRecord['frozen']): Paper | null {
  const reference = logoReference.safeParse(frozen['logo']);
  const parsed = frozenDocument.safeParse({ ...frozen, logo: null });
  if (!reference.success || !parsed.success) return null;
  // To the letter: what its schema does not know of yet is part of the paper all the same.
  const document = { ...frozen, logo: null } as unknown as FrozenDocument;
  return { document, logoSha256: reference.data?.sha256 ?? null };
}

/** Whether a paper is that of a finalised document: one number, one moment. */
export function isPaperOf({ document }: Paper, record: InvoiceRecord): boolean {
  const { issued } = document;
  return (
    issued !== null &&
    document.kind === record.kind &&
    issued.number === record.number &&
    issued.seriesUid === record.seriesUid &&
    issued.period === record.period &&
    issued.sequence === record.sequence &&
    issued.finalisedAt === record.finalisedAt
  );
}

/** Whether text is a logo whose hash is the one given. */
export function isLogoText(data: string, sha256: string): boolean {
  if (createHash('sha256').update(data).digest('hex') !== sha256) return false;
  try {
    return logo.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
