import { expect, it } from 'vitest';

import type { LineUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { matchOrderLines, orderLinesOf } from './order-lines';

const [first, second, third] = [newUid<LineUid>(), newUid<LineUid>(), newUid<LineUid>()];
const ORDER = [
  { order_item_id: 1, line_uid: first, description: 'Work', unit_price: 800_000 },
  { order_item_id: 2, line_uid: second, description: 'Work', unit_price: 900_000 },
  { order_item_id: 3, line_uid: third, description: 'Travel', unit_price: 1 },
];

it('finds the order line of a description, the one of the same price first', () => {
  const lines = [
    { description: 'Work', unitPrice: 900_000 },
    { description: ' Work ', unitPrice: 750_000 },
    { description: 'Travel', unitPrice: 2 },
    { description: 'Extra', unitPrice: 1 },
    { description: 'Travel', unitPrice: 1 },
  ];
  expect(matchOrderLines(ORDER, lines)).toEqual([
    { id: 2, uid: second },
    { id: 1, uid: first },
    { id: 3, uid: third },
    null,
    { id: 3, uid: third },
  ]);
  expect(matchOrderLines([], lines)).toEqual([null, null, null, null, null]);
});

it('sums what a document takes of each line; a credit note gives back', () => {
  const items = [
    { orderItemId: 1, orderLineUid: first, quantity: 1_500 },
    { orderItemId: null, orderLineUid: null, quantity: 9 },
    { orderItemId: null, orderLineUid: second, quantity: 7 },
    { orderItemId: 1, orderLineUid: first, quantity: 500 },
  ];
  expect(orderLinesOf('invoice', items)).toEqual([
    { order_item_id: 1, line_uid: first, quantity: 2_000 },
    { order_item_id: null, line_uid: second, quantity: 7 },
  ]);
  expect(orderLinesOf('credit_note', items)[0]).toEqual({
    order_item_id: 1,
    line_uid: first,
    quantity: -2_000,
  });
});
