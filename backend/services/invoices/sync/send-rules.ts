import type { SendRecord } from '../../../../src/shared/contracts/sync/records';
import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { Attempt, Decision } from '../../../kit/sync/synced-collection';
import { CANCELLABLE, DUPLICATE, RESTORED, RETRIABLE } from '../domain/delivery';
import type { InvoiceRow, SendRow } from '../db/rows';

/** What the rules of sends look at. */
export interface SendFacts {
  readonly now: Date;
  /** Documents that are here, drafts and deleted ones included. */
  readonly invoices: ReadonlyMap<InvoiceUid, InvoiceRow>;
  /** Of these, those whose paper is here. */
  readonly printed: ReadonlySet<InvoiceUid>;
  readonly sends: ReadonlyMap<string, SendRow>;
}

export const CANCELLED = 'cancelled';

/** What a device may write; everything else is the cloud's from the first answer on. */
const MAIL_FIELDS = ['to', 'cc', 'bcc', 'replyTo', 'subject', 'body', 'attachmentHashes'] as const;
const FIXED_FIELDS = ['invoiceUid', 'kind', 'requestedAt'] as const;

/** A device's wish for a mail, and what it may still change about it (DOMAIN 18, R73). */
export function decideSend(
  { before, after, isDeleted, mutation }: Attempt<'sends'>,
  facts: SendFacts,
): Decision<'sends'> {
  if (isDeleted) return reject('append_only');
  if (before !== null) return decideChange(before, after, facts);
  // Nobody asks for a receipt: a payment does.
  if (after.kind === 'receipt') return reject('not_allowed', 'kind');
  return { kind: 'accept', record: asBegun(after, mutation.isAgain === true, facts) };
}

function reject(code: string, field = ''): Decision<'sends'> {
  return { kind: 'reject', code, field };
}

/** A wish as it stands once the cloud has heard of it. */
function asBegun(wish: SendRecord, isAgain: boolean, facts: SendFacts): SendRecord {
  const { now } = facts;
  if (wish.cancelledAt !== null) return settledAs(wish, 'cancelled', CANCELLED, now);
  // Told before, to a cloud that has forgotten (R63): what was on its way then may have gone out.
  if (wish.state === 'pending' || (wish.state === 'queued' && isAgain)) {
    return settledAs(wish, 'unknown', RESTORED, now);
  }
  if (wish.state !== 'queued') return wish;
  const fresh = { ...wish, attempt: 1, settledAt: null, steps: [] };
  return { ...fresh, ...standingOf(wish, facts) };
}

/** Where a wish stands that nothing is known against. */
function standingOf(
  { invoiceUid }: Pick<SendRecord, 'invoiceUid'>,
  { invoices, printed }: SendFacts,
): Pick<SendRecord, 'state' | 'reason'> {
  const invoice = invoices.get(invoiceUid);
  const isReady =
    invoice !== undefined &&
    invoice.finalisedAt !== null &&
    invoice.deletedAt === null &&
    printed.has(invoiceUid);
  if (!isReady) return { state: 'queued', reason: null };
  return invoice.duplicateOf === null
    ? { state: 'pending', reason: null }
    : { state: 'held', reason: DUPLICATE };
}

function settledAs(
  record: SendRecord,
  state: 'cancelled' | 'unknown',
  reason: string,
  now: Date,
): SendRecord {
  return { ...record, state, reason, settledAt: now.toISOString() };
}

function decideChange(before: SendRecord, after: SendRecord, facts: SendFacts): Decision<'sends'> {
  const fixed = FIXED_FIELDS.find((field) => !isSameValue(before[field], after[field]));
  if (fixed !== undefined) return reject('not_allowed', fixed);
  const isLetGo = isOnItsWay(before, facts);
  const written = MAIL_FIELDS.find((field) => !isSameValue(before[field], after[field]));
  if (written !== undefined && isLetGo) return reject('already_sent', written);
  const { cancelledAt, wantedAttempt } = after;
  const { state, reason, attempt, settledAt, steps } = before;
  const kept: SendRecord = { ...after, state, reason, attempt, settledAt, steps };
  if (before.cancelledAt === null && cancelledAt !== null) {
    if (isLetGo) return reject('already_sent', 'cancelledAt');
    return { kind: 'accept', record: settledAs(kept, 'cancelled', CANCELLED, facts.now) };
  }
  if (before.cancelledAt !== cancelledAt) return reject('not_allowed', 'cancelledAt');
  if (wantedAttempt < before.wantedAttempt) return reject('not_allowed', 'wantedAttempt');
  const isWanted = wantedAttempt > before.wantedAttempt && RETRIABLE.includes(state);
  return { kind: 'accept', record: isWanted ? asRetried(kept, facts) : kept };
}

/** The next attempt: a person has seen what stood against it. */
function asRetried(record: SendRecord, facts: SendFacts): SendRecord {
  const { state } = standingOf(record, facts);
  return {
    ...record,
    state: state === 'queued' ? 'queued' : 'pending',
    reason: null,
    settledAt: null,
    attempt: record.attempt + 1,
  };
}

/** From the permit on nobody can tell any more whether the mail can be kept back. */
function isOnItsWay({ uid, state }: SendRecord, { sends }: SendFacts): boolean {
  if (!CANCELLABLE.includes(state)) return true;
  const row = sends.get(uid);
  return (
    state === 'pending' && row !== undefined && (row.isMailed || row.permitMessageUid !== null)
  );
}
