import { describe, expect, it } from 'vitest';

import { decimalStyleOf, readPastedRows } from './paste-block';

function paste(text: string, column: 'product' | 'description' | 'quantity' = 'description') {
  return readPastedRows({ text, html: '' }, column);
}

describe('readPastedRows', () => {
  it('reads description, quantity and unit price by position', () => {
    expect(paste('Design\t2\t80.00\r\nHosting\t12\t9.50\r\n')).toEqual([
      { description: 'Design', quantity: '2', unitPrice: '80.00' },
      { description: 'Hosting', quantity: '12', unitPrice: '9.50' },
    ]);
  });

  it('reads a unit between the numbers, leaves a line total alone and takes a percentage as tax', () => {
    expect(paste('Design\t2\th\t80.00\t160.00\t20%')).toEqual([
      { description: 'Design', quantity: '2', unit: 'h', unitPrice: '80.00', tax: '20%' },
    ]);
  });

  it('reads one amount of money beside a text as the price', () => {
    expect(paste('Design\t€ 80.00\nHosting\t€ 9.50')?.[0]).toEqual({
      description: 'Design',
      unitPrice: '€ 80.00',
    });
  });

  it('goes by a header in any order and in other languages', () => {
    expect(paste('Unit price\tQty\tDescription\n5\t3\tPaper')).toEqual([
      { description: 'Paper', quantity: '3', unitPrice: '5' },
    ]);
    expect(paste('Beschreibung\tMenge\tEinzelpreis\nPapier\t3\t5,00')).toEqual([
      { description: 'Papier', quantity: '3', unitPrice: '5,00' },
    ]);
  });

  it('keeps an item name beside its description', () => {
    expect(paste('Item\tDescription\tRate\nA4\tWhite paper\t5')).toEqual([
      { description: 'A4\nWhite paper', unitPrice: '5' },
    ]);
  });

  it('keeps line breaks and quotes inside a cell', () => {
    expect(paste('"Two\nlines"\t1\t2\n"Say ""hi"""\t3\t4')).toEqual([
      { description: 'Two\nlines', quantity: '1', unitPrice: '2' },
      { description: 'Say "hi"', quantity: '3', unitPrice: '4' },
    ]);
  });

  it('reads CSV when every row has the same width and a number', () => {
    expect(paste('Design,2,80.00\n"Hosting, yearly",12,9.50')).toHaveLength(2);
    expect(paste('Design;2;80,00\nHosting;12;9,50')?.[1]).toEqual({
      description: 'Hosting',
      quantity: '12',
      unitPrice: '9,50',
    });
  });

  it('leaves prose to the description, with its line breaks and commas', () => {
    expect(paste('Design, as agreed')).toBeNull();
    expect(paste('Design, as agreed\nand one more, too')).toBeNull();
  });

  it('takes a copied column apart when the clipboard says that it is a table', () => {
    const html = '<table><tr><td>Design</td></tr><tr><td>Hosting</td></tr></table>';
    expect(readPastedRows({ text: 'Design\nHosting', html }, 'description')).toEqual([
      { description: 'Design' },
      { description: 'Hosting' },
    ]);
  });

  it('fills on from the column of a number', () => {
    expect(paste('1\n2\n3', 'quantity')).toEqual([
      { quantity: '1' },
      { quantity: '2' },
      { quantity: '3' },
    ]);
    expect(paste('1\th\t80', 'quantity')).toEqual([{ quantity: '1', unit: 'h', unitPrice: '80' }]);
  });

  it('leaves empty rows out', () => {
    expect(paste('Design\t2\t80\n\t\t\nHosting\t1\t9')).toHaveLength(2);
  });
});

describe('decimalStyleOf', () => {
  it('goes by the first number that can be read in one way only', () => {
    expect(decimalStyleOf([{ unitPrice: '1.234' }, { unitPrice: '9,50' }], 'dot')).toBe('comma');
    expect(decimalStyleOf([{ unitPrice: '1,234.56' }], 'comma')).toBe('dot');
    expect(decimalStyleOf([{ unitPrice: '1,234' }], 'dot')).toBe('dot');
    expect(decimalStyleOf([{ unitPrice: '1,234' }], 'comma')).toBe('comma');
  });
});
