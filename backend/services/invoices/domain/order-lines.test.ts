import { expect, it } from 'vitest';

import { matchOrderLines, orderLinesOf } from './order-lines';

const ORDER = [
  { order_item_id: 1, description: 'Work', unit_price: 800_000 },
  { order_item_id: 2, description: 'Work', unit_price: 900_000 },
  { order_item_id: 3, description: 'Travel', unit_price: 1 },
];

it('finds the order line of a description, the one of the same price first', () => {
  const lines = [
    { description: 'Work', unitPrice: 900_000 },
    { description: ' Work ', unitPrice: 750_000 },
    { description: 'Travel', unitPrice: 2 },
    { description: 'Extra', unitPrice: 1 },
    { description: 'Travel', unitPrice: 1 },
  ];
  expect(matchOrderLines(ORDER, lines)).toEqual([2, 1, 3, null, 3]);
  expect(matchOrderLines([], lines)).toEqual([null, null, null, null, null]);
});

it('sums what a document takes of each line; a credit note gives back', () => {
  const items = [
    { orderItemId: 1, quantity: 1_500 },
    { orderItemId: null, quantity: 9 },
    { orderItemId: 1, quantity: 500 },
  ];
  expect(orderLinesOf('invoice', items)).toEqual([{ order_item_id: 1, quantity: 2_000 }]);
  expect(orderLinesOf('credit_note', items)).toEqual([{ order_item_id: 1, quantity: -2_000 }]);
});
