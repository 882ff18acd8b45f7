import {
  taxSnapshotsOf,
  type LineTax,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { OrderRecord } from '../../../../src/shared/contracts/sync/records';
import type { ClientUid, ProductUid } from '../../../../src/shared/domain/ids';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import { localized } from '../../../../src/shared/domain/tax';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { OrderLine } from './items';
import type { Order } from './order';

/** An order with what a person cannot describe. */
interface Kept extends Order {
  readonly number: string;
  readonly createdAt: Date;
}

/** Characters of a line's text that REST shows. */
const NAME_LENGTH = 255;

/**
 * An order that REST or an event changed, as devices know it. What REST does not show (discounts,
 * long descriptions, tax codes) stays where the line did.
 */
export function wireOrderOf(
  order: Kept,
  names: {
    readonly clientUid: ClientUid | null;
    readonly productUids: ReadonlyMap<number, ProductUid>;
  },
  before: OrderRecord | null,
): OrderRecord {
  const known = new Map(before?.lines.map((line) => [line.uid, line]));
  const taxes = taxSnapshotsOf(order.lines.map((line) => line.tax));
  return {
    clientUid: names.clientUid ?? before?.clientUid ?? null,
    currency: order.currency,
    orderDate: order.orderDate,
    buyerReference: order.buyerReference,
    notes: order.notes,
    pricesIncludeTax: order.pricesIncludeTax,
    discount: before?.discount ?? null,
    lines: order.lines.flatMap((line, index) => {
      const tax = taxes[index];
      if (tax === undefined) return [];
      const productUid =
        line.productId === null ? null : (names.productUids.get(line.productId) ?? null);
      return [wireLineOf(line, known.get(line.uid) ?? null, productUid, tax)];
    }),
    uid: order.uid,
    number: order.number,
    status: order.status,
    createdAt: before?.createdAt ?? order.createdAt.toISOString(),
  };
}

function wireLineOf(
  line: OrderLine,
  before: LineItem | null,
  productUid: ProductUid | null,
  tax: LineItem['tax'],
): LineItem {
  const keepsText = before !== null && nameOf(before.description) === line.productName;
  const keepsTax = before !== null && isSameTax(taxOfLine(before), line.tax);
  return {
    uid: line.uid,
    // A product that is not known here yet is not taken off the line.
    productUid: productUid ?? (keepsText ? before.productUid : null),
    description: keepsText ? before.description : line.productName,
    unit: line.unit,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discount: before?.discount ?? null,
    tax: keepsTax ? before.tax : tax,
    sourceLineUid: before?.sourceLineUid ?? null,
  };
}

/** The lines of an order as a device told them; what was invoiced of each is the service's own. */
export function linesOfWire(
  record: OrderRecord,
  before: readonly OrderLine[],
  productIds: ReadonlyMap<string, number>,
): readonly OrderLine[] {
  const known = new Map(before.map((line) => [line.uid, line]));
  const totals = computeTotals(record);
  return record.lines.map((line, index) => ({
    id: known.get(line.uid)?.id ?? null,
    uid: line.uid,
    productId: line.productUid === null ? null : (productIds.get(line.productUid) ?? null),
    productName: nameOf(line.description),
    unit: line.unit,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    tax: taxOfLine(line),
    total: totals.lines[index]?.total ?? 0,
    invoiced: known.get(line.uid)?.invoiced ?? 0,
  }));
}

function nameOf(description: string): string {
  return description.slice(0, NAME_LENGTH);
}

function taxOfLine({ tax }: LineItem): LineTax {
  const { name, category, rate, reasons } = tax;
  return { name, category, rate, reason: localized(reasons, 'en') };
}

function isSameTax(one: LineTax, other: LineTax): boolean {
  return (
    one.name === other.name &&
    one.category === other.category &&
    one.rate === other.rate &&
    one.reason === other.reason
  );
}
