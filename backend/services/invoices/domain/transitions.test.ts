import { expect, it } from 'vitest';

import type { RestInvoiceStatus } from '../../../../src/shared/contracts/rest-v1/invoices';
import type { StatusAction, TransitionFacts } from './transitions';
import { actionFor } from './transitions';

const WANTED: readonly RestInvoiceStatus[] = ['draft', 'sent', 'paid', 'overdue'];

/** The whole table: what each wish means from where a document stands. */
const TABLE: readonly (readonly [
  string,
  Partial<TransitionFacts>,
  readonly (StatusAction | null)[],
])[] = [
  [
    'a draft',
    { isFinalised: false, status: 'draft' },
    ['nothing', 'finalise_and_send', null, null],
  ],
  ['numbered, its mail not out', { status: 'draft' }, ['nothing', 'send', 'pay', null]],
  ['sent', { status: 'sent' }, [null, 'nothing', 'pay', null]],
  ['overdue', { status: 'overdue' }, [null, null, 'pay', 'nothing']],
  ['paid', { status: 'paid', hasPayment: true }, [null, 'reverse', 'nothing', null]],
  ['settled by credit alone', { status: 'paid' }, [null, null, 'nothing', null]],
  ['a credit note', { kind: 'credit_note', status: 'sent' }, [null, 'nothing', null, null]],
];

it.each(TABLE)('%s', (_, facts, actions) => {
  const all = { kind: 'invoice', isFinalised: true, status: 'sent', hasPayment: false, ...facts };
  expect(WANTED.map((wanted) => actionFor(all as TransitionFacts, wanted))).toEqual(actions);
});
