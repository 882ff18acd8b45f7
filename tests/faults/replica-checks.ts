import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { currencyCode } from '../../src/shared/domain/currency';
import { discount } from '../../src/shared/domain/line-item';
import { taxSnapshot } from '../../src/shared/domain/tax';
import { computeTotals } from '../../src/shared/domain/totals';

interface InvoiceRow {
  readonly id: number;
  readonly uid: string;
  readonly kind: string;
  readonly number: string | null;
  readonly series_uid: string | null;
  readonly period: number | null;
  readonly sequence: number | null;
  readonly currency: string;
  readonly prices_include_tax: number;
  readonly discount: string | null;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly paid: number;
  readonly credited: number;
  readonly balance: number;
  readonly pdf_sha256: string | null;
  readonly finalised_at: string | null;
}

interface LineRow {
  readonly quantity: number;
  readonly unit_price: number;
  readonly discount: string | null;
  readonly snapshot: string;
}

/** The files of the one business in a data directory. */
export function filesOf(dataDirectory: string): {
  readonly replica: string;
  readonly ledger: string;
} {
  const [uid] = readdirSync(join(dataDirectory, 'businesses'));
  if (uid === undefined) throw new Error('no business');
  return {
    replica: join(dataDirectory, 'businesses', uid, 'replica.sqlite'),
    ledger: join(dataDirectory, 'ledgers', `${uid}.sqlite`),
  };
}

/**
 * Everything that must hold in a replica and its ledger at any moment, also right after a crash.
 * Answers what does not, in words; empty when all is well.
 */
export function findFaults(dataDirectory: string): readonly string[] {
  const files = filesOf(dataDirectory);
  const replica = new Database(files.replica, { fileMustExist: true });
  const ledger = new Database(files.ledger, { fileMustExist: true });
  try {
    const invoices = replica.prepare<[], InvoiceRow>('SELECT * FROM invoices').all();
    return [
      ...checkFile(replica, 'replica'),
      ...checkFile(ledger, 'ledger'),
      ...invoices.flatMap((invoice) => checkAmounts(replica, invoice)),
      ...invoices.flatMap((invoice) => checkPaper(replica, invoice)),
      ...checkNumbers(invoices),
      ...checkLedger(ledger, invoices),
      ...checkSums(replica),
      ...checkTellings(replica),
    ];
  } finally {
    replica.close();
    ledger.close();
  }
}

function checkFile(db: Database.Database, name: string): readonly string[] {
  const integrity = db.pragma('integrity_check', { simple: true });
  const keys = db.pragma('foreign_key_check') as readonly unknown[];
  return [
    ...(integrity === 'ok' ? [] : [`${name}: integrity ${String(integrity)}`]),
    ...(keys.length === 0 ? [] : [`${name}: ${keys.length} broken foreign keys`]),
  ];
}

/** Stored amounts are what the one calculation makes of the stored lines. */
function checkAmounts(replica: Database.Database, invoice: InvoiceRow): readonly string[] {
  const lines = replica
    .prepare<[number], LineRow>(
      `SELECT quantity, unit_price, discount, snapshot FROM invoice_lines
       JOIN tax_snapshots ON tax_snapshots.id = tax_snapshot_id WHERE invoice_id = ? ORDER BY position`,
    )
    .all(invoice.id);
  const computed = computeTotals({
    currency: currencyCode.parse(invoice.currency),
    pricesIncludeTax: invoice.prices_include_tax === 1,
    discount: parseDiscount(invoice.discount),
    lines: lines.map((line) => ({
      quantity: line.quantity,
      unitPrice: line.unit_price,
      discount: parseDiscount(line.discount),
      tax: taxSnapshot.parse(JSON.parse(line.snapshot)),
    })),
  });
  const payments = replica
    .prepare('SELECT coalesce(sum(amount), 0) FROM payments WHERE invoice_uid = ?')
    .pluck()
    .get(invoice.uid);
  const credits = replica
    .prepare(
      'SELECT coalesce(sum(total), 0) FROM invoices WHERE corrects_uid = ? AND finalised_at IS NOT NULL',
    )
    .pluck()
    .get(invoice.uid);
  const isOwed = invoice.kind === 'invoice' && invoice.finalised_at !== null;
  const expected = {
    net: computed.net,
    tax: computed.tax,
    total: computed.total,
    paid: payments,
    credited: credits,
    balance: isOwed ? computed.total - Number(payments) - Number(credits) : 0,
  };
  return Object.entries(expected)
    .filter(([field, value]) => invoice[field as keyof InvoiceRow] !== value)
    .map(([field, value]) => `${invoice.uid}: ${field} should be ${String(value)}`);
}

function parseDiscount(json: string | null) {
  return json === null ? null : discount.parse(JSON.parse(json));
}

/** An issued document has its frozen form and the bytes of its paper, a draft has neither. */
function checkPaper(replica: Database.Database, invoice: InvoiceRow): readonly string[] {
  const row = replica
    .prepare<[number], { pdf: Buffer; sha256: string }>(
      'SELECT pdf, sha256 FROM documents WHERE invoice_id = ?',
    )
    .get(invoice.id);
  if (invoice.finalised_at === null) return row ? [`${invoice.uid}: a draft with a paper`] : [];
  if (!row) return [`${invoice.number}: issued without a paper`];
  const actual = createHash('sha256').update(row.pdf).digest('hex');
  return actual === row.sha256 && actual === invoice.pdf_sha256
    ? []
    : [`${invoice.number}: the paper changed`];
}

/** Every period of a series runs from 1 without gap or duplicate. */
function checkNumbers(invoices: readonly InvoiceRow[]): readonly string[] {
  const series = new Map<string, number[]>();
  for (const { series_uid: uid, period, sequence } of invoices) {
    if (uid === null || sequence === null) continue;
    const key = `${uid}/${period}`;
    series.set(key, [...(series.get(key) ?? []), sequence]);
  }
  return [...series].flatMap(([key, sequences]) => {
    const sorted = sequences.sort((a, b) => a - b);
    return sorted.every((sequence, index) => sequence === index + 1)
      ? []
      : [`series ${key} is not gapless: ${sorted.join(', ')}`];
  });
}

/** The ledger knows every issued document; what it knows beyond was never confirmed. */
function checkLedger(
  ledger: Database.Database,
  invoices: readonly InvoiceRow[],
): readonly string[] {
  const entries = ledger
    .prepare<[], { number: string; invoice_uid: string; confirmed: number }>(
      'SELECT number, invoice_uid, confirmed FROM issued',
    )
    .all();
  const known = new Map(entries.map((entry) => [entry.invoice_uid, entry]));
  const issued = new Map(
    invoices.filter(({ number }) => number !== null).map((invoice) => [invoice.uid, invoice]),
  );
  return [
    ...[...issued.values()]
      .filter(({ uid, number }) => known.get(uid)?.number !== number)
      .map(({ number }) => `${number} is not in the ledger`),
    ...entries
      .filter(({ confirmed, invoice_uid: uid }) => confirmed === 1 && !issued.has(uid))
      .map(({ number }) => `${number} is confirmed but has no document`),
  ];
}

/** The sums behind the dashboard are what a scan finds. */
function checkSums(replica: Database.Database): readonly string[] {
  const scans = {
    open: `SELECT currency, due_date AS day, sum(balance) AS amount FROM invoices
           WHERE balance <> 0 GROUP BY 1, 2`,
    net: `SELECT currency, issue_date AS day, sum(CASE kind WHEN 'invoice' THEN net ELSE -net END) AS amount
          FROM invoices WHERE finalised_at IS NOT NULL GROUP BY 1, 2`,
    paid: `SELECT currency, date AS day, sum(amount) AS amount FROM payments GROUP BY 1, 2`,
  };
  const kept = replica.prepare(
    'SELECT currency, day, amount FROM day_sums WHERE figure = ? AND amount <> 0 ORDER BY 1, 2',
  );
  return Object.entries(scans).flatMap(([figure, scan]) => {
    const scanned = replica
      .prepare(`SELECT * FROM (${scan}) WHERE amount <> 0 ORDER BY 1, 2`)
      .all();
    const same = JSON.stringify(scanned) === JSON.stringify(kept.all(figure));
    return same ? [] : [`the sums of ${figure} differ from a scan`];
  });
}

/** Every record was told to sync and to the activity list by the transaction that made it. */
function checkTellings(replica: Database.Database): readonly string[] {
  return ['clients', 'orders', 'invoices', 'payments'].flatMap((table) =>
    ['outbox', 'activity'].flatMap((telling) => {
      const untold = replica
        .prepare(
          `SELECT count(*) FROM ${table} WHERE uid NOT IN (SELECT record_uid FROM ${telling})`,
        )
        .pluck()
        .get();
      return untold === 0 ? [] : [`${String(untold)} ${table} are missing in the ${telling}`];
    }),
  );
}
