import type { z } from 'zod';

import type { EventData } from '../../../../src/shared/contracts/events/events';
import type { OrderAnswer } from '../../../../src/shared/contracts/events/order-answer';
import {
  QUANTITY_DECIMALS,
  taxViewOf,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import { unscaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import type { orderView } from '../../../../src/shared/contracts/rest-v1/orders';
import { decimalsOf } from '../../../../src/shared/domain/currency';
import type { StoredOrder } from '../db/order-repository';

/** An order as REST shows it. */
export function viewOf(order: StoredOrder): z.input<typeof orderView> {
  const decimals = decimalsOf(order.currency);
  return {
    id: order.id,
    order_number: order.number,
    client_id: order.clientId,
    total_amount: unscaled(order.total, decimals),
    status: order.status,
    order_date: order.orderDate,
    items: order.lines.map((line) => ({
      id: line.id,
      product_name: line.productName,
      quantity: unscaled(line.quantity, QUANTITY_DECIMALS),
      unit_price: unscaled(line.unitPrice, UNIT_PRICE_DECIMALS),
      total_price: unscaled(line.total, decimals),
      unit: line.unit,
      tax: taxViewOf(line.tax),
      product_id: line.productId,
      invoiced_quantity: unscaled(line.invoiced, QUANTITY_DECIMALS),
    })),
    uid: order.uid,
    currency: order.currency,
    buyer_reference: order.buyerReference,
    notes: order.notes,
    revision: order.revision,
    created_at: order.createdAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
  };
}

/** An order as other services know it. */
export function stateOf(order: StoredOrder): EventData<'OrderUpdated'> {
  return {
    id: order.id,
    uid: order.uid,
    revision: order.revision,
    number: order.number,
    client_id: order.clientId,
    status: order.status,
    deleted: order.deletedAt !== null,
  };
}

/** An order with its lines, for the service that invoices them. */
export function answerOf(order: StoredOrder): OrderAnswer {
  return {
    ...stateOf(order),
    currency: order.currency,
    prices_include_tax: order.pricesIncludeTax,
    buyer_reference: order.buyerReference,
    notes: order.notes,
    lines: order.lines.map((line) => ({
      order_item_id: line.id,
      line_uid: line.uid,
      description: line.productName,
      unit: line.unit,
      quantity: line.quantity,
      unit_price: line.unitPrice,
      tax: { ...line.tax },
      invoiced: line.invoiced,
    })),
  };
}
