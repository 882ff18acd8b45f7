import { asc, eq, sql } from 'drizzle-orm';

import type { LineItem } from '../../../shared/domain/line-item';
import { lineItem } from '../../../shared/domain/line-item';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { invoiceLines, orderLines, taxSnapshots } from '../../replica/schema';
import { preparedInsert } from './prepared-rows';
import { internTaxSnapshot } from './tax-snapshots';

const insertInvoiceLine = preparedInsert(invoiceLines);
const insertOrderLine = preparedInsert(orderLines);

const columns = {
  uid: invoiceLines.uid,
  productUid: invoiceLines.productUid,
  description: invoiceLines.description,
  unit: invoiceLines.unit,
  quantity: invoiceLines.quantity,
  unitPrice: invoiceLines.unitPrice,
  discount: invoiceLines.discount,
  tax: taxSnapshots.snapshot,
  sourceLineUid: invoiceLines.sourceLineUid,
};

const selectInvoiceLines = prepared((db) =>
  db
    .select(columns)
    .from(invoiceLines)
    .innerJoin(taxSnapshots, eq(taxSnapshots.id, invoiceLines.taxSnapshotId))
    .where(eq(invoiceLines.invoiceId, sql.placeholder('id')))
    .orderBy(asc(invoiceLines.position))
    .prepare(),
);

const selectOrderLines = prepared((db) =>
  db
    .select({
      ...columns,
      uid: orderLines.uid,
      productUid: orderLines.productUid,
      description: orderLines.description,
      unit: orderLines.unit,
      quantity: orderLines.quantity,
      unitPrice: orderLines.unitPrice,
      discount: orderLines.discount,
      sourceLineUid: orderLines.sourceLineUid,
    })
    .from(orderLines)
    .innerJoin(taxSnapshots, eq(taxSnapshots.id, orderLines.taxSnapshotId))
    .where(eq(orderLines.orderId, sql.placeholder('id')))
    .orderBy(asc(orderLines.position))
    .prepare(),
);

const deleteInvoiceLines = prepared((db) =>
  db
    .delete(invoiceLines)
    .where(eq(invoiceLines.invoiceId, sql.placeholder('id')))
    .prepare(),
);

const deleteOrderLines = prepared((db) =>
  db
    .delete(orderLines)
    .where(eq(orderLines.orderId, sql.placeholder('id')))
    .prepare(),
);

export function readInvoiceLines(scope: ReadScope, invoiceId: number): LineItem[] {
  return selectInvoiceLines(scope.db)
    .all({ id: invoiceId })
    .map((row) => lineItem.parse(row));
}

export function readOrderLines(scope: ReadScope, orderId: number): LineItem[] {
  return selectOrderLines(scope.db)
    .all({ id: orderId })
    .map((row) => lineItem.parse(row));
}

export function insertInvoiceLines(
  scope: WriteScope,
  invoiceId: number,
  lines: readonly LineItem[],
): void {
  for (const [position, line] of lines.entries()) {
    insertInvoiceLine(scope, lineRow(scope, line, { position, invoiceId }));
  }
}

export function insertOrderLines(
  scope: WriteScope,
  orderId: number,
  lines: readonly LineItem[],
): void {
  for (const [position, line] of lines.entries()) {
    insertOrderLine(scope, lineRow(scope, line, { position, orderId }));
  }
}

export function replaceInvoiceLines(
  scope: WriteScope,
  invoiceId: number,
  lines: readonly LineItem[],
): void {
  deleteInvoiceLines(scope.db).run({ id: invoiceId });
  insertInvoiceLines(scope, invoiceId, lines);
}

export function replaceOrderLines(
  scope: WriteScope,
  orderId: number,
  lines: readonly LineItem[],
): void {
  deleteOrderLines(scope.db).run({ id: orderId });
  insertOrderLines(scope, orderId, lines);
}

function lineRow<Place extends object>(scope: WriteScope, line: LineItem, place: Place) {
  return { ...line, ...place, taxSnapshotId: internTaxSnapshot(scope, line.tax) };
}
