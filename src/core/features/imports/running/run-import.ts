import { setImmediate as breathe } from 'node:timers/promises';

import type { ImportProgress } from '../../../../shared/contracts/app-api/imports';
import type { Issue, Result } from '../../../../shared/domain/result';
import { err, issue, ok } from '../../../../shared/domain/result';
import type { BusinessContext } from '../../../context';
import type { WriteScope } from '../../../replica/replica';
import type { RowReading } from '../planning/row-reader';
import { ClientStore } from '../storing/client-store';
import type { Outcome } from '../storing/imported-records';
import { isRefusal } from '../storing/imported-records';
import { InvoiceStore } from '../storing/invoice-store';
import { ProductStore } from '../storing/product-store';
import { TaxStore } from '../storing/tax-store';
import type { ImportOutcome, ImportSession, RefusedRow } from './import-session';
import type { Planned, Plans } from './plans';
import { planFile } from './plans';

export type ImportPolicy = 'all_or_nothing' | 'good_rows';

/** Rows between two progress events. */
const PROGRESS_STEP = 2_000;

/**
 * Brings a file in: everything is read and checked in slices first, others working in between,
 * without a write; then all of it is stored in one transaction. So cancelling, refusing and a
 * killed process leave nothing of the file, whatever the policy, and no other write can fall into
 * the middle. The price is that others wait while the transaction runs.
 */
export async function runImport(
  context: BusinessContext,
  session: ImportSession,
  reading: RowReading,
  policy: ImportPolicy,
): Promise<void> {
  let told = 0;
  const plans = await planFile(session.kind, session.open, reading, (doneRows) => {
    if (doneRows - told >= PROGRESS_STEP) {
      told = doneRows;
      tell(context, session, 'running', doneRows);
    }
    return !session.isCancelled;
  });
  if (plans === null) {
    tell(context, session, 'cancelled', told);
    return;
  }
  tell(context, session, 'running', session.rowCount);
  // Lets the event out and a cancellation in, for the last time.
  await breathe();
  await breathe();
  if (session.isCancelled) {
    tell(context, session, 'cancelled', session.rowCount);
    return;
  }
  const stored = storeAll(context, plans, policy);
  session.outcome = stored.ok
    ? stored.value
    : { created: 0, unchanged: 0, refusedRows: sorted(stored.error) };
  tell(context, session, stored.ok ? 'done' : 'refused', session.rowCount);
}

/** Keeps and announces where an import stands. */
export function tell(
  context: BusinessContext,
  session: ImportSession,
  state: ImportProgress['state'],
  doneRows: number,
): ImportProgress {
  const { importId, rowCount: totalRows } = session;
  const progress = { importId, state, doneRows, totalRows };
  session.progress = progress;
  context.emit({ event: 'import_progress', progress });
  return progress;
}

function storeAll(
  context: BusinessContext,
  plans: Plans,
  policy: ImportPolicy,
): Result<ImportOutcome, readonly RefusedRow[]> {
  const isStrict = policy === 'all_or_nothing';
  if (isStrict && plans.refused.length > 0) return err([...plans.refused, ...plans.leftOut]);
  return context.replica.write((scope): Result<ImportOutcome, readonly RefusedRow[]> => {
    const refused: RefusedRow[] = [...plans.refused];
    const counts = { created: 0, unchanged: 0 };
    const storage = openStorage(scope);
    for (const planned of plans.planned) {
      const outcome = storage.store(planned);
      if (isRefusal(outcome)) refused.push(...refusedLines(planned, outcome));
      else counts[outcome] += 1;
    }
    storage.flush();
    if (isStrict && refused.length > 0) return err([...refused, ...plans.leftOut]);
    return ok({ ...counts, refusedRows: sorted([...refused, ...plans.leftOut]) });
  });
}

function sorted(rows: readonly RefusedRow[]): readonly RefusedRow[] {
  return rows.toSorted((a, b) => a.line - b.line);
}

function refusedLines(planned: Planned, reason: Issue): readonly RefusedRow[] {
  if (planned.kind !== 'invoices') return [{ line: planned.plan.line, issues: [reason] }];
  const { rows, number } = planned.plan;
  return rows.map((line, index) => ({
    line,
    issues: [index === 0 ? reason : issue('', 'document_refused', { number })],
  }));
}

interface Storage {
  store(planned: Planned): Outcome;
  flush(): void;
}

/** Opens only what the file needs: each reads the business's records once. */
function openStorage(scope: WriteScope): Storage {
  let clients: ClientStore | null = null;
  let products: ProductStore | null = null;
  let invoices: InvoiceStore | null = null;
  return {
    store(planned) {
      switch (planned.kind) {
        case 'clients':
          return (clients ??= new ClientStore(scope)).store(planned.plan);
        case 'products':
          return (products ??= new ProductStore(scope, new TaxStore(scope))).store(planned.plan);
        case 'invoices':
          return (invoices ??= new InvoiceStore(scope)).store(planned.plan);
      }
    },
    flush: () => invoices?.flush(),
  };
}
