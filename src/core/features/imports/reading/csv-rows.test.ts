import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';

import type { CsvRow } from './csv-rows';
import { DELIMITERS, detectDelimiter, readRows } from './csv-rows';

function allRows(text: string, delimiter: string): CsvRow[] {
  return [...readRows(text, delimiter)].flat();
}

describe('readRows', () => {
  it('gives back what was written, for any content and delimiter', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constant('a "b"\n;,'));
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(table, fc.constantFrom(...DELIMITERS), (rows, delimiter) => {
        const filled = rows.map((cells) => ['x', ...cells.map((text) => text.replace(/\r/g, ''))]);
        const text = Papa.unparse(filled, { delimiter, newline: '\n' });
        expect(allRows(text, delimiter).map((row) => row.cells)).toEqual(filled);
      }),
      { numRuns: 60 },
    );
  });

  it('counts lines as an editor does, across breaks in cells and empty lines', () => {
    const text = 'name;note\nA;"one\ntwo"\n\nB;x\n';
    expect(allRows(text, ';').map((row) => row.line)).toEqual([1, 2, 5]);
  });

  it('reads files of many slices without losing or cutting a row', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [
      String(index),
      `Client ${index}, "quoted"\nsecond line`,
    ]);
    const read = allRows(Papa.unparse(rows, { newline: '\n' }), ',');
    expect(read.length).toBe(rows.length);
    expect(read.map((row) => row.cells)).toEqual(rows);
    expect(read.at(-1)?.line).toBe(39_999);
  });

  it('loses only the line of a quote that is never closed', () => {
    const text = 'a,b\n1,"open\n2,two\n3,three\n';
    expect(allRows(text, ',').map(({ line, isBroken }) => [line, isBroken])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
    ]);
  });
});

describe('detectDelimiter', () => {
  it.each([
    [',', 'Name,Email\nAcme; Sons,a@b.c\nB,c@d.e\n'],
    [';', 'Name;Betrag;Ort\nAcme, Inc;1,50;Köln\nB;12,00;Bonn\n'],
    ['\t', 'Name\tCity\nAcme, Inc\tA;B\nC\tD\n'],
    ['|', 'Name|City\nAcme, Inc|A\nC|D, E\n'],
    [',', 'Name\nAcme\n'],
  ])('finds %j', (delimiter, text) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });
});
