import { checkDraft } from '../../../shared/domain/document-rules';
import type { DocumentContent } from '../../../shared/domain/invoice';
import type { Issue, Result } from '../../../shared/domain/result';
import { issue, notFound, ok, refused } from '../../../shared/domain/result';
import type { ReadScope } from '../../replica/replica';
import { readClient } from '../documents/parties';
import type { StoredInvoice } from './invoice-repository';
import { findInvoice } from './invoice-repository';

/**
 * What a draft's content is refused for: what `checkDraft` names, and a client that is not there
 * (`clientUid` `client_unknown`, `client_deleted`). A client that the draft had already stands:
 * sync may bring an invoice before its client.
 */
export function contentIssues(
  scope: ReadScope,
  content: DocumentContent,
  before: StoredInvoice | null,
): readonly Issue[] {
  return [
    ...checkDraft(content),
    ...clientIssues(scope, content.clientUid, before?.invoice.content.clientUid ?? null),
    ...(before === null ? [] : fixedFields(content, before)),
  ];
}

export function clientIssues(
  scope: ReadScope,
  clientUid: string | null,
  had: string | null,
): readonly Issue[] {
  if (clientUid === null || clientUid === had) return [];
  const client = readClient(scope, clientUid);
  if (client === null) return [issue('clientUid', 'client_unknown')];
  return client.deletedAt === null ? [] : [issue('clientUid', 'client_deleted')];
}

/** A credit note goes to who got the invoice, in its currency and its way of pricing. */
function fixedFields(content: DocumentContent, before: StoredInvoice): readonly Issue[] {
  if (before.invoice.kind !== 'credit_note') return [];
  const old = before.invoice.content;
  return (['clientUid', 'currency', 'pricesIncludeTax'] as const)
    .filter((field) => content[field] !== old[field])
    .map((field) => issue(field, 'fixed_by_corrected_invoice'));
}

/**
 * The draft of that uid. Refused with `already_finalised` or `deleted`, which is what another
 * window has made of it meanwhile.
 */
export function findDraft(scope: ReadScope, uid: string): Result<StoredInvoice> {
  const stored = findInvoice(scope, uid);
  if (stored === null) return notFound('invoice', uid);
  const { finalisedAt, deletedAt, number } = stored.invoice;
  if (finalisedAt !== null) return refused('', 'already_finalised', { number: number ?? '' });
  return deletedAt === null ? ok(stored) : refused('', 'deleted');
}
