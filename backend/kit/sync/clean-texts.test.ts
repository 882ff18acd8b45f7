import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import { clientInput } from '../../../src/shared/domain/client';
import { documentContent } from '../../../src/shared/domain/invoice';
import { orderContent } from '../../../src/shared/domain/order';
import { productInput } from '../../../src/shared/domain/product';
import type { PlainRecord } from '../../../src/shared/sync/field-paths';
import {
  aClientRecord,
  aLine,
  anInvoiceRecord,
  anOrderRecord,
  aProductRecord,
} from '../testing/wire-records';
import { resolveMutation } from './merge-mutation';

/** Whatever a keyboard, the clipboard or a file can bring: controls and half pairs too. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('\u0000', '\ud83d', '\udc00', '\r\n', '\t', '\u200b', '\u3164', '\u2028'),
    ),
    { maxLength: 6 },
  )
  // As long as the shortest field.
  .map((parts) => parts.join('').slice(0, 20));

/** What a person can type of each kind of record: the schema of the desktop, and its texts. */
const TYPED: readonly (readonly [SyncCollection, z.ZodType, PlainRecord, readonly string[]])[] = [
  ['clients', clientInput, aClientRecord(), ['name', 'contactName', 'phone', 'vatNumber', 'notes']],
  ['products', productInput, aProductRecord(), ['name', 'code', 'unit']],
  ['orders', orderContent, anOrderRecord(), ['buyerReference', 'notes']],
  ['invoices', documentContent, anInvoiceRecord(), ['buyerReference', 'notes', 'paymentReference']],
];

describe('texts', () => {
  it.each(TYPED)('R17 of %s are taken by the cloud as a device keeps them', (...args) => {
    const [collection, desktop, record, fields] = args;
    const schema = SYNC_COLLECTIONS[collection].record;
    fc.assert(
      fc.property(fc.tuple(...fields.map(() => anyText)), (texts) => {
        const typed: Record<string, unknown> = Object.fromEntries(
          fields.map((field, index) => [field, texts[index]]),
        );
        const [description = ''] = texts;
        if ('lines' in record) typed['lines'] = [aLine({ description, unit: description })];
        const kept = desktop.safeParse({ ...record, ...typed });
        if (!kept.success) {
          // A name of which nothing is to be seen, and nothing else.
          expect(kept.error.issues).toMatchObject([{ path: ['name'], code: 'too_small' }]);
          return;
        }
        const told = { ...record, ...(kept.data as PlainRecord) };
        const corrected: string[] = [];
        const { uid } = record as { readonly uid: string };
        const resolution = resolveMutation(
          {
            collection,
            schema,
            decide: () => ({ kind: 'accept' }),
            corrected: (one) => corrected.push(one),
          },
          { record: null, deleted: false },
          { uuid: uid, seq: 1, uid, body: { kind: 'create', record: { ...told, uid } } },
        );
        expect(resolution).toEqual({
          kind: 'applied',
          state: { record: told, deleted: false },
          notices: [],
        });
        expect(corrected).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('R55 that a device has not cleaned are corrected, and it hears of that', () => {
    const record = { ...aClientRecord(), name: 'Acme\r\nLtd' };
    const corrected: string[] = [];
    const { uid } = record;
    const resolution = resolveMutation(
      {
        collection: 'clients',
        schema: SYNC_COLLECTIONS.clients.record,
        decide: () => ({ kind: 'accept' }),
        corrected: (one) => corrected.push(one),
      },
      { record: null, deleted: false },
      { uuid: uid, seq: 1, uid, body: { kind: 'create', record } },
    );
    expect(resolution).toMatchObject({ kind: 'applied', state: { record: { name: 'Acme Ltd' } } });
    expect(corrected).toEqual([uid]);
  });
});
