import { isDeepStrictEqual } from 'node:util';

import type { z } from 'zod';

import type { orderRoutes } from '../../../../src/shared/contracts/rest-v1/orders';
import { taxSnapshotsOf } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import type { OrderUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { DEFAULT_PATTERNS, formatNumber } from '../../../../src/shared/domain/number-pattern';
import { CLOUD_LETTER } from '../../../../src/shared/domain/number-series';
import type { OrderStatus } from '../../../../src/shared/domain/order';
import type { Issue, Result } from '../../../../src/shared/domain/result';
import { ok, refusedFor } from '../../../../src/shared/domain/result';
import { computeTotals, oversizedAmounts } from '../../../../src/shared/domain/totals';
import { readCurrency } from '../../../../src/shared/contracts/rest-v1/read-currency';
import type { OrderLine } from './items';
import { readItems } from './items';

export type OrderInput = z.output<typeof orderRoutes.createOrder.body>;
export type OrderChange = z.output<typeof orderRoutes.updateOrder.body>;

export interface Order {
  readonly uid: OrderUid;
  readonly clientId: number;
  readonly status: OrderStatus;
  readonly orderDate: CalendarDate;
  readonly currency: CurrencyCode;
  readonly buyerReference: string;
  readonly notes: string;
  readonly pricesIncludeTax: boolean;
  /** Minor units, tax included. */
  readonly total: number;
  readonly lines: readonly OrderLine[];
}

/** What an order takes from its business where the call leaves it out. */
export interface OrderDefaults {
  readonly currency: CurrencyCode;
  readonly pricesIncludeTax: boolean;
  /** The day in the business's time zone. */
  readonly today: CalendarDate;
}

/** The letter of the cloud's own series. */
const SERIES = { pattern: DEFAULT_PATTERNS.order, letter: CLOUD_LETTER };

export function orderNumber(year: number, sequence: number): string {
  return formatNumber(SERIES, { year, sequence });
}

/**
 * A new order, pending. Refused by the contract's field names: `currency_unknown`,
 * `currency_unsupported`, `too_many_decimals`, `tax_rate_not_allowed`, `amount_too_large`.
 */
export function newOrder(input: OrderInput, defaults: OrderDefaults): Result<Order> {
  const issues: Issue[] = [];
  const currency = readCurrency(input.currency, defaults.currency, issues);
  const lines = readItems(input.items, [], issues);
  return priced(
    {
      uid: newUid<OrderUid>(),
      clientId: input.client_id,
      status: 'pending',
      orderDate: input.order_date ?? defaults.today,
      currency,
      buyerReference: input.buyer_reference ?? '',
      notes: input.notes ?? '',
      pricesIncludeTax: defaults.pricesIncludeTax,
      total: 0,
      lines,
    },
    issues,
  );
}

/**
 * The order with another content; what the change leaves out stays, and so does the status. Lines
 * that go on keep their identity and what was invoiced of them (`readItems`).
 */
export function changedOrder(order: Order, change: OrderChange): Result<Order> {
  const issues: Issue[] = [];
  const content: Order = {
    ...order,
    clientId: change.client_id ?? order.clientId,
    orderDate: change.order_date ?? order.orderDate,
    buyerReference: change.buyer_reference ?? order.buyerReference,
    notes: change.notes ?? order.notes,
    lines: change.items === undefined ? order.lines : readItems(change.items, order.lines, issues),
  };
  return priced(content, issues);
}

export function isSameOrder(one: Order, other: Order): boolean {
  return isDeepStrictEqual(one, other);
}

/** Fills in the amounts, or tells what is wrong with the lines. */
function priced(order: Order, issues: readonly Issue[]): Result<Order> {
  if (issues.length > 0) return refusedFor(issues);
  const taxes = taxSnapshotsOf(order.lines.map((line) => line.tax));
  const document = {
    currency: order.currency,
    pricesIncludeTax: order.pricesIncludeTax,
    discount: null,
    lines: order.lines.flatMap(({ quantity, unitPrice }, index) => {
      const tax = taxes[index];
      return tax === undefined ? [] : [{ quantity, unitPrice, discount: null, tax }];
    }),
  };
  const oversized = oversizedAmounts(document);
  if (oversized.length > 0) return refusedFor(oversized.map(inWordsOfContract));
  const totals = computeTotals(document);
  const lines = order.lines.map((line, index) => ({
    ...line,
    total: totals.lines[index]?.total ?? 0,
  }));
  return ok({ ...order, total: totals.total, lines });
}

function inWordsOfContract({ field, ...rest }: Issue): Issue {
  return { ...rest, field: field.replace(/^lines/u, 'items').replace(/unitPrice$/u, 'unit_price') };
}
