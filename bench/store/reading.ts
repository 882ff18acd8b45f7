import type Database from 'better-sqlite3';

import type { BusinessContext } from '../../src/core/context';
import { invoiceUseCases } from '../../src/core/features/invoices/invoice-use-cases';
import { reportUseCases } from '../../src/core/features/reports/report-use-cases';
import type { MethodInput } from '../../src/shared/contracts/app-api';
import { appApi } from '../../src/shared/contracts/app-api';
import type { Result } from '../../src/shared/domain/result';
import { atMost, within, type BenchResult } from '../bench-result';
import type { Books } from './books';
import { median, quantile, timed } from './statistics';

const RUNS = 300;
const WARM_UPS = 50;

type ListInput = MethodInput<'invoices.list'>;

interface Page {
  readonly name: string;
  readonly input: ListInput;
  /** The same page as one prepared query, and its values. */
  readonly where: string;
  readonly order: string;
  readonly values: readonly (string | number)[];
}

const COLUMNS = `id, uid, kind, number, client_uid, client_name, issue_date, due_date, currency,
  signed_total, paid, credited, total, balance, finalised_at, settlement`;

/** Filtered, sorted pages of 50 rows against the plain prepared query, one result for each. */
export function benchPages({ context, clients }: Books): BenchResult[] {
  const client = clients[Math.floor(clients.length / 2)];
  if (client === undefined) throw new Error('books without clients');
  const today = context.today();
  const pages: readonly Page[] = [
    {
      name: 'paid, by issue date',
      input: { statuses: ['paid'], sort: { by: 'issueDate', direction: 'desc' } },
      where: `settlement = 'paid'`,
      order: 'issue_date DESC, id DESC',
      values: [],
    },
    {
      name: 'overdue, by due date',
      input: { statuses: ['overdue'], sort: { by: 'dueDate', direction: 'asc' } },
      where: 'balance > 0 AND due_date < ?',
      order: 'due_date, id',
      values: [today],
    },
    {
      name: 'one currency, by total',
      input: { currency: 'EUR', sort: { by: 'total', direction: 'desc' } },
      where: `currency = ?`,
      order: 'signed_total DESC, id DESC',
      values: ['EUR'],
    },
    {
      name: 'one client, by issue date',
      input: { clientUid: client.uid, sort: { by: 'issueDate', direction: 'desc' } },
      where: 'client_uid = ?',
      order: 'issue_date DESC, id DESC',
      values: [client.uid],
    },
    {
      name: 'from a day on, by number',
      input: { from: '2025-01-01', kind: 'invoice', sort: { by: 'number', direction: 'asc' } },
      where: `kind = 'invoice' AND issue_date >= ?`,
      order: 'number_sort, id',
      values: ['2025-01-01'],
    },
  ];
  return pages.map((page) => benchPage(context, page));
}

function benchPage(context: BusinessContext, page: Page): BenchResult {
  const plain = context.replica.connection.prepare(
    `SELECT ${COLUMNS} FROM invoices WHERE deleted_at IS NULL AND ${page.where}
     ORDER BY ${page.order} LIMIT 51`,
  );
  const input = appApi['invoices.list'].input.parse(page.input);
  const core: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
    const ours = timed(() => valueOf(invoiceUseCases['invoices.list'](context, input)));
    const theirs = timed(() => plain.all(...page.values));
    if (run < WARM_UPS) continue;
    core.push(ours);
    reference.push(theirs);
  }
  return atMost(
    2,
    `page: ${page.name}, ms through the core, prepared query`,
    median(core),
    median(reference),
  );
}

function valueOf<T>(result: Result<T, unknown> | Promise<unknown>): T {
  if (result instanceof Promise || !result.ok) throw new Error('the core did not answer a page');
  return result.value;
}

/** What people type: beginnings of one letter and more, names, numbers, several words. */
const SEARCHES = [
  ...'abcdeilmnprst0123456789zо東αm'.split(''),
  'co',
  'pr',
  'in',
  '20',
  'con',
  'inv',
  'ltd',
  'work',
  'print',
  'consulting',
  'consul',
  'training',
  'INV-2026',
  'INV-2025-05',
  'INV-2026-099',
  'inv 2026',
  'INV-2024-000123',
  '000123',
  '4711',
  '2026',
  'zaz',
  'Zażo',
  'lozo',
  '東京',
  'カメラ',
  'αθηνα',
  'Müller',
  'mull soh',
  'cwikla',
  'ltd paper',
  'desk chair',
  'desk chair lamp',
  'support hosting 2026',
  'b a consulting',
  'o b l',
  'po 12',
  'po 482913',
  'nothing like this',
  'xyz',
  'ltd zzz',
];

export function benchSearch({ context }: Books): BenchResult {
  const { connection } = context.replica;
  const like = connection.prepare(
    `SELECT ${COLUMNS} FROM invoices WHERE deleted_at IS NULL
     AND (number LIKE @text OR client_name LIKE @text OR buyer_reference LIKE @text)
     ORDER BY id DESC LIMIT 51`,
  );
  const core: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const search of SEARCHES) {
      const input = appApi['invoices.list'].input.parse({ search });
      const ours = timed(() => valueOf(invoiceUseCases['invoices.list'](context, input)));
      const theirs = timed(() => like.all({ text: `%${search}%` }));
      if (round === 0) continue;
      core.push(ours);
      reference.push(theirs);
    }
  }
  return within(
    5,
    'search: p95 in ms, LIKE scan (value at most)',
    quantile(core, 0.95),
    quantile(reference, 0.95),
  );
}

/** The two in blocks: a scan throws out of the caches what a person's work leaves in them. */
export function benchDashboard({ context }: Books): BenchResult {
  const scan = scanOf(context.replica.connection);
  const today = context.today();
  const core: number[] = [];
  const reference: number[] = [];
  for (let block = 0; block < 5; block += 1) {
    for (let run = 0; run < 100; run += 1) {
      core.push(timed(() => valueOf(reportUseCases['reports.dashboard'](context, {}))));
    }
    for (let run = 0; run < 10; run += 1) reference.push(timed(() => scan.all({ today })));
  }
  return within(
    5,
    'dashboard: p95 in ms, scan of the invoices (value at most)',
    quantile(core, 0.95),
    quantile(reference, 0.95),
  );
}

/** Balances by age and revenue by currency, from the documents themselves. */
function scanOf(connection: Database.Database): Database.Statement<[{ today: string }]> {
  return connection.prepare<[{ today: string }]>(
    `SELECT currency, sum(balance),
       sum(balance) FILTER (WHERE due_date >= @today),
       sum(balance) FILTER (WHERE due_date < @today AND due_date >= date(@today, '-30 days')),
       sum(balance) FILTER (WHERE due_date < date(@today, '-30 days')),
       sum(net) FILTER (WHERE issue_date >= date(@today, 'start of year')),
       count(*) FILTER (WHERE settlement = 'draft')
     FROM invoices WHERE deleted_at IS NULL GROUP BY currency`,
  );
}
