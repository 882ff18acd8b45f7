import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ImportPreview } from '../../../shared/contracts/app-api/imports';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { clientUseCases } from '../clients/client-use-cases';
import { importUseCases } from './import-use-cases';
import { dump, importFile, openImport, runToEnd, valueOf } from './testing/import-file';

let business: TestBusiness;

beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => business.close());

const CLIENTS =
  'Name;E-Mail;Ort;Land\nAcme Ltd;a@acme.example;Leeds;UK\nBeta GmbH;b@beta.example;Köln;Deutschland\n';

function count(table: string): number {
  const statement = business.context.replica.connection.prepare(`SELECT count(*) FROM ${table}`);
  return statement.pluck().get() as number;
}

function csvOf(report: { readonly reportCsv: string }): string {
  return Buffer.from(report.reportCsv, 'base64').toString('utf8');
}

function manyClients(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => `Client ${index},c${index}@x.example`);
  return ['Name,Email', ...lines].join('\n');
}

async function open(kind: 'clients' | 'products' | 'invoices', file: Buffer) {
  return importUseCases['imports.open'](business.context, {
    kind,
    fileName: 'x.csv',
    file: file.toString('base64'),
  });
}

describe('opening a file', () => {
  it.each([
    ['file_empty', Buffer.alloc(0)],
    ['file_empty', Buffer.from('\n \n')],
    ['file_binary', Buffer.from([1, 2, 3, 0, 0, 0, 7, 7])],
    ['file_is_spreadsheet', Buffer.from('PK\u0003\u0004rest')],
    ['header_missing', Buffer.from('Acme Ltd,a@acme.example\nBeta,b@beta.example\n')],
    ['file_no_rows', Buffer.from('Name,Email\n')],
    ['file_too_large', Buffer.alloc(50 * 1024 * 1024 + 1, 'a')],
  ])('refuses %s', async (code, file) => {
    expect(await open('clients', file)).toMatchObject({
      ok: false,
      error: { kind: 'refused', issues: [{ field: 'file', code }] },
    });
  });

  it('shows the records as they would come in, and changes nothing', async () => {
    const before = dump(business.context);
    const preview = await openImport(business.context, 'clients', CLIENTS);
    expect(preview).toMatchObject({
      preset: null,
      rowCount: 2,
      reading: { delimiter: ';', encoding: 'utf-8', mapping: { name: 0, email: 1, city: 2 } },
      questions: [],
    });
    expect(preview.sample).toMatchObject([
      { line: 2, values: { name: 'Acme Ltd', country: 'GB' }, issues: [] },
      { line: 3, values: { name: 'Beta GmbH', country: 'DE' }, issues: [] },
    ]);
    expect(dump(business.context)).toBe(before);
  });

  it('asks about dates and decimals that only a person can tell', async () => {
    const file = 'Invoice number,Customer,Date,Total\nA-1,Acme,01/02/2026,"1,250"\n';
    const preview = await openImport(business.context, 'invoices', file);
    expect(preview.questions.map((question) => question.code)).toEqual([
      'date_format_ambiguous',
      'decimal_style_ambiguous',
    ]);
    const again = valueOf(
      await importUseCases['imports.preview'](business.context, {
        importId: preview.importId,
        preset: null,
        reading: { ...preview.reading, dateFormat: 'mdy', decimalStyle: 'dot' },
      }),
    );
    expect(again.questions).toEqual([]);
    expect(again.sample[0]?.values).toMatchObject({ issueDate: '2. Jan. 2026' });
    expect(again.sample[0]?.values['total']).toContain('1.250,00');
  });

  it('maps the columns anew under another delimiter or encoding', async () => {
    const preview = await openImport(business.context, 'clients', CLIENTS);
    const { importId, reading } = preview;
    const again = valueOf(
      await importUseCases['imports.preview'](business.context, {
        importId,
        preset: null,
        reading: { ...reading, delimiter: ',' },
      }),
    );
    expect(again.columns).toHaveLength(1);
    const unknown = await importUseCases['imports.preview'](business.context, {
      importId,
      preset: null,
      reading: { ...reading, encoding: 'klingon' },
    });
    expect(unknown).toMatchObject({
      error: { issues: [{ field: 'reading.encoding', code: 'encoding_unknown' }] },
    });
  });
});

describe('running', () => {
  it('refuses a mapping without a field that every record needs', async () => {
    const preview = await openImport(business.context, 'clients', CLIENTS);
    const { importId, reading } = preview;
    const mapping: Record<string, number> = { ...reading.mapping };
    delete mapping['name'];
    const result = await importUseCases['imports.run'](business.context, {
      importId,
      policy: 'good_rows',
      reading: { ...reading, mapping: { ...mapping, shoeSize: 1, city: 99 } },
    });
    expect(result).toMatchObject({
      error: {
        issues: [
          { field: 'reading.mapping.city', code: 'column_unknown' },
          { field: 'reading.mapping.shoeSize', code: 'unknown_field' },
          { field: 'reading.mapping.name', code: 'required' },
        ],
      },
    });
  });

  it('knows no import that was not opened', async () => {
    const importId = 'none';
    const refusal = { ok: false, error: { kind: 'not_found', entity: 'import', uid: importId } };
    for (const method of [
      'imports.progress',
      'imports.cancel',
      'imports.report',
      'imports.close',
    ] as const) {
      expect(await importUseCases[method](business.context, { importId, language: 'en' })).toEqual(
        refusal,
      );
    }
  });

  const MIXED =
    'Name,Email,Country\nAcme,a@acme.example,UK\nBad,not-an-address,UK\n"=cmd()",c@x.example,Atlantis\n';

  it('brings in the good rows and reports the others with line and reason', async () => {
    const report = await importFile(business.context, 'clients', MIXED);
    expect(report).toMatchObject({
      state: 'done',
      created: 1,
      refused: 2,
      refusedRows: [
        { line: 3, issues: [{ field: 'email', code: 'email_invalid' }] },
        { line: 4, issues: [{ field: 'country', code: 'country_unknown' }] },
      ],
    });
    expect(csvOf(report)).toBe(
      '\ufeffLine,Reason,Name,Email,Country\r\n' +
        '3,Email: This is no e-mail address.,Bad,not-an-address,UK\r\n' +
        "4,Country: There is no country “Atlantis”.,'=cmd(),c@x.example,Atlantis\r\n",
    );
  });

  it('imports a mended report, taking the apostrophes off again', async () => {
    const report = await importFile(business.context, 'clients', MIXED);
    const mended = csvOf(report)
      .replace('not-an-address', 'bad@x.example')
      .replaceAll('Atlantis', 'France');
    expect(await importFile(business.context, 'clients', mended)).toMatchObject({ created: 2 });
    const names = business.context.replica.connection
      .prepare('SELECT name FROM clients ORDER BY id')
      .pluck()
      .all();
    expect(names).toEqual(['Acme', 'Bad', '=cmd()']);
  });

  it('brings in nothing at all where all is asked for and one row is refused', async () => {
    const before = dump(business.context);
    const options = { policy: 'all_or_nothing' } as const;
    const report = await importFile(business.context, 'clients', MIXED, options);
    expect(report).toMatchObject({ state: 'refused', created: 0, refused: 2 });
    expect(dump(business.context)).toBe(before);
  });

  it('rolls back where all is asked for and the business refuses a record', async () => {
    await importFile(business.context, 'clients', 'Name,Email,City\nAcme,a@x.example,Leeds\n');
    const before = dump(business.context);
    const file = 'Name,Email,City\nNew,n@x.example,Hull\nAcme,a@x.example,York\n';
    const report = await importFile(business.context, 'clients', file, {
      policy: 'all_or_nothing',
    });
    expect(report).toMatchObject({
      state: 'refused',
      refusedRows: [{ line: 3, issues: [{ code: 'already_there_different' }] }],
    });
    expect(dump(business.context)).toBe(before);
  });

  it('leaves nothing of a file that is cancelled', async () => {
    const before = dump(business.context);
    const preview = await openImport(business.context, 'clients', manyClients(20_000));
    await start(preview);
    await new Promise((resolve) => setImmediate(resolve));
    valueOf(await importUseCases['imports.cancel'](business.context, preview));
    expect(
      valueOf(await importUseCases['imports.progress'](business.context, preview)),
    ).toMatchObject({ state: 'cancelled' });
    expect(dump(business.context)).toBe(before);
    expect(await runToEnd(business.context, preview)).toMatchObject({ created: 20_000 });
  });

  it('tells progress while others go on working', async () => {
    const preview = await openImport(business.context, 'clients', manyClients(20_000));
    await start(preview);
    const meanwhile = await clientUseCases['clients.count'](business.context, { shelf: 'active' });
    expect(valueOf(meanwhile).count).toBe(0);
    const busy = await importUseCases['imports.report'](business.context, {
      importId: preview.importId,
      language: 'en',
    });
    expect(busy).toMatchObject({ error: { issues: [{ code: 'import_running' }] } });
    await runSettled(preview);
    const told = business.events.flatMap((event) =>
      event.event === 'import_progress' ? [event.progress] : [],
    );
    expect(told.length).toBeGreaterThan(5);
    expect(told.map((progress) => progress.doneRows)).toEqual(
      told.map((progress) => progress.doneRows).toSorted((a, b) => a - b),
    );
    expect(told.at(-1)).toMatchObject({ state: 'done', doneRows: 20_000, totalRows: 20_000 });
    expect(await importUseCases['imports.cancel'](business.context, preview)).toMatchObject({
      error: { issues: [{ code: 'import_finished' }] },
    });
    expect(count('clients')).toBe(20_000);
  });

  async function start(preview: ImportPreview): Promise<void> {
    const { importId, reading } = preview;
    const policy = 'good_rows';
    valueOf(await importUseCases['imports.run'](business.context, { importId, reading, policy }));
  }

  async function runSettled(preview: ImportPreview): Promise<void> {
    for (;;) {
      const { state } = valueOf(
        await importUseCases['imports.progress'](business.context, preview),
      );
      if (state !== 'running') return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});

describe('invoices', () => {
  const HEADER =
    'Invoice number,Customer,Email,Date,Due date,Description,Quantity,Unit price,Tax rate,Total,Paid\n';

  it('refuses a total that the lines do not come to, with both amounts', async () => {
    const file = `${HEADER}A-1,Acme,,2026-01-13,2026-02-12,Work,1,100.00,19,120.00,0\n`;
    expect(await importFile(business.context, 'invoices', file)).toMatchObject({
      created: 0,
      refusedRows: [
        {
          line: 2,
          issues: [
            {
              field: 'total',
              code: 'total_mismatch',
              params: { stated: 12_000, computed: 11_900, currency: 'EUR' },
            },
          ],
        },
      ],
    });
  });

  it('keeps a total that another program rounded by line, with a rounding line', async () => {
    const file = `${HEADER}${[1, 2, 3]
      .map((line) => `A-1,Acme,,2026-01-13,2026-02-12,Line ${line},1,10.03,19,35.82,0`)
      .join('\n')}\n`;
    expect(await importFile(business.context, 'invoices', file)).toMatchObject({ created: 1 });
    const { connection } = business.context.replica;
    expect(connection.prepare('SELECT total FROM invoices').pluck().get()).toBe(3_582);
    expect(
      connection.prepare('SELECT description FROM invoice_lines ORDER BY id DESC').pluck().get(),
    ).toBe('Rundung');
  });

  it('refuses the whole document where one of its rows is refused', async () => {
    const file = `${HEADER}A-1,Acme,,2026-01-13,,Good,1,10,0,,0\nA-1,Acme,,13.13.2026,,Bad,x,10,0,,0\n`;
    expect(await importFile(business.context, 'invoices', file)).toMatchObject({
      created: 0,
      refused: 2,
      refusedRows: [
        { line: 2, issues: [{ code: 'document_refused' }] },
        {
          line: 3,
          issues: [{ code: 'date_invalid' }, { field: 'quantity', code: 'number_invalid' }],
        },
      ],
    });
  });

  it('refuses amounts that would not be exact any more', async () => {
    const rows = [
      'A-1,Acme,,2026-01-13,,Huge,900000000,9000000000,0,,0',
      'A-2,Acme,,2026-01-13,,Fine,1,10,0,,0',
    ];
    const report = await importFile(business.context, 'invoices', `${HEADER}${rows.join('\n')}\n`);
    expect(report).toMatchObject({
      created: 1,
      refusedRows: [{ line: 2, issues: [{ field: 'total', code: 'too_large' }] }],
    });
  });

  it('refuses rows of one number that name different clients or dates', async () => {
    const file = `${HEADER}A-1,Acme,,2026-01-13,,One,1,10,0,,0\nA-1,Beta,,2026-01-14,,Two,1,10,0,,0\n`;
    const report = await importFile(business.context, 'invoices', file);
    expect(report.refusedRows[0]?.issues).toMatchObject([
      { field: 'clientName', code: 'rows_disagree' },
      { field: 'issueDate', code: 'rows_disagree' },
    ]);
  });

  it('joins rows of one document that stand apart, and rows that only continue it', async () => {
    const file =
      `${HEADER}A-1,Acme,,2026-01-13,2026-02-12,One,1,10,0,40,0\n,,,,,Continued,1,10,0,,\n` +
      'A-2,Beta,,2026-01-14,2026-02-13,Other,1,5,0,5,0\nA-1,Acme,,2026-01-13,2026-02-12,Three,2,10,0,40,0\n';
    expect(await importFile(business.context, 'invoices', file)).toMatchObject({ created: 2 });
    expect(count('invoice_lines')).toBe(4);
  });

  it('finds clients by e-mail and by name, makes each new one once, keeps sums right', async () => {
    await importFile(
      business.context,
      'clients',
      'Name,Email\nAcme Ltd,a@acme.example\nTwin,t1@x.example\nTwin,t2@x.example\n',
    );
    const rows = [
      'A-1,ACME LTD,,2026-01-13,2026-02-12,Work,1,100,19,119,19',
      'A-2,Acme Limited,a@acme.example,2026-01-14,2026-02-13,Work,1,100,19,119,119',
      'A-3,Newcomer,,2026-01-15,2026-02-14,Work,1,100,19,119,0',
      'A-4,Newcomer,,2026-01-16,2026-02-15,Work,1,100,19,119,0',
      'A-5,Twin,,2026-01-16,2026-02-15,Work,1,100,19,119,0',
    ];
    const report = await importFile(business.context, 'invoices', `${HEADER}${rows.join('\n')}\n`);
    expect(report).toMatchObject({
      created: 4,
      refusedRows: [{ line: 6, issues: [{ code: 'client_ambiguous' }] }],
    });
    const { connection } = business.context.replica;
    expect(
      connection
        .prepare(
          'SELECT name, invoiced, balance FROM client_sums JOIN clients ON uid = client_uid ORDER BY name',
        )
        .all(),
    ).toEqual([
      { name: 'Acme Ltd', invoiced: 23_800, balance: 10_000 },
      { name: 'Newcomer', invoiced: 23_800, balance: 23_800 },
    ]);
    expect(
      connection.prepare('SELECT count(*) FROM tax_codes WHERE rate = 19000').pluck().get(),
    ).toBe(1);
    expect(
      connection.prepare("SELECT count(*) FROM activity WHERE action = 'imported'").pluck().get(),
    ).toBe(3 + 1 + 4 + 2);
  });

  it('refuses a number that is used and a payment beyond the total', async () => {
    const row = (number: string, paid: string): string =>
      `${HEADER}${number},Acme,,2026-01-13,2026-02-12,Work,1,100,19,119,${paid}\n`;
    await importFile(business.context, 'invoices', row('A-1', '0'));
    const { connection } = business.context.replica;
    connection.prepare("DELETE FROM imported_records WHERE kind = 'invoices'").run();
    expect(await importFile(business.context, 'invoices', row('A-1', '0'))).toMatchObject({
      refusedRows: [{ issues: [{ field: 'number', code: 'number_taken' }] }],
    });
    expect(await importFile(business.context, 'invoices', row('A-2', '120'))).toMatchObject({
      refusedRows: [{ issues: [{ field: 'amountPaid', code: 'paid_exceeds_total' }] }],
    });
  });

  it('tells a changed document from an unchanged one', async () => {
    const row = (price: string): string =>
      `${HEADER}A-1,Acme,,2026-01-13,2026-02-12,Work,1,${price},0,${price},0\n`;
    await importFile(business.context, 'invoices', row('100'));
    const before = dump(business.context);
    expect(await importFile(business.context, 'invoices', row('100.00'))).toMatchObject({
      unchanged: 1,
    });
    expect(await importFile(business.context, 'invoices', row('101'))).toMatchObject({
      refusedRows: [{ issues: [{ code: 'already_there_different' }] }],
    });
    expect(dump(business.context)).toBe(before);
  });
});
