import { setImmediate as breathe } from 'node:timers/promises';

import type { ImportKind } from '../../../../shared/contracts/app-api/imports';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import type { ClientPlan } from '../planning/client-plan';
import { planClient } from '../planning/client-plan';
import type { InvoicePlan } from '../planning/invoice-plan';
import { planInvoice } from '../planning/invoice-plan';
import type { StatedRow } from '../planning/invoice-rows';
import { invoiceKey, isContinuation, readInvoiceRow } from '../planning/invoice-rows';
import type { ProductPlan } from '../planning/product-plan';
import { planProduct } from '../planning/product-plan';
import type { RowReading } from '../planning/row-reader';
import { RowReader } from '../planning/row-reader';
import type { CsvRow } from '../reading/csv-rows';
import { readBody } from '../reading/table';
import type { OpenText, RefusedRow } from './import-session';

/** A record that can be stored. */
export type Planned =
  | { readonly kind: 'clients'; readonly plan: ClientPlan }
  | { readonly kind: 'products'; readonly plan: ProductPlan }
  | { readonly kind: 'invoices'; readonly plan: InvoicePlan };

export interface Plans {
  readonly planned: readonly Planned[];
  /** Rows with something wrong. */
  readonly refused: readonly RefusedRow[];
  /** Rows that stay out though nothing is wrong with them (void invoices, other documents). */
  readonly leftOut: readonly RefusedRow[];
}

/** Told now and then; answers whether to go on. */
type Tick = (doneRows: number) => boolean;

const SLICE = 400;

/**
 * Reads and checks the whole file without touching the business; others work between the slices.
 * Null when it was stopped.
 */
export async function planFile(
  kind: ImportKind,
  open: OpenText,
  reading: RowReading,
  tick: Tick,
): Promise<Plans | null> {
  const planner = kind === 'invoices' ? new InvoicePlanner(reading) : new RowPlanner(kind, reading);
  let doneRows = 0;
  for (const slice of readBody(open.text, open.delimiter, open.head)) {
    for (let start = 0; start < slice.length; start += SLICE) {
      const part = slice.slice(start, start + SLICE);
      for (const row of part) planner.add(row);
      doneRows += part.length;
      if (!tick(doneRows)) return null;
      await breathe();
    }
  }
  return await planner.finish(() => tick(doneRows));
}

/** The first records of the file, for the preview. */
export function planSample(
  kind: ImportKind,
  open: OpenText,
  reading: RowReading,
  count: number,
): readonly PlannedSample[] {
  const first = readBody(open.text, open.delimiter, open.head).next();
  const rows = first.done === true ? [] : first.value;
  if (kind !== 'invoices') {
    return rows.slice(0, count).map((row) => {
      const planned = planRow(kind, new RowReader(row, reading));
      return { line: row.line, planned: planned.planned, issues: planned.issues, cells: row };
    });
  }
  const groups = new Groups();
  for (const row of rows) groups.add(readInvoiceRow(new RowReader(row, reading)));
  return [...groups.values()].slice(0, count).map((group) => {
    const { plan, issues, leftOut } = planInvoice(group, reading);
    const line = group[0]?.line ?? 0;
    const cells = rows.find((row) => row.line === line) ?? { line, cells: [], isBroken: false };
    const planned = plan === null ? null : { kind, plan };
    return { line, planned, issues: leftOut === null ? issues : [leftOut], cells };
  });
}

export interface PlannedSample {
  readonly line: number;
  readonly planned: Planned | null;
  readonly issues: readonly Issue[];
  readonly cells: CsvRow;
}

function planRow(
  kind: 'clients' | 'products',
  reader: RowReader,
): { readonly planned: Planned | null; readonly issues: readonly Issue[] } {
  if (kind === 'clients') {
    const plan = planClient(reader);
    return { planned: plan && { kind, plan }, issues: reader.issues };
  }
  const plan = planProduct(reader);
  return { planned: plan && { kind, plan }, issues: reader.issues };
}

/** Clients and products: a row is a record. */
class RowPlanner {
  readonly #planned: Planned[] = [];
  readonly #refused: RefusedRow[] = [];
  constructor(
    readonly kind: 'clients' | 'products',
    readonly reading: RowReading,
  ) {}

  add(row: CsvRow): void {
    const { planned, issues } = planRow(this.kind, new RowReader(row, this.reading));
    if (planned === null) this.#refused.push({ line: row.line, issues });
    else this.#planned.push(planned);
  }

  finish(): Promise<Plans> {
    return Promise.resolve({ planned: this.#planned, refused: this.#refused, leftOut: [] });
  }
}

/** Rows of one number belong together, wherever they stand in the file. */
class Groups {
  readonly #groups = new Map<string, StatedRow[]>();
  #last: StatedRow[] | null = null;

  add(row: StatedRow): void {
    if (this.#last !== null && isContinuation(row)) {
      this.#last.push(row);
      return;
    }
    const { number } = row.document;
    const key = number === '' ? `line ${row.line}` : `number ${invoiceKey(number)}`;
    const group = this.#groups.get(key) ?? [];
    group.push(row);
    this.#groups.set(key, group);
    this.#last = group;
  }

  values(): IterableIterator<StatedRow[]> {
    return this.#groups.values();
  }
}

class InvoicePlanner {
  readonly #groups = new Groups();
  constructor(readonly reading: RowReading) {}

  add(row: CsvRow): void {
    this.#groups.add(readInvoiceRow(new RowReader(row, this.reading)));
  }

  async finish(goOn: () => boolean): Promise<Plans | null> {
    const planned: { readonly kind: 'invoices'; readonly plan: InvoicePlan }[] = [];
    const refused: RefusedRow[] = [];
    const leftOut: RefusedRow[] = [];
    let count = 0;
    for (const group of this.#groups.values()) {
      const { plan, issues, leftOut: reason } = planInvoice(group, this.reading);
      if (plan !== null) planned.push({ kind: 'invoices', plan });
      else if (reason !== null) leftOut.push(...refusedRows(group, [reason]));
      else refused.push(...refusedRows(group, issues));
      count += 1;
      if (count % SLICE === 0) {
        await breathe();
        if (!goOn()) return null;
      }
    }
    // The newest comes in last: lists and searches show it first.
    planned.sort((a, b) => compare(a.plan.details.issueDate, b.plan.details.issueDate));
    return { planned, refused, leftOut };
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Every row of a document is refused with it: with its own reasons, else with the document's. */
export function refusedRows(
  group: readonly StatedRow[],
  issues: readonly Issue[],
): readonly RefusedRow[] {
  const own = group.flatMap((row) => row.issues);
  const common = issues.filter((found) => !own.includes(found));
  return group.map((row, index) => {
    const reasons = [...row.issues, ...(index === 0 ? common : [])];
    const { number } = row.document;
    return {
      line: row.line,
      issues: reasons.length > 0 ? reasons : [issue('', 'document_refused', { number })],
    };
  });
}
