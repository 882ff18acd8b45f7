import Papa from 'papaparse';

import { parseDecimal } from '../../../shared/domain/decimal';

/** The columns of a line that a block of cells can fill. */
export type PasteColumn =
  'product' | 'description' | 'quantity' | 'unit' | 'unitPrice' | 'discount' | 'tax';

/** One pasted row, texts as they stood in the cells; absent where the block has no such column. */
export type PastedRow = Readonly<Partial<Record<PasteColumn, string>>>;

export interface Clipboard {
  readonly text: string;
  /** Spreadsheets also put a table as HTML on the clipboard; empty where there is none. */
  readonly html: string;
}

/** Columns from left to right as the grid shows them: a block without header fills on from one. */
const GRID_ORDER: readonly PasteColumn[] = [
  'product',
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'discount',
  'tax',
];

/** Header words, folded; the exports of common programs and the languages of documents. */
const HEADERS: Readonly<Record<PasteColumn | 'total', readonly string[]>> = {
  product: [
    'product',
    'item',
    'sku',
    'code',
    'article',
    'artikel',
    'produkt',
    'produit',
    'service',
  ],
  description: [
    'description',
    'details',
    'text',
    'name',
    'beschreibung',
    'bezeichnung',
    'designation',
    'descripcion',
    'descrizione',
    'omschrijving',
    'opis',
    'nazwa',
  ],
  quantity: [
    'quantity',
    'qty',
    'hours',
    'menge',
    'anzahl',
    'quantite',
    'cantidad',
    'quantita',
    'aantal',
    'ilosc',
  ],
  unit: ['unit', 'units', 'uom', 'einheit', 'unite', 'unidad', 'unita', 'eenheid', 'jednostka'],
  unitPrice: [
    'unitprice',
    'price',
    'rate',
    'unitcost',
    'cost',
    'preis',
    'einzelpreis',
    'prix',
    'prixunitaire',
    'precio',
    'prezzo',
    'prijs',
    'cena',
  ],
  discount: ['discount', 'rabatt', 'remise', 'descuento', 'sconto', 'korting', 'rabat'],
  tax: [
    'tax',
    'vat',
    'taxrate',
    'vatrate',
    'gst',
    'mwst',
    'ust',
    'steuer',
    'tva',
    'iva',
    'btw',
    'vat%',
  ],
  total: [
    'total',
    'amount',
    'linetotal',
    'betrag',
    'summe',
    'gesamt',
    'montant',
    'importe',
    'totale',
    'bedrag',
    'kwota',
  ],
};

/**
 * Reads a block of cells from a spreadsheet. Answers null when the clipboard holds plain text that
 * belongs into the one field: no tabs and no table, or several lines of prose for a description.
 */
export function readPastedRows(
  clipboard: Clipboard,
  startColumn: PasteColumn,
): readonly PastedRow[] | null {
  const cells = readCells(clipboard, startColumn);
  if (cells === null) return null;
  const header = headerColumns(cells[0] ?? []);
  const body = header ? cells.slice(1) : cells;
  const width = Math.max(0, ...body.map((row) => row.length));
  const columns = header ?? columnsByPosition(body, width, startColumn);
  return body.map((row) => rowOf(row, columns)).filter((row) => Object.keys(row).length > 0);
}

function readCells(clipboard: Clipboard, startColumn: PasteColumn): readonly string[][] | null {
  const text = clipboard.text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  if (text.includes('\t')) return parseDelimited(text, '\t');
  const isTable = /<table[\s>]/i.test(clipboard.html);
  if (!text.includes('\n')) return null;
  if (isTable) return parseDelimited(text, '\t');
  const separated = [';', ',']
    .map((delimiter) => parseDelimited(text, delimiter))
    .find((rows) => isRegular(rows));
  if (separated) return separated;
  return startColumn === 'description' ? null : parseDelimited(text, '\t');
}

function parseDelimited(text: string, delimiter: string): string[][] {
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** Prose has commas too: a table in CSV has a known header, or the same width and a number each. */
function isRegular(rows: readonly string[][]): boolean {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width < 2) return false;
  if (rows.some((row) => row.length !== width)) return false;
  const body = headerColumns(rows[0] ?? []) ? rows.slice(1) : rows;
  return body.every((row) => row.some((cell) => isNumeric(cell)));
}

type Column = PasteColumn | 'total' | null;

/** The columns that the first row names, or null when it is a row of values. */
function headerColumns(row: readonly string[]): readonly Column[] | null {
  const columns = row.map(columnNamed);
  const known = columns.filter((column) => column !== null);
  const isHeader = known.length >= 2 || (known.length === 1 && row.length === 1);
  return isHeader && !row.some(isNumeric) ? columns : null;
}

function columnNamed(cell: string): Column {
  const word = cell
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[^a-z%]/g, '');
  const found = Object.entries(HEADERS).find(([, words]) => words.includes(word));
  return (found?.[0] as PasteColumn | 'total' | undefined) ?? null;
}

/**
 * Columns without a header. From a product or description on, the block is read by what stands in
 * it: the first text describes, the first number is the quantity, the second the unit price (a
 * third one their product, which is computed anyway), a text between them the unit, a percentage
 * the tax. From any other column on it fills the grid from there, as a spreadsheet does.
 */
function columnsByPosition(
  rows: readonly (readonly string[])[],
  width: number,
  startColumn: PasteColumn,
): readonly Column[] {
  if (startColumn !== 'product' && startColumn !== 'description') {
    const start = GRID_ORDER.indexOf(startColumn);
    return Array.from({ length: width }, (_, index) => GRID_ORDER[start + index] ?? null);
  }
  const used = new Set<Column>();
  const take = (column: Column): Column => {
    if (column === null || used.has(column)) return null;
    used.add(column);
    return column;
  };
  return Array.from({ length: width }, (_, index) => {
    const values = rows.map((row) => row[index] ?? '').filter((value) => value !== '');
    if (values.length === 0) return null;
    if (values.every((value) => /%$/.test(value))) return take(used.has('tax') ? null : 'tax');
    if (values.every(isNumeric) && used.has('description')) {
      const isMoney = values.some(hasCurrency);
      if (!used.has('quantity') && !isMoney) return take('quantity');
      return take(used.has('unitPrice') ? 'total' : 'unitPrice');
    }
    if (!used.has('description')) return take('description');
    return take(used.has('quantity') ? 'unit' : null);
  });
}

function rowOf(cells: readonly string[], columns: readonly Column[]): PastedRow {
  const row: Partial<Record<PasteColumn, string>> = {};
  columns.forEach((column, index) => {
    const value = cells[index] ?? '';
    if (column !== null && column !== 'total' && value !== '') row[column] = value;
  });
  // Without a list of products to look into, the item's name is the start of its description.
  if (row.product !== undefined) {
    const { product, ...rest } = row;
    return { ...rest, description: [product, row.description].filter(Boolean).join('\n') };
  }
  return row;
}

const CURRENCY = /\p{Sc}|\b[A-Z]{3}\b/gu;

function hasCurrency(value: string): boolean {
  return value.search(CURRENCY) >= 0;
}

/** A number as spreadsheets show it, without its currency. */
export function bareNumber(value: string): string {
  return value.replace(CURRENCY, '').replace(/%$/, '').trim();
}

function isNumeric(value: string): boolean {
  const bare = bareNumber(value);
  return bare !== '' && parseDecimal(bare, { decimals: 4, style: 'auto' }).ok;
}

/**
 * Which sign divides the decimals in a block: told by any number that can be read in one way only,
 * otherwise the one that the person writes with.
 */
export function decimalStyleOf(
  rows: readonly PastedRow[],
  usual: 'dot' | 'comma',
): 'dot' | 'comma' {
  for (const row of rows) {
    for (const value of [row.quantity, row.unitPrice, row.discount]) {
      const last = /([.,])(\d+)\D*$/.exec(bareNumber(value ?? ''));
      const isDecisive =
        last !== null && (last[2]?.length !== 3 || new Set(value?.match(/[.,]/g) ?? []).size === 2);
      if (isDecisive) return last[1] === ',' ? 'comma' : 'dot';
    }
  }
  return usual;
}
