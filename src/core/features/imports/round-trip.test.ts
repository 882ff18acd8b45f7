import fc from 'fast-check';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { importFile } from './testing/import-file';

/** Names that exist in an encoding, beside ASCII ones. */
const NAMES = {
  'utf-8': ['Zażółć sp. z o.o.', '株式会社山田商店', 'Αθήνα ΑΕ', 'Café "Été", Lyon', 'חברה'],
  'utf-16le': ['Zażółć sp. z o.o.', '株式会社山田商店', 'Café; Été'],
  'windows-1252': ['Müller & Söhne GmbH', 'Société Générale d’Été', 'Núñez e Hijos'],
  'windows-1250': ['Zażółć Gęślą Jaźń', 'Spółka Łódzka', 'Kadeřnictví Dvořák'],
  'windows-1251': ['ООО Ромашка', 'ЗАО Северный ветер'],
  'windows-1253': ['Αθήνα Εμπορική', 'Ελληνικές Εκδόσεις'],
  Shift_JIS: ['株式会社山田商店', '東京サンプル株式会社'],
  GB18030: ['北京科技有限公司', '上海贸易有限公司'],
  'EUC-KR': ['주식회사 한국상사', '서울전자 주식회사'],
} as const;

const shape = fc.record({
  encoding: fc.constantFrom(...(Object.keys(NAMES) as (keyof typeof NAMES)[])),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  isComma: fc.boolean(),
  dates: fc.constantFrom('ymd', 'dmy', 'mdy'),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

function encode(rows: readonly (readonly string[])[], { encoding, delimiter, newline }: Shape) {
  const text = Papa.unparse(
    rows.map((cells) => [...cells]),
    { delimiter, newline },
  );
  return iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' });
}

function decimal(value: number, decimals: number, { isComma }: Shape): string {
  const text = (value / 10 ** decimals).toFixed(decimals);
  return isComma ? text.replace('.', ',') : text;
}

function dateText(day: Date, { dates }: Shape): string {
  const iso = day.toISOString().slice(0, 10);
  const [year = '', month = '', date = ''] = iso.split('-');
  if (dates === 'ymd') return iso;
  return dates === 'dmy' ? `${date}.${month}.${year}` : `${month}/${date}/${year}`;
}

let business: TestBusiness;
beforeAll(() => {
  business = openTestBusiness();
});
afterAll(() => business.close());

function all(query: string): unknown[] {
  return business.context.replica.connection.prepare(query).all();
}

function clear(): void {
  const { connection } = business.context.replica;
  connection.exec(
    'DELETE FROM imported_records; DELETE FROM payments; DELETE FROM invoices; DELETE FROM clients;',
  );
}

describe('a file in any delimiter, encoding, decimal and date style', () => {
  it('brings clients in as they are', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: 1, max: 9 }), async (file, count) => {
        clear();
        const names = NAMES[file.encoding];
        const rows = Array.from({ length: count }, (_, index) => [
          `${names[index % names.length] ?? ''} ${index}`,
          `c${index}@x.example`,
          index % 2 === 0 ? 'Net 14' : '',
        ]);
        const bytes = encode([['Name', 'Email', 'Terms'], ...rows], file);
        const report = await importFile(business.context, 'clients', bytes);
        expect(report).toMatchObject({ created: count, refused: 0 });
        expect(all('SELECT name, email FROM clients ORDER BY id')).toEqual(
          rows.map(([name, email]) => ({ name, email })),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('brings invoices in with every amount and date', async () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 20_000 }),
      unitPrice: fc.integer({ min: 1, max: 99_999_999 }),
    });
    const document = fc.record({
      day: fc.date({
        min: new Date('2025-01-13'),
        max: new Date('2025-12-31'),
        noInvalidDate: true,
      }),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.array(document, { minLength: 1, maxLength: 6 }),
        async (file, documents) => {
          clear();
          // One day beyond the twelfth tells day and month apart.
          const dated = [{ ...documents[0], day: new Date('2025-01-31') }, ...documents.slice(1)];
          const rows = dated.flatMap(({ day, lines = [] }, index) =>
            lines.map(({ quantity, unitPrice }) => [
              `R-${index}`,
              NAMES[file.encoding][0],
              dateText(day, file),
              decimal(quantity, 3, file),
              decimal(unitPrice, 4, file),
            ]),
          );
          const header = ['Invoice number', 'Customer', 'Invoice date', 'Quantity', 'Unit price'];
          const bytes = encode([header, ...rows], file);
          const style = file.isComma ? 'comma' : 'dot';
          const report = await importFile(business.context, 'invoices', bytes, {
            reading: { decimalStyle: style },
          });
          expect(report).toMatchObject({ created: dated.length, refused: 0 });
          expect(all('SELECT number, issue_date AS day FROM invoices ORDER BY number')).toEqual(
            dated.map(({ day }, index) => ({
              number: `R-${index}`,
              day: day.toISOString().slice(0, 10),
            })),
          );
          const stored = all(
            'SELECT quantity, unit_price AS unitPrice FROM invoice_lines l JOIN invoices i ON i.id = invoice_id ORDER BY number, position',
          );
          expect(stored).toEqual(documents.flatMap(({ lines }) => lines));
        },
      ),
      { numRuns: 25 },
    );
  });
});
