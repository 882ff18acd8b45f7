import { z } from 'zod';

import { instant } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { invoiceUid } from '../../domain/ids';
import { minorUnits } from '../../domain/money';
import { syncCollection } from '../sync/collections';
import { fieldConflict } from '../sync/protocol';
import { sendRecord } from '../sync/records';
import { method, nothing } from './method';
import { line, text } from '../../domain/text';

const rate = z.object({ recordsPerSecond: z.number(), bytesPerSecond: z.number() });

/** How far a transfer is. */
const transfer = rate.extend({
  direction: z.enum(['up', 'down']),
  collection: syncCollection,
  /**
   * Of all that is to move, over all collections; loading, in versions, of which a record may have
   * had several. Their ratio never falls while a transfer lasts.
   */
  done: z.int(),
  total: z.int(),
  /** Records of this collection so far. */
  records: z.int(),
});

/** What the frame shows of sync. */
export const syncStatus = z.object({
  phase: z.enum([
    /** The open business is on this machine alone. */
    'off',
    'idle',
    'syncing',
    /** The cloud is not reached. */
    'offline',
    /** The cloud answers that it cannot now. */
    'cloud_problem',
    /** The cloud does not understand this app yet. */
    'cloud_outdated',
    /** A fault of this app's own. */
    'app_problem',
    'paused',
    'sign_in_needed',
    /** The cloud speaks a newer protocol: the app has to be updated. */
    'update_required',
    /** The account is no member of this business any more. */
    'no_access',
  ]),
  offlineSince: instant.nullable(),
  /** When it is tried again by itself, after a failure. */
  retryAt: instant.nullable(),
  lastSyncAt: instant.nullable(),
  /** Changes that the cloud has not been told. */
  waiting: z.int(),
  /** Conflicts, rejections and notices that nobody has looked at. */
  attention: z.int(),
  transfer: transfer.nullable(),
});
export type TransferRate = z.infer<typeof rate>;
export type SyncStatus = z.infer<typeof syncStatus>;

/** The record whose page shows another: a payment and an e-mail are shown on their invoice's. */
const recordPage = z.object({
  of: z.enum(['client', 'product', 'order', 'invoice', 'business', 'tax_code', 'series']),
  uid: z.string(),
});
export type RecordPage = z.infer<typeof recordPage>;

/** A record as a list names it: "INV-2026-0001 · Acme Ltd". */
const recordName = z.object({
  collection: syncCollection,
  uid: z.string(),
  title: z.string(),
  /** Null: it has none. */
  page: recordPage.nullable(),
});
export type RecordName = z.infer<typeof recordName>;

const changeKind = z.enum(['create', 'patch', 'delete', 'restore', 'finalise']);

/** A change that waits, and for what. */
const waitingChange = recordName.extend({
  id: z.int(),
  kind: changeKind,
  at: instant,
  /** `turn`: the next transfer; `dependency`: what it refers to; the others: what stops sync. */
  waitsFor: z.enum([
    'turn',
    'dependency',
    'network',
    'cloud',
    'sign_in',
    'update',
    'access',
    'pause',
    'retry',
  ]),
});

const side = z.enum(['mine', 'theirs']);
export type Side = z.infer<typeof side>;

const documentTotal = z.object({ amount: minorUnits, currency: currencyCode });
export type DocumentTotal = z.infer<typeof documentTotal>;

const conflictItem = recordName.extend({
  id: z.int(),
  at: instant,
  /** `theirs` is what stands there now. */
  fields: z.array(fieldConflict),
  /** Of the record as it stands; null where it has none. */
  currency: currencyCode.nullable(),
  /** What the document comes to by either choice; null where no amount is concerned. */
  totals: z.object({ mine: documentTotal, theirs: documentTotal }).nullable(),
});
export type ConflictItem = z.infer<typeof conflictItem>;

/** A field as it was shown to who decides about it: what was typed, and what stands there. */
const shownField = fieldConflict.pick({ path: true, mine: true, theirs: true });
export type ShownField = z.infer<typeof shownField>;

/** What somebody chose for a field, and between what. */
const decision = shownField.extend({ keep: side });
export type Decision = z.infer<typeof decision>;

const decidedItem = recordName.extend({
  id: z.int(),
  /** When it was decided. */
  at: instant,
  fields: z.array(fieldConflict.extend({ keep: side })),
  currency: currencyCode.nullable(),
});
export type DecidedItem = z.infer<typeof decidedItem>;

const rejectionItem = recordName.extend({
  id: z.int(),
  at: instant,
  kind: changeKind,
  /** Stable code of the reason, and the field that it is about. */
  code: z.string(),
  field: z.string(),
  /**
   * What was typed (mine), over what (base), and what stands there now (theirs). Of an edit, and of
   * a new record that the cloud has already; empty where the record here is as it was typed.
   */
  fields: z.array(fieldConflict),
  currency: currencyCode.nullable(),
  /** What can help: other words, or the same once more. Without any, nothing but letting it go. */
  remedies: z.array(z.enum(['edit', 'retry'])),
});
export type RejectionItem = z.infer<typeof rejectionItem>;

/** Something that a person should know and need not decide. */
const noticeItem = recordName.extend({
  id: z.int(),
  at: instant,
  /** `restored_by_edit`, `restored_by_reference`, `edited_meanwhile`, `duplicate_document`, `number_used_twice`, `new_series`. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Of `edited_meanwhile`: by field, what the document has (mine) and what was typed (theirs). */
  overtaken: z.array(fieldConflict).optional(),
});
export type NoticeItem = z.infer<typeof noticeItem>;

const mailToSend = z.object({
  to: z.array(z.email().max(254)).min(1).max(20),
  cc: z.array(z.email().max(254)).max(20),
  bcc: z.array(z.email().max(254)).max(20),
  replyTo: z.email().max(254).or(z.literal('')),
  subject: line(300, 1),
  body: text(10_000).trim().min(1),
});

export const syncMethods = {
  'sync.status': method(nothing, syncStatus),
  'sync.now': method(nothing, nothing),
  /** The network is back, or somebody looks at the app again: sync waits no longer (R71). */
  'sync.wake': method(nothing, nothing),
  'sync.pause': method(z.object({ paused: z.boolean() }), syncStatus),
  'sync.waiting': method(
    z.object({ limit: z.int().min(1).max(200).default(50) }),
    z.object({ items: z.array(waitingChange), total: z.int() }),
  ),
  'sync.attention': method(
    nothing,
    z.object({
      conflicts: z.array(conflictItem),
      rejections: z.array(rejectionItem),
      notices: z.array(noticeItem),
      /** The conflicts that were decided last, the latest first. */
      decided: z.array(decidedItem),
    }),
  ),
  /** What is open of one record. */
  'sync.ofRecord': method(
    z.object({ uid: z.string().max(64) }),
    z.object({
      conflicts: z.array(conflictItem),
      rejections: z.array(rejectionItem),
      notices: z.array(noticeItem),
    }),
  ),
  /**
   * What the document of a conflict would come to by these choices; a field without one is as in the
   * cloud. Null where no amount is concerned.
   */
  'sync.choiceTotal': method(
    z.object({ id: z.int(), choices: z.record(z.string(), side) }),
    z.object({ total: documentTotal.nullable() }),
  ),
  /**
   * Decides every field of a conflict; what is kept of mine becomes a change of its own. Refused with
   * `changed_since_shown` at each field that is not what the choice was made between any more.
   */
  'sync.resolve': method(z.object({ id: z.int(), decisions: z.array(decision) }), nothing),
  /**
   * Takes a choice back: the conflict is open again. `left`: fields that somebody has written over
   * since, which stay as they are.
   */
  'sync.undoResolve': method(z.object({ id: z.int() }), z.object({ left: z.array(z.string()) })),
  /**
   * Queues what was rejected once more, as the record is now. Refused with `changed_since_shown` at
   * each field of the rejection that is not as it was shown any more.
   */
  'sync.retry': method(z.object({ id: z.int(), shown: z.array(shownField) }), nothing),
  /** Lets go of what was rejected, for what the cloud has, or of a notice. */
  'sync.dismiss': method(z.object({ id: z.int() }), nothing),
  /** Fields of a rejected edit were put right; with the last of them it is settled. */
  'sync.settleFields': method(z.object({ id: z.int(), paths: z.array(z.string()) }), nothing),
  'sync.diagnostics': method(
    nothing,
    z.object({
      device: z.object({ uid: z.string(), name: z.string(), letter: z.string() }),
      protocol: z.int(),
      collections: z.array(
        z.object({
          collection: syncCollection,
          epoch: z.string().nullable(),
          cursor: z.int(),
          head: z.int().nullable(),
          waiting: z.int(),
          sequence: z.int(),
        }),
      ),
      /** How fast records went up and came down last; null while none have since the start. */
      rates: z.object({ up: rate.nullable(), down: rate.nullable() }),
      /** For support: the newest lines, without personal data. */
      log: z.array(z.object({ at: instant, text: z.string() })),
    }),
  ),
};

export const sendMethods = {
  /** Asks for a mail with the document; it goes out when there is a connection. */
  'sends.request': method(z.object({ invoiceUid, mail: mailToSend }), sendRecord),
  /** Only while it is queued on this machine. */
  'sends.update': method(z.object({ uid: z.uuid(), mail: mailToSend }), sendRecord),
  /** Refused with `already_sent` when the cloud has handed it over. */
  'sends.cancel': method(z.object({ uid: z.uuid() }), sendRecord),
  /** Tries again, or sends all the same what is `unknown` or `held`. */
  'sends.retry': method(z.object({ uid: z.uuid() }), sendRecord),
  /** The newest first. */
  'sends.ofInvoice': method(
    z.object({ invoiceUid }),
    z.array(
      sendRecord.extend({
        /** Not told to the cloud yet. */
        isWaiting: z.boolean(),
      }),
    ),
  ),
};
