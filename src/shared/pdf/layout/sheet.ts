import type { FrozenDocument } from '../../domain/frozen-document';
import type { Canvas } from '../draw/canvas';
import type { HanStyle } from '../fonts/font-book';
import type { Formatter } from '../locale/formats';
import type { Labels } from '../locale/label-set';
import { labelsIn } from '../locale/labels';
import { createFormatter } from '../locale/formats';
import type { FontWeight } from '../pdf-assets';
import type { TextLine } from '../text/glyph-run';
import type { Typesetter } from '../text/typesetter';
import type { PageGeometry } from './page-geometry';
import { geometryOf } from './page-geometry';
import { INK } from './styles';

export interface TextStyle {
  readonly size: number;
  readonly weight?: FontWeight;
  readonly grey?: number;
  readonly align?: 'left' | 'right';
  readonly han?: HanStyle | undefined;
}

/** The pages of one document while they fill from top to bottom. */
export interface Sheet {
  readonly document: FrozenDocument;
  readonly canvas: Canvas;
  readonly page: PageGeometry;
  readonly labels: Labels;
  readonly format: Formatter;
  /** Where the next block begins. */
  y: number;
  /** Draws a text on one line; with `align: 'right'` it ends at `x`. */
  readonly text: (text: string, x: number, baseline: number, style: TextStyle) => void;
  readonly draw: (line: TextLine, x: number, baseline: number, style: TextStyle) => void;
  /** Width of a text in points. */
  readonly widthOf: (text: string, style: TextStyle) => number;
  readonly wrap: (text: string, width: number, style: TextStyle) => readonly TextLine[];
  /** Begins a page; `y` is then its first free place. */
  readonly newPage: () => void;
  /** Begins a page unless this much space is left. */
  readonly reserve: (height: number) => void;
}

export function createSheet(
  document: FrozenDocument,
  canvas: Canvas,
  typesetter: Typesetter,
  beginPage: (sheet: Sheet) => void,
): Sheet {
  const page = geometryOf(document.paper);
  const sheet: Sheet = {
    document,
    canvas,
    page,
    labels: labelsIn(document.language),
    format: createFormatter(document.formats, document.language),
    y: page.top,
    text(text, x, baseline, style) {
      sheet.draw(typesetter.line(text, style.weight ?? 'Regular', style.han), x, baseline, style);
    },
    draw(line, x, baseline, style) {
      const shift = style.align === 'right' ? (line.width * style.size) / 1000 : 0;
      canvas.text(line, x - shift, baseline, style.size, style.grey ?? INK);
    },
    widthOf: (text, style) =>
      (typesetter.line(text, style.weight ?? 'Regular', style.han).width * style.size) / 1000,
    wrap: (text, width, style) =>
      typesetter.wrap(text, style.weight ?? 'Regular', (width * 1000) / style.size, style.han),
    newPage() {
      canvas.addPage();
      sheet.y = page.top;
      beginPage(sheet);
    },
    reserve(height) {
      if (sheet.y + height > page.bottom) sheet.newPage();
    },
  };
  return sheet;
}

/** The writing of shared ideographs in a country, where it has one. */
export function hanStyleIn(country: string): HanStyle | undefined {
  switch (country) {
    case 'JP':
      return 'JP';
    case 'KR':
    case 'KP':
      return 'KR';
    case 'CN':
    case 'HK':
    case 'MO':
    case 'SG':
    case 'TW':
      return 'SC';
    default:
      return undefined;
  }
}
