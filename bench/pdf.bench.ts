import PDFDocument from 'pdfkit';
import pdfmake from 'pdfmake';

import { loadPdfAssets } from '../src/core/pdf/load-pdf-assets';
import type { FrozenDocument } from '../src/shared/domain/frozen-document';
import { frozen, manyLines } from '../src/shared/pdf/fixtures/documents';
import type { Formatter } from '../src/shared/pdf/locale/formats';
import { createFormatter } from '../src/shared/pdf/locale/formats';
import { labelsIn } from '../src/shared/pdf/locale/labels';
import { addressLines } from '../src/shared/pdf/locale/postal-address';
import { createPdfRenderer } from '../src/shared/pdf/renderer';
import type { BenchResult } from './bench-result';

/**
 * The renderer beside pdfkit and pdfmake: invoices with the same texts, fonts and lines, each run
 * with another document, the three taking turns, after a warm-up. Medians in milliseconds, bytes.
 */
export async function run(): Promise<BenchResult[]> {
  const assets = await loadPdfAssets();
  const renderer = await createPdfRenderer(assets);
  const fonts: Fonts = {
    regular: Buffer.from(assets.loadFont('NotoSans-Regular')),
    semiBold: Buffer.from(assets.loadFont('NotoSans-SemiBold')),
  };
  pdfmake.virtualfs.writeFileSync('regular.ttf', fonts.regular);
  pdfmake.virtualfs.writeFileSync('semibold.ttf', fonts.semiBold);
  // Nothing is fetched: without a policy it warns on every document.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setFonts({ Noto: { normal: 'regular.ttf', bold: 'semibold.ttf' } });
  const bareFonts: Fonts = {
    regular: withoutLayoutTables(fonts.regular),
    semiBold: withoutLayoutTables(fonts.semiBold),
  };
  const writers: Writers = {
    ours: (document) => Promise.resolve(renderer.render(document)),
    pdfkit: (document) => writeWithPdfkit(document, fonts),
    barePdfkit: (document) => writeWithPdfkit(document, bareFonts),
    pdfmake: writeWithPdfmake,
  };
  const onePage = await compare(writers, 20, 15, 15);
  const tenPages = await compare(writers, 300, 6, 7);
  return [
    result('pdf: one page, time against pdfkit', onePage.ours.time, onePage.pdfkit.time, 0.75),
    result('pdf: one page, bytes against pdfkit', onePage.ours.bytes, onePage.pdfkit.bytes, 1.1),
    result(
      'pdf: one page, time against pdfkit without kerning',
      onePage.ours.time,
      onePage.barePdfkit.time,
      0.75,
    ),
    result('pdf: one page, time against pdfmake', onePage.ours.time, onePage.pdfmake.time, 1),
    result('pdf: 300 items, time against pdfkit', tenPages.ours.time, tenPages.pdfkit.time, 1.1),
    result(
      'pdf: 300 items, time against pdfkit without kerning',
      tenPages.ours.time,
      tenPages.barePdfkit.time,
      1.1,
    ),
    result('pdf: 300 items, time against pdfmake', tenPages.ours.time, tenPages.pdfmake.time, 1),
  ];
}

type Writer = (document: FrozenDocument) => Promise<Uint8Array>;

interface Writers {
  readonly ours: Writer;
  readonly pdfkit: Writer;
  /** pdfkit at its fastest: a font without kerning and ligatures leaves it nothing to shape. */
  readonly barePdfkit: Writer;
  readonly pdfmake: Writer;
}

interface Measured {
  readonly time: number;
  readonly bytes: number;
}

interface Fonts {
  readonly regular: Buffer;
  readonly semiBold: Buffer;
}

async function compare(
  writers: Writers,
  items: number,
  warmUps: number,
  runs: number,
): Promise<Record<keyof Writers, Measured>> {
  const names = ['ours', 'pdfkit', 'barePdfkit', 'pdfmake'] as const;
  const samples = {
    ours: newSamples(),
    pdfkit: newSamples(),
    barePdfkit: newSamples(),
    pdfmake: newSamples(),
  };
  for (let round = 0; round < warmUps + runs; round += 1) {
    const document = frozen({
      lines: [...manyLines(items, round)],
      bankAccount: null,
      notes: '',
    });
    for (const name of names) {
      const start = performance.now();
      const bytes = await writers[name](document);
      if (round < warmUps) continue;
      samples[name].times.push(performance.now() - start);
      samples[name].bytes.push(bytes.length);
    }
  }
  const measured = (name: keyof Writers): Measured => ({
    time: median(samples[name].times),
    bytes: median(samples[name].bytes),
  });
  return {
    ours: measured('ours'),
    pdfkit: measured('pdfkit'),
    barePdfkit: measured('barePdfkit'),
    pdfmake: measured('pdfmake'),
  };
}

const LAYOUT_TABLES = new Set(['GSUB', 'GPOS', 'GDEF']);
const RECORD_BYTES = 16;

/** The same TrueType font with fewer entries in its table directory. */
function withoutLayoutTables(font: Buffer): Buffer {
  const bare = Buffer.from(font);
  const count = font.readUInt16BE(4);
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const start = 12 + index * RECORD_BYTES;
    if (LAYOUT_TABLES.has(font.toString('latin1', start, start + 4))) continue;
    font.copy(bare, 12 + kept * RECORD_BYTES, start, start + RECORD_BYTES);
    kept += 1;
  }
  bare.writeUInt16BE(kept, 4);
  return bare;
}

function newSamples(): { readonly times: number[]; readonly bytes: number[] } {
  return { times: [], bytes: [] };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function result(name: string, value: number, reference: number, goal: number): BenchResult {
  const ratio = value / reference;
  return { name, value, reference, ratio, goal, ok: ratio <= goal };
}

/** The texts of an invoice apart from its lines, for both of the others. */
interface Texts {
  readonly format: Formatter;
  readonly seller: readonly string[];
  readonly client: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly footer: string;
}

function textsOf(document: FrozenDocument): Texts {
  const labels = labelsIn(document.language);
  const format = createFormatter(document.formats, document.language);
  const { client, seller, supply } = document;
  const address = addressLines(seller.address, client.address.country, document.language);
  return {
    format,
    seller: [seller.name, ...address, seller.phone, seller.email, seller.website],
    client: [
      client.name,
      client.contactName,
      ...addressLines(client.address, seller.address.country, document.language),
    ],
    facts: [
      [labels.invoiceNumber, document.issued?.number ?? ''],
      [labels.issueDate, format.date(document.issueDate)],
      [labels.dueDate, format.date(document.dueDate)],
      [labels.terms, labels.termsDays.replace('{days}', '30')],
      [labels.supplyPeriod, supply === null ? '' : `${format.date(supply.from)} –`],
      ['', supply === null ? '' : format.date(supply.to)],
      [labels.buyerReference, document.buyerReference],
      [labels.orderNumber, document.orderNumber],
      [labels.clientVatNumber, client.vatNumber],
    ],
    footer: [
      seller.legalName,
      ...address.slice(0, -1),
      `${labels.companyNumber} ${seller.companyNumber}`,
      `${labels.vatNumber} ${seller.vatNumber}`,
    ].join(' · '),
  };
}

/** Cells of a line in the order of the columns, the description first. */
function cellsOf(document: FrozenDocument, format: Formatter, row: number): readonly string[] {
  const line = document.lines[row];
  if (line === undefined) return [];
  return [
    line.description,
    format.quantity(line.quantity),
    line.unit,
    format.unitPrice(line.unitPrice, document.currency),
    line.tax.name,
    format.amount(document.totals.lines[row]?.total ?? 0, document.currency),
  ];
}

const LEFT = 70.87;
const RIGHT = 538.58;
const FACTS = 345.83;
const BOTTOM = 779.53;
const ROW = 18.06;
/** Right edges, or left ones where the column holds words. */
const COLUMNS = [LEFT, 368, 372, 439, 453, RIGHT];
const WORD_COLUMNS = new Set([0, 2, 4]);

function writeWithPdfkit(document: FrozenDocument, fonts: Fonts): Promise<Uint8Array> {
  const labels = labelsIn(document.language);
  const texts = textsOf(document);
  const { format } = texts;
  const pdf = new PDFDocument({ size: 'A4', margin: 0, bufferPages: true });
  const chunks: Buffer[] = [];
  const finished = new Promise<Uint8Array>((resolve) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
  });
  pdf.registerFont('regular', fonts.regular).registerFont('semibold', fonts.semiBold);

  const text = (value: string, x: number, y: number, size: number, font = 'regular'): void => {
    pdf.font(font).fontSize(size).text(value, x, y, { lineBreak: false });
  };
  const endingAt = (value: string, x: number, y: number, size: number, font = 'regular'): void => {
    pdf.font(font).fontSize(size);
    pdf.text(value, x - pdf.widthOfString(value), y, { lineBreak: false });
  };
  const rule = (y: number, left = LEFT, right = RIGHT): void => {
    pdf
      .rect(left, y, right - left, 0.4)
      .fill('#999999')
      .fillColor('#141414');
  };
  const header = (y: number): number => {
    const words = [
      labels.description,
      labels.quantity,
      '',
      labels.unitPrice,
      labels.tax,
      labels.amount,
    ];
    words.forEach((word, column) => {
      const x = COLUMNS[column] ?? 0;
      if (WORD_COLUMNS.has(column)) text(word, x, y, 7.5);
      else endingAt(word, x, y, 7.5);
    });
    rule(y + 12);
    return y + 12;
  };

  text(document.seller.name, LEFT, 42, 18, 'semibold');
  texts.seller.forEach((line, index) => {
    text(line, FACTS, 42 + index * 10.5, 7.5, index === 0 ? 'semibold' : 'regular');
  });
  text([document.seller.name, ...texts.seller.slice(1, 4)].join(' · '), LEFT, 162, 7.5);
  rule(172, LEFT, 292);
  texts.client.forEach((line, index) => text(line, LEFT, 180 + index * 13, 9));
  texts.facts.forEach(([label, value], index) => {
    text(label, FACTS, 148 + index * 14, 7.5);
    text(value, FACTS + 71, 147 + index * 14, 9);
  });
  text(labels.invoice, LEFT, 284, 18, 'semibold');
  text(document.issued?.number ?? '', LEFT + 74, 284, 18);

  let y = header(320);
  document.lines.forEach((_, row) => {
    const tail = row === document.lines.length - 1 ? 60 : 0;
    if (y + ROW + tail > BOTTOM) {
      pdf.addPage();
      text(`${labels.invoice} ${document.issued?.number ?? ''}`, LEFT, 42, 7.5);
      endingAt(document.client.name, RIGHT, 42, 7.5);
      rule(54);
      y = header(66);
    }
    cellsOf(document, format, row).forEach((cell, column) => {
      const x = COLUMNS[column] ?? 0;
      if (column === 0)
        pdf
          .font('regular')
          .fontSize(9)
          .text(cell, x, y + 3, { width: 235 });
      else if (WORD_COLUMNS.has(column)) text(cell, x, y + 3, 9);
      else endingAt(cell, x, y + 3, 9);
    });
    y += ROW;
    rule(y);
  });

  const { net, tax, total } = document.totals;
  const amounts = [net, tax, total].map((amount) => format.amount(amount, document.currency));
  text(labels.taxSummary, LEFT, y + 10, 7.5);
  text(document.lines[0]?.tax.name ?? '', LEFT, y + 25, 9);
  [labels.summaryNet, labels.summaryTax, labels.summaryGross].forEach((label, index) => {
    endingAt(label, 202 + index * 54, y + 10, 7.5);
    endingAt(amounts[index] ?? '', 202 + index * 54, y + 25, 9);
  });
  rule(y + 22, LEFT, 310);
  rule(y + 40, LEFT, 310);
  [labels.net, labels.taxTotal, `${labels.total} ${document.currency}`].forEach((label, index) => {
    const [size, font] = index === 2 ? ([11, 'semibold'] as const) : ([9, 'regular'] as const);
    text(label, 338, y + 6 + index * 16, size, font);
    endingAt(amounts[index] ?? '', RIGHT, y + 6 + index * 16, size, font);
  });
  rule(y + 36, 338);
  rule(y + 56, 338);

  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    rule(789);
    text(texts.footer, LEFT, 796, 7.5);
    endingAt(`${page + 1} / ${count}`, RIGHT, 796, 7.5);
  }
  pdf.end();
  return finished;
}

async function writeWithPdfmake(document: FrozenDocument): Promise<Uint8Array> {
  const labels = labelsIn(document.language);
  const texts = textsOf(document);
  const { format } = texts;
  const { net, tax, total } = document.totals;
  const amounts = [net, tax, total].map((amount) => format.amount(amount, document.currency));
  const right = (value: string): { text: string; alignment: 'right' } => ({
    text: value,
    alignment: 'right',
  });
  const content = [
    {
      columns: [
        { text: document.seller.name, fontSize: 18, bold: true },
        { text: texts.seller.join('\n'), fontSize: 7.5, width: 190 },
      ],
    },
    {
      columns: [
        { text: texts.client.join('\n'), margin: [0, 30, 0, 0] },
        {
          width: 190,
          layout: 'noBorders',
          table: { body: texts.facts.map(([label, value]) => [label, value]) },
        },
      ],
    },
    {
      text: [{ text: labels.invoice, bold: true }, ` ${document.issued?.number ?? ''}`],
      fontSize: 18,
      margin: [0, 16, 0, 12],
    },
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        widths: ['*', 'auto', 'auto', 'auto', 'auto', 'auto'],
        body: [
          [labels.description, labels.quantity, '', labels.unitPrice, labels.tax, labels.amount],
          ...document.lines.map((_, row) =>
            cellsOf(document, format, row).map((cell, column) =>
              WORD_COLUMNS.has(column) ? cell : right(cell),
            ),
          ),
        ],
      },
    },
    {
      columns: [
        {
          layout: 'lightHorizontalLines',
          table: {
            body: [
              [labels.taxSummary, labels.summaryNet, labels.summaryTax, labels.summaryGross],
              [document.lines[0]?.tax.name ?? '', ...amounts.map(right)],
            ],
          },
        },
        {
          layout: 'lightHorizontalLines',
          table: {
            widths: ['*', 'auto'],
            body: [
              [labels.net, right(amounts[0] ?? '')],
              [labels.taxTotal, right(amounts[1] ?? '')],
              [
                { text: `${labels.total} ${document.currency}`, bold: true },
                { ...right(amounts[2] ?? ''), bold: true },
              ],
            ],
          },
        },
      ],
    },
  ];
  const definition = {
    pageSize: 'A4',
    pageMargins: [LEFT, 42, 56.7, 60],
    defaultStyle: { font: 'Noto', fontSize: 9 },
    footer: (page: number, count: number) => ({
      columns: [texts.footer, right(`${page} / ${count}`)],
      fontSize: 7.5,
      margin: [LEFT, 10, 56.7, 0],
    }),
    content,
  };
  return pdfmake.createPdf(definition).getBuffer();
}
