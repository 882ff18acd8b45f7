import type { z } from 'zod';

import type { orderRoutes } from '../../../../src/shared/contracts/rest-v1/orders';
import type { LineTax } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import {
  QUANTITY_DECIMALS,
  readScaled,
  readTax,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { LineUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Issue } from '../../../../src/shared/domain/result';
import { issue } from '../../../../src/shared/domain/result';

export type ItemInput = NonNullable<z.output<typeof orderRoutes.updateOrder.body>['items']>[number];

/** A line of an order; `id` is null until it is first kept. */
export interface OrderLine {
  readonly id: number | null;
  readonly uid: LineUid;
  readonly productId: number | null;
  readonly productName: string;
  readonly unit: string;
  /** Thousandths. */
  readonly quantity: number;
  /** Ten-thousandths of the major unit. */
  readonly unitPrice: number;
  readonly tax: LineTax;
  /** Minor units. */
  readonly total: number;
  /** Thousandths that finalised documents take. */
  readonly invoiced: number;
}

/** What a call says of a line. */
type Described = Omit<OrderLine, 'id' | 'uid' | 'total' | 'invoiced'>;

/**
 * The lines that a call describes. An item that names the `id` of a line of the order is that
 * line, changed; one without is the first line with the same product, price and tax that no other
 * item is, or else the first with the same name, or else a new line. So whoever sends back what was
 * read, or knows nothing of ids, does not lose what was invoiced of a line.
 * Tells `too_many_decimals`, `tax_rate_not_allowed`, and on `items.N.id` `line_unknown` and
 * `line_repeated`. Totals are left at 0.
 */
export function readItems(
  items: readonly ItemInput[],
  lines: readonly OrderLine[],
  issues: Issue[],
): readonly OrderLine[] {
  const described = items.map((item, index) => describe(item, `items.${index}`, issues));
  const chosen = linesByItem(items, described, lines, issues);
  return described.map((line, index) => {
    const kept = chosen.get(index);
    return {
      ...line,
      id: kept?.id ?? null,
      uid: kept?.uid ?? newUid<LineUid>(),
      total: 0,
      invoiced: kept?.invoiced ?? 0,
    };
  });
}

function describe(item: ItemInput, field: string, issues: Issue[]): Described {
  return {
    productId: item.product_id ?? null,
    productName: item.product_name,
    unit: item.unit ?? '',
    quantity: readScaled(item.quantity, QUANTITY_DECIMALS, `${field}.quantity`, issues),
    unitPrice: readScaled(item.unit_price, UNIT_PRICE_DECIMALS, `${field}.unit_price`, issues),
    tax: readTax(item.tax, `${field}.tax`, issues),
  };
}

/** Which line of the order each item is, by the item's place. */
function linesByItem(
  items: readonly ItemInput[],
  described: readonly Described[],
  lines: readonly OrderLine[],
  issues: Issue[],
): ReadonlyMap<number, OrderLine> {
  const chosen = new Map<number, OrderLine>();
  const free = new Set(lines);
  items.forEach(({ id }, index) => {
    if (id === undefined) return;
    const line = lines.find((one) => one.id === id);
    if (line === undefined) issues.push(issue(`items.${index}.id`, 'line_unknown'));
    else if (!free.delete(line)) issues.push(issue(`items.${index}.id`, 'line_repeated'));
    else chosen.set(index, line);
  });
  for (const keyOf of [describedKey, nameKey]) {
    const byKey = Map.groupBy(free, keyOf);
    described.forEach((line, index) => {
      if (items[index]?.id !== undefined || chosen.has(index)) return;
      const found = byKey.get(keyOf(line))?.shift();
      if (found === undefined) return;
      free.delete(found);
      chosen.set(index, found);
    });
  }
  return chosen;
}

function describedKey({ productId, productName, unit, unitPrice, tax }: Described): string {
  const { name, category, rate, reason } = tax;
  return JSON.stringify([productId, productName, unit, unitPrice, name, category, rate, reason]);
}

function nameKey({ productName }: Described): string {
  return productName;
}
