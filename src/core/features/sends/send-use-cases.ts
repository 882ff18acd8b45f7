import { and, eq, isNull } from 'drizzle-orm';

import type { ParsedInput } from '../../../shared/contracts/app-api';
import type { SendRecord } from '../../../shared/contracts/sync/records';
import type { Result } from '../../../shared/domain/result';
import { notFound, ok, refused } from '../../../shared/domain/result';
import { newUuid } from '../../../shared/domain/uuid';
import { diffFields } from '../../../shared/sync/diff-fields';
import type { BusinessContext, UseCases } from '../../context';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { outbox } from '../../replica/schema';
import { findInvoice } from '../invoices/invoice-repository';
import { isCancellable, isRetriable, shownSend } from './delivery';
import { deleteSend, findSend, findSends, saveSend } from './send-repository';

type SendMethods =
  'sends.request' | 'sends.update' | 'sends.cancel' | 'sends.retry' | 'sends.ofInvoice';
type Mail = ParsedInput<'sends.request'>['mail'];

/** E-mails with issued documents (DOMAIN 18): wishes here, carried out by the cloud. */
export const sendUseCases: UseCases<SendMethods> = {
  'sends.request': (context, { invoiceUid, mail }) =>
    context.replica.write((scope) => {
      const stored = findInvoice(scope, invoiceUid);
      if (stored === null || stored.invoice.deletedAt !== null) {
        return notFound('invoice', invoiceUid);
      }
      const { finalisedAt, pdfSha256 } = stored.invoice;
      if (finalisedAt === null) return refused('', 'not_finalised');
      // Imported history has no paper of ours that the cloud could attach.
      if (pdfSha256 === null) return refused('', 'no_own_paper');
      return ok(request(scope, { ...mail, invoiceUid, attachmentHashes: [pdfSha256] }));
    }),

  'sends.update': (context, { uid, mail }) =>
    change(context, uid, (scope, send) => update(scope, send, mail)),

  'sends.cancel': (context, { uid }) => change(context, uid, cancel),

  'sends.retry': (context, { uid }) =>
    change(context, uid, (scope, send) => {
      // What came back did go out: another mail is another send (DOMAIN 18).
      if (send.state === 'bounced') return ok(request(scope, send));
      if (!isRetriable(send)) return refused('', 'not_retriable');
      return ok(store(scope, send, { ...send, wantedAttempt: send.wantedAttempt + 1 }));
    }),

  'sends.ofInvoice': (context, { invoiceUid }) =>
    context.replica.read((scope) =>
      ok(
        findSends(scope, invoiceUid).map((send) => ({
          ...shownSend(send),
          isWaiting: isUntold(scope, send.uid),
        })),
      ),
    ),
};

type Wish = Pick<
  SendRecord,
  'invoiceUid' | 'to' | 'cc' | 'bcc' | 'replyTo' | 'subject' | 'body' | 'attachmentHashes'
>;

function request(scope: WriteScope, wish: Wish): SendRecord {
  const { invoiceUid, to, cc, bcc, replyTo, subject, body, attachmentHashes } = wish;
  const send: SendRecord = {
    uid: newUuid(),
    invoiceUid,
    kind: 'invoice',
    to,
    cc,
    bcc,
    replyTo,
    subject,
    body,
    attachmentHashes,
    requestedAt: scope.now,
    cancelledAt: null,
    wantedAttempt: 1,
    state: 'queued',
    reason: null,
    attempt: 0,
    settledAt: null,
    steps: [],
  };
  saveSend(scope, send);
  scope.queue('sends', send.uid, { kind: 'create', record: send });
  scope.touch(['invoices']);
  return send;
}

function change(
  { replica }: BusinessContext,
  uid: string,
  work: (scope: WriteScope, send: SendRecord) => Result<SendRecord>,
): Result<SendRecord> {
  return replica.write((scope) => {
    const send = findSend(scope, uid);
    if (send === null) return notFound('send', uid);
    const changed = work(scope, send);
    return changed.ok ? ok(shownSend(changed.value)) : changed;
  });
}

function update(scope: WriteScope, send: SendRecord, mail: Mail): Result<SendRecord> {
  if (!isUntold(scope, send.uid)) return refused('', 'already_sent');
  return ok(store(scope, send, { ...send, ...mail }));
}

/** Nobody has to hear of a wish that was told to nobody; after that the cloud decides (R73). */
function cancel(scope: WriteScope, send: SendRecord): Result<SendRecord> {
  if (send.cancelledAt !== null) return ok(send);
  const cancelled: SendRecord = { ...send, cancelledAt: scope.now };
  if (isUntold(scope, send.uid)) {
    scope.db
      .delete(outbox)
      .where(and(eq(outbox.collection, 'sends'), eq(outbox.recordUid, send.uid)))
      .run();
    deleteSend(scope, send.uid);
    scope.touch(['invoices']);
    return ok({ ...cancelled, state: 'cancelled', settledAt: scope.now });
  }
  if (!isCancellable(send)) return refused('', 'already_sent');
  return ok(store(scope, send, cancelled));
}

function store(scope: WriteScope, before: SendRecord, after: SendRecord): SendRecord {
  const fields = diffFields(before, after);
  if (Object.keys(fields).length === 0) return before;
  saveSend(scope, after);
  scope.queue('sends', after.uid, { kind: 'patch', fields });
  scope.touch(['invoices']);
  return after;
}

/** Whether the wish itself has joined no batch: only this device knows of it. */
function isUntold(scope: ReadScope, uid: string): boolean {
  const row = scope.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, uid),
        eq(outbox.collection, 'sends'),
        eq(outbox.kind, 'create'),
        eq(outbox.state, 'queued'),
        isNull(outbox.version),
      ),
    )
    .get();
  return row !== undefined;
}
