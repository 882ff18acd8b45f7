import type { FrozenDocument } from '../domain/frozen-document';
import type { Canvas } from './draw/canvas';
import { createCanvas } from './draw/canvas';
import type { FontBook, HanStyle } from './fonts/font-book';
import { createFontBook, hanStyleOf } from './fonts/font-book';
import { createShaper } from './fonts/shaper';
import { createSubsetter } from './fonts/subsetter';
import { drawItems } from './layout/item-table';
import { drawLetterhead, numberOf, titleOf } from './layout/letterhead';
import { drawNotes } from './layout/notes';
import { drawFooters, drawRunningHead, drawWatermark } from './layout/page-furniture';
import { geometryOf } from './layout/page-geometry';
import { drawPayment } from './layout/payment';
import type { Sheet } from './layout/sheet';
import { createSheet, hanStyleIn } from './layout/sheet';
import { drawTaxSummary, taxSummaryBelow, taxSummaryBeside } from './layout/tax-summary';
import { drawTotals, layOutTotals } from './layout/totals';
import type { MissingCharacters } from './missing-characters';
import { missingCharacters } from './missing-characters';
import type { PdfAssets } from './pdf-assets';
import { printedTexts } from './printed-texts';
import { FONT_SET, RENDERER_VERSION } from './renderer-version';
import { createTypesetter } from './text/typesetter';
import type { WordShaper } from './text/word-shaper';
import { createWordShaper } from './text/word-shaper';

export interface PdfRenderer {
  readonly version: string;
  readonly fontSet: string;
  /**
   * The PDF of a document: the same bytes on every machine and in every run. Throws
   * `UnprintableCharactersError` when a text has characters that no bundled font can print.
   */
  readonly render: (document: FrozenDocument) => Uint8Array;
  /** The texts that `render` would refuse; empty when it would not. */
  readonly missingCharacters: (document: FrozenDocument) => readonly MissingCharacters[];
}

/** Starts a renderer; it keeps the small fonts and may be used for any number of documents. */
export async function createPdfRenderer(assets: PdfAssets): Promise<PdfRenderer> {
  const [shaper, subsetter] = await Promise.all([
    createShaper(assets.shaperWasm),
    createSubsetter(assets.subsetterWasm),
  ]);
  const fonts = createFontBook(assets, shaper, subsetter);
  const newWordShaper = createWordShaper(fonts);
  return {
    version: RENDERER_VERSION,
    fontSet: FONT_SET,
    render: (document) => render(document, fonts, newWordShaper()),
    missingCharacters: (document) => missingCharacters(document, fonts),
  };
}

function render(document: FrozenDocument, fonts: FontBook, shapeWord: WordShaper): Uint8Array {
  const page = geometryOf(document.paper);
  const canvas = createCanvas(page.width, page.height, fonts);
  const typesetter = createTypesetter(fonts, shapeWord, hanStyleOfDocument(document));
  const sheet = createSheet(document, canvas, typesetter, (current) => {
    drawWatermark(current, typesetter);
    drawRunningHead(current);
  });
  drawWatermark(sheet, typesetter);
  drawLetterhead(sheet);
  drawItemsAndTotals(sheet);
  drawPayment(sheet);
  drawNotes(sheet);
  drawFooters(sheet);
  return finish(document, canvas, `${titleOf(sheet)} ${numberOf(sheet)}`);
}

/** Totals and, where it fits, the tax summary beside them stay with the last line of the table. */
function drawItemsAndTotals(sheet: Sheet): void {
  const totals = layOutTotals(sheet);
  const beside = taxSummaryBeside(sheet, totals.left - 28);
  drawItems(sheet, Math.max(totals.height, beside === null ? 0 : beside.height + 10));
  const top = sheet.y;
  drawTotals(sheet, totals);
  const bottom = sheet.y;
  const below = beside === null ? taxSummaryBelow(sheet) : null;
  if (beside !== null) {
    sheet.y = top + 10;
    drawTaxSummary(sheet, beside);
    sheet.y = Math.max(bottom, sheet.y);
  } else if (below !== null) {
    sheet.y += 12;
    drawTaxSummary(sheet, below);
  }
}

function finish(document: FrozenDocument, canvas: Canvas, title: string): Uint8Array {
  return canvas.finish({
    title,
    author: document.seller.legalName || document.seller.name,
    language: document.language,
    createdAt: document.issued?.finalisedAt ?? `${document.issueDate}T00:00:00.000Z`,
  });
}

/** Kana or Hangul anywhere decide, then the countries of the two parties. */
function hanStyleOfDocument(document: FrozenDocument): HanStyle {
  const texts = printedTexts(document).map(({ text }) => text);
  return (
    hanStyleOf(texts.join('')) ??
    hanStyleIn(document.client.address.country) ??
    hanStyleIn(document.seller.address.country) ??
    'SC'
  );
}
