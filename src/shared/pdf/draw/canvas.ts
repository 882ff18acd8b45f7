import { jsPDF } from 'jspdf';

import type { Logo } from '../../domain/business';
import type { FontBook } from '../fonts/font-book';
import type { FontFileName } from '../pdf-assets';
import type { GlyphRun, TextLine } from '../text/glyph-run';
import { contentId } from './content-id';
import type { EmbeddedFont } from './embedded-font';
import { createEmbeddedFont } from './embedded-font';
import { claimFontSlot, internalsOf, onWriteCatalog, onWriteFont } from './jspdf-internals';

/** Lengths are points, the origin is the page's upper left corner. Grey goes from 0 (black) to 1. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pageCount: () => number;
  readonly addPage: () => void;
  /** Later drawing goes to this page (from 1). */
  readonly selectPage: (page: number) => void;
  /** Draws a line of text from its left end on its baseline. */
  readonly text: (line: TextLine, x: number, baseline: number, size: number, grey: number) => void;
  /** Draws a line of text centred on a point, turned counter-clockwise. */
  readonly turnedText: (line: TextLine, centre: TurnedAt, size: number, grey: number) => void;
  readonly rule: (x: number, y: number, width: number, thickness: number, grey: number) => void;
  /** Fills the dark modules of a square code; `side` includes no quiet zone. */
  readonly modules: (
    rows: readonly (readonly boolean[])[],
    x: number,
    y: number,
    side: number,
  ) => void;
  /** Answers whether the picture could be read. */
  readonly image: (logo: Logo, x: number, y: number, width: number, height: number) => boolean;
  readonly finish: (facts: FileFacts) => Uint8Array;
}

export interface TurnedAt {
  readonly x: number;
  readonly y: number;
  readonly degrees: number;
}

/** What stands in the file besides its pages. */
export interface FileFacts {
  readonly title: string;
  readonly author: string;
  /** BCP 47. */
  readonly language: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

interface PageState {
  readonly operators: string[];
  font: string;
  grey: number;
}

interface FontSlot {
  readonly id: string;
  readonly font: EmbeddedFont;
}

export function createCanvas(width: number, height: number, fonts: FontBook): Canvas {
  const document = new jsPDF({
    unit: 'pt',
    format: [width, height],
    orientation: width > height ? 'landscape' : 'portrait',
    compress: true,
    putOnlyUsedFonts: true,
  });
  const slots = new Map<FontFileName, FontSlot>();
  const pages: PageState[] = [newPage()];
  let current = pages[0] as PageState;

  function slotOf(name: FontFileName): FontSlot {
    const known = slots.get(name);
    if (known !== undefined) return known;
    const slot = {
      id: claimFontSlot(document, slots.size),
      font: createEmbeddedFont(name, fonts),
    };
    slots.set(name, slot);
    return slot;
  }

  function setGrey(grey: number): void {
    if (current.grey === grey) return;
    current.grey = grey;
    current.operators.push(`${number(grey)} g`);
  }

  function setFont(slot: FontSlot, size: number): void {
    const font = `/${slot.id} ${number(size)} Tf`;
    if (current.font === font) return;
    current.font = font;
    current.operators.push(font);
  }

  function showRuns(runs: readonly GlyphRun[], size: number): void {
    let index = 0;
    while (index < runs.length) {
      const slot = slotOf((runs[index] as GlyphRun).font);
      setFont(slot, size);
      let operands = '';
      for (; index < runs.length; index += 1) {
        const run = runs[index] as GlyphRun;
        if (slotOf(run.font) !== slot) break;
        operands += slot.font.encode(run, size);
      }
      current.operators.push(`[${operands.replaceAll('><', '')}]TJ`);
    }
  }

  onWriteFont(document, (id, writer) => {
    const slot = [...slots.values()].find((candidate) => candidate.id === id);
    if (slot === undefined) throw new Error(`jsPDF writes a font that was not used: ${id}`);
    return slot.font.write(writer);
  });

  return {
    width,
    height,
    pageCount: () => pages.length,
    addPage() {
      document.addPage();
      current = newPage();
      pages.push(current);
    },
    selectPage(page) {
      document.setPage(page);
      current = pages[page - 1] as PageState;
    },
    text(line, x, baseline, size, grey) {
      if (line.runs.length === 0) return;
      setGrey(grey);
      current.operators.push(`BT ${number(x)} ${number(height - baseline)} Td`);
      showRuns(line.runs, size);
      current.operators.push('ET');
    },
    turnedText(line, at, size, grey) {
      const angle = (at.degrees * Math.PI) / 180;
      const cosine = Math.cos(angle);
      const sine = Math.sin(angle);
      const half = (line.width * size) / 2000;
      const x = at.x - half * cosine;
      const y = height - at.y - half * sine;
      const turn = [cosine, sine, -sine, cosine].map((part) => part.toFixed(4)).join(' ');
      setGrey(grey);
      current.operators.push(`BT ${turn} ${number(x)} ${number(y)} Tm`);
      showRuns(line.runs, size);
      current.operators.push('ET');
    },
    rule(x, y, ruleWidth, thickness, grey) {
      setGrey(grey);
      const bottom = height - y - thickness;
      current.operators.push(
        `${number(x)} ${number(bottom)} ${number(ruleWidth)} ${number(thickness)} re f`,
      );
    },
    modules(rows, x, y, side) {
      setGrey(0);
      const scale = (side / rows.length).toFixed(4);
      const squares = rows.flatMap((row, top) => darkStretches(row, rows.length - 1 - top));
      current.operators.push(
        `q ${scale} 0 0 ${scale} ${number(x)} ${number(height - y - side)} cm`,
        ...squares,
        'f Q',
      );
    },
    image(logo, x, y, imageWidth, imageHeight) {
      const format = logo.mime === 'image/png' ? 'PNG' : 'JPEG';
      const bytes = bytesOf(logo.base64);
      try {
        document.addImage(bytes, format, x, y, imageWidth, imageHeight, 'logo', 'FAST');
        return true;
      } catch {
        // No picture, or a broken one, although it says so: nothing but the decoder can tell.
        return false;
      }
    },
    finish(facts) {
      pages.forEach((page, index) => {
        document.setPage(index + 1);
        internalsOf(document).write(page.operators.join('\n'));
      });
      document.setCreationDate(pdfDate(facts.createdAt));
      document.setFileId(contentId(pages.map((page) => page.operators.join('\n')).join('\n')));
      document.setProperties({
        ...textProperty('title', facts.title),
        ...textProperty('author', facts.author),
        creator: 'doccentr',
      });
      onWriteCatalog(
        document,
        `/Lang (${facts.language}) /ViewerPreferences <</DisplayDocTitle true>>`,
      );
      return new Uint8Array(document.output('arraybuffer'));
    },
  };
}

function newPage(): PageState {
  return { operators: [], font: '', grey: -1 };
}

/** At most two decimals: a hundredth of a point is finer than any printer. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function darkStretches(row: readonly boolean[], bottom: number): readonly string[] {
  const stretches: string[] = [];
  for (let start = 0; start < row.length; start += 1) {
    if (row[start] !== true) continue;
    let end = start + 1;
    while (row[end] === true) end += 1;
    stretches.push(`${start} ${bottom} ${end - start} 1 re`);
    start = end;
  }
  return stretches;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * `D:20260228093000+00'00'`: always in UTC, for a local offset would differ between machines.
 * jsPDF takes the years 1970 to 2037; another one is told as the nearest of them.
 */
function pdfDate(iso: string): string {
  const year = Math.min(2037, Math.max(1970, Number(iso.slice(0, 4))));
  return `D:${year}${iso.slice(4, 19).replace(/[-T:]/g, '')}+00'00'`;
}

/**
 * A text in the information dictionary is Latin or big-endian UTF-16. jsPDF cannot escape a
 * carriage return, which readers take for a line feed, so a text that holds that byte is left out.
 */
function textProperty(name: 'title' | 'author', text: string): Partial<Record<string, string>> {
  if (text === '') return {};
  if (/^[ -~]*$/.test(text)) return { [name]: text };
  let encoded = '\u00fe\u00ff';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    encoded += String.fromCharCode(unit >> 8, unit & 0xff);
  }
  return encoded.includes('\r') ? {} : { [name]: encoded };
}
