import { createHash } from 'node:crypto';

import type { MutationBody } from '../../../../src/shared/contracts/sync/protocol';
import type {
  InvoiceRecord,
  PaymentRecord,
  SendRecord,
} from '../../../../src/shared/contracts/sync/records';
import { paymentRecord, sendRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid, SeriesUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { FrozenClient } from '../../../../src/shared/domain/freeze';
import { freeze } from '../../../../src/shared/domain/freeze';
import { FONT_SET, RENDERER_VERSION } from '../../../../src/shared/pdf/renderer-version';
import { contentOfRecord } from '../sync/wire-records';
import { settingsOf } from './scratch-context';

const FINALISED_AT = '2026-03-01T10:00:00.000Z';

/** A number as a device takes it, in a series of its own. */
export interface TestPlace {
  readonly seriesUid: SeriesUid;
  readonly sequence: number;
}

export interface FinalisedRecord {
  readonly record: InvoiceRecord;
  readonly frozen: FrozenDocument;
  readonly sha256: string;
  readonly body: Extract<MutationBody, { kind: 'finalise' }>;
}

const CLIENT: FrozenClient = {
  name: 'Client Ltd',
  contactName: '',
  address: { line1: '', line2: '', postalCode: '', city: '', region: '', country: 'DE' },
  vatNumber: '',
  companyNumber: '',
  email: 'client@example.com',
};

export interface FinaliseOptions {
  readonly tenant?: BusinessUid;
  readonly email?: string;
  readonly corrected?: FrozenDocument['corrects'];
  readonly rendererVersion?: string;
  /** Makes the bytes; their hash stands for them where nobody looks at them. */
  readonly render?: (document: FrozenDocument) => Uint8Array;
}

/** A draft as a device finalises it: numbered, frozen and printed. */
export function finalised(
  draft: InvoiceRecord,
  { seriesUid, sequence }: TestPlace,
  options: FinaliseOptions = {},
): FinalisedRecord {
  const prefix = draft.kind === 'invoice' ? 'INV' : 'CN';
  const number = `${prefix}-2026-${String(sequence).padStart(4, '0')}`;
  const issued = { number, seriesUid, period: 2026, sequence, finalisedAt: FINALISED_AT };
  const settings = settingsOf();
  const frozen = freeze({
    business: { uid: options.tenant ?? newUid(), ...settings },
    client: { ...CLIENT, ...(options.email === undefined ? {} : { email: options.email }) },
    invoice: { ...draft, content: contentOfRecord(draft) },
    orderNumber: '',
    corrects: options.corrected ?? null,
    issued,
    renderer: { version: options.rendererVersion ?? RENDERER_VERSION, fontSet: FONT_SET },
  });
  const bytes = options.render?.(frozen) ?? Buffer.from(JSON.stringify(frozen));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const record: InvoiceRecord = {
    ...draft,
    ...issued,
    clientName: CLIENT.name,
    pdfSha256: sha256,
  };
  return { record, frozen, sha256, body: { kind: 'finalise', record, frozen, sha256 } };
}

export function aPayment(
  invoice: InvoiceRecord,
  more: Partial<Record<keyof PaymentRecord, unknown>> = {},
): PaymentRecord {
  return paymentRecord.parse({
    uid: newUid(),
    invoiceUid: invoice.uid,
    date: '2026-03-05',
    amount: 100_00,
    method: 'bank_transfer',
    reference: '',
    reverses: null,
    createdAt: '2026-03-05T09:00:00.000Z',
    ...more,
  });
}

/** A mail that a person has written on a device. */
export function aSend(
  invoice: Pick<InvoiceRecord, 'uid'>,
  more: Partial<SendRecord> = {},
): SendRecord {
  return sendRecord.parse({
    uid: newUid(),
    invoiceUid: invoice.uid,
    kind: 'invoice',
    to: ['client@example.com'],
    cc: [],
    bcc: [],
    replyTo: '',
    subject: 'Your invoice',
    body: 'Please find it attached.',
    attachmentHashes: [],
    requestedAt: '2026-03-01T10:00:01.000Z',
    cancelledAt: null,
    wantedAttempt: 1,
    state: 'queued',
    reason: null,
    attempt: 1,
    settledAt: null,
    steps: [],
    ...more,
  });
}
