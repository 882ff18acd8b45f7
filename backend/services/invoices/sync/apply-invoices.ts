import type { InvoiceRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { ZERO } from '../../../../src/shared/domain/money';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import type { ApplyContext } from '../../../kit/sync/synced-collection';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { DocumentLines } from '../db/bulk';
import { insertInvoices, keepPapers, overwriteInvoices, replaceAllItems } from '../db/bulk';
import { findItems } from '../db/invoice-repository';
import { clientIdsOf, invoiceIdsOf, ordersOf } from '../db/references';
import type { InvoiceRow, NewInvoice } from '../db/rows';
import type { OrderLineKey } from '../domain/order-lines';
import { draftRow } from '../use-cases/issue-document';
import type {
  ChangedDocument,
  InvoiceChange,
  PreparedInvoices,
  StoredDocument,
} from './changed-documents';
import { isPlaceTaken } from './invoice-rules';
import { nameLateClients } from './late-references';
import { paperOf } from './paper-rules';
import { settleDocuments } from './settle-documents';
import { contentOfRecord, documentRecordOf, invoiceColumnsOf } from './wire-records';

/** Writes documents of a batch into the tables, and all that follows from them. */
export async function applyInvoices(
  transaction: Transaction,
  tenant: BusinessUid,
  changes: readonly InvoiceChange[],
  prepared: PreparedInvoices,
  context: ApplyContext,
): Promise<void> {
  const documents = changes.map((change) => documentOf(change));
  const references = await referencesOf(transaction, tenant, documents, prepared);
  const rows = documents.map((document) => rowOf(tenant, document, prepared, references));
  const known = rows.filter((row): row is InvoiceRow => 'id' in row);
  const unknown = rows.filter((row) => !('id' in row));
  const ids = await insertInvoices(transaction, tenant, unknown);
  await overwriteInvoices(transaction, known);
  const bare = documents.map((document, index): StoredDocument => {
    const row = rows[index];
    const id = row === undefined ? undefined : 'id' in row ? row.id : ids.get(row.uid);
    if (row === undefined || id === undefined) throw new Error('a document without its row');
    return { ...document, row: { ...row, id }, orderLines: [] };
  });
  const stored = await withOrderLines(transaction, tenant, bare);
  await writeLines(transaction, tenant, stored, prepared);
  await writePapers(transaction, tenant, stored, context);
  await nameLateClients(transaction, tenant, stored);
  await settleDocuments(transaction, tenant, stored, prepared, context);
}

function documentOf(change: InvoiceChange): ChangedDocument {
  const { after, mutations } = change;
  const body = mutations.findLast((one) => one.body.kind === 'finalise')?.body;
  const paper = body?.kind === 'finalise' ? paperOf(body.frozen) : null;
  // What was printed is what it comes to, also if a later version computed otherwise.
  const totals = paper?.document.totals ?? computeTotals(contentOfRecord(after));
  return { change, paper, totals };
}

interface References {
  readonly clients: Awaited<ReturnType<typeof clientIdsOf>>;
  readonly orders: Awaited<ReturnType<typeof ordersOf>>;
  readonly corrected: ReadonlyMap<InvoiceUid, number>;
}

async function referencesOf(
  transaction: Transaction,
  tenant: BusinessUid,
  documents: readonly ChangedDocument[],
  { rows }: PreparedInvoices,
): Promise<References> {
  const records = documents.map(({ change }) => change.after);
  const corrected = records.map(({ correctsUid }) => correctsUid);
  const missing = corrected.filter((uid) => uid !== null && !rows.has(uid));
  const found = await invoiceIdsOf(transaction, tenant, missing);
  const locked = [...rows.values()].map(({ uid, id }) => [uid, id] as const);
  return {
    clients: await clientIdsOf(
      transaction,
      tenant,
      records.map(({ clientUid }) => clientUid),
    ),
    orders: await ordersOf(
      transaction,
      tenant,
      records.map(({ orderUid }) => orderUid),
    ),
    corrected: new Map([...found, ...locked]),
  };
}

function rowOf(
  tenant: BusinessUid,
  { change, totals }: ChangedDocument,
  { rows, places, now }: PreparedInvoices,
  { clients, orders, corrected }: References,
): InvoiceRow | NewInvoice {
  const { after, isDeleted } = change;
  const { clientUid, orderUid, correctsUid } = after;
  const before = rows.get(after.uid);
  const order = orderUid === null ? undefined : orders.get(orderUid);
  const columns = {
    ...invoiceColumnsOf(after, totals),
    clientId: clientUid === null ? null : (clients.get(clientUid) ?? null),
    orderId: order?.id ?? null,
    orderNumber: order?.number ?? '',
    correctsId: correctsUid === null ? null : (corrected.get(correctsUid) ?? null),
    deletedAt: isDeleted ? (before?.deletedAt ?? now) : null,
    updatedAt: now,
  };
  if (before !== undefined) {
    const isNumbered = before.finalisedAt === null && after.finalisedAt !== null;
    const numberClash = isNumbered ? clashOf(after, places) : before.numberClash;
    return { ...before, ...columns, numberClash, revision: before.revision + 1 };
  }
  const blank = draftRow(
    {
      tenant,
      uid: after.uid,
      kind: after.kind,
      clientId: null,
      order: null,
      corrects: null,
      content: { ...contentOfRecord(after), lines: [] },
    },
    now,
  );
  return { ...blank, ...columns, paid: ZERO, numberClash: clashOf(after, places) };
}

function clashOf(record: InvoiceRecord, places: PreparedInvoices['places']): string {
  return record.finalisedAt !== null && isPlaceTaken(record, places) ? record.uid : '';
}

/** With the order lines that lines stand for; a credit note's are those of what it credits. */
async function withOrderLines(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
): Promise<readonly StoredDocument[]> {
  const corrected = stored.flatMap(({ row }) =>
    row.orderUid === null || row.kind !== 'credit_note' ? [] : (row.correctsId ?? []),
  );
  const items = await findItems(transaction, tenant, corrected);
  const sources = new Map(items.map((item) => [item.lineUid, item]));
  return stored.map((document) => {
    const { kind, orderUid, lines } = document.change.after;
    if (orderUid === null) return document;
    const orderLines = lines.map(({ sourceLineUid: uid }): OrderLineKey | null => {
      if (uid === null) return null;
      if (kind === 'invoice') return { id: null, uid };
      const source = sources.get(uid);
      return source === undefined ? null : { id: source.orderItemId, uid: source.orderLineUid };
    });
    return { ...document, orderLines };
  });
}

async function writeLines(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
  { rows }: PreparedInvoices,
): Promise<void> {
  const linesOf = ({ change, row, totals, orderLines }: StoredDocument): DocumentLines => ({
    invoiceId: row.id,
    lines: change.after.lines,
    totals,
    orderLines,
  });
  const isNew = ({ row }: StoredDocument) => !rows.has(row.uid);
  const changed = stored.filter((one) => !isNew(one) && hasOtherLines(one));
  await replaceAllItems(transaction, tenant, changed.map(linesOf), false);
  await replaceAllItems(transaction, tenant, stored.filter(isNew).map(linesOf), true);
}

/** Amounts of lines depend on the currency and on whether tax is included, too. */
function hasOtherLines({ change: { before, after } }: StoredDocument): boolean {
  if (before === null) return true;
  const shown = ({ lines, currency, pricesIncludeTax, discount, orderUid }: InvoiceRecord) => ({
    lines,
    currency,
    pricesIncludeTax,
    discount,
    orderUid,
  });
  return !isSameValue(shown(before), shown(after));
}

async function writePapers(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
  context: ApplyContext,
): Promise<void> {
  const papers = stored.flatMap(({ row, paper }) =>
    paper === null || row.pdfSha256 === null ? [] : [{ row, paper, sha256: row.pdfSha256 }],
  );
  await keepPapers(
    transaction,
    papers.map(({ row, paper }) => ({ tenant, invoiceUid: row.uid, ...paper })),
  );
  if (papers.length === 0) return;
  context.publish(
    'documents',
    papers.map(({ row, paper, sha256 }) => ({
      uid: row.uid,
      record: documentRecordOf(row.uid, paper.document, paper.logoSha256, sha256),
      deleted: false,
    })),
  );
}
