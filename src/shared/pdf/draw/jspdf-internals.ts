import type { jsPDF } from 'jspdf';

/** Writes indirect objects while jsPDF puts a document together. */
export interface JsPdfWriter {
  /** A stream through the document's filters; returns its object number. */
  readonly stream: (data: string, isFont?: boolean) => number;
  readonly object: (content: string) => number;
}

/** What jsPDF offers to its plug-ins and leaves out of its type declarations. */
interface Internals {
  readonly events: {
    readonly subscribe: (topic: string, listener: (payload: unknown) => void) => string;
  };
  readonly pages: readonly string[][];
  readonly newObject: () => number;
  readonly write: (text: string) => void;
  readonly putStream: (options: {
    readonly data: string;
    readonly addLength1: boolean;
    readonly objectId: number;
  }) => void;
}

/** jsPDF's own record of a font. */
interface FontRecord {
  readonly id: string;
  objectNumber?: number;
  isAlreadyPutted?: boolean;
}

export function internalsOf(document: jsPDF): Internals {
  return document.internal as unknown as Internals;
}

/** The resource names F1 to F14 of the standard fonts, which this renderer gives to its own. */
const SLOTS: readonly (readonly [string, string])[] = [
  ...['helvetica', 'courier', 'times'].flatMap((family) =>
    ['normal', 'bold', 'italic', 'bolditalic'].map((style): [string, string] => [family, style]),
  ),
  ['zapfdingbats', 'normal'],
  ['symbol', 'normal'],
];

/**
 * Lets jsPDF write its `index`th font dictionary (from 0, at most 14) as a font of ours. Its own
 * TrueType support would drop unknown characters and embed whole tables, so only its bookkeeping
 * is used: a font counts as used once a text was set in it, and that text is taken out again.
 */
export function claimFontSlot(document: jsPDF, index: number): string {
  const slot = SLOTS[index];
  if (slot === undefined) throw new Error('more fonts than jsPDF has names for');
  document.setFont(slot[0], slot[1]);
  document.text(' ', 0, 0);
  internalsOf(document).pages[document.getCurrentPageInfo().pageNumber]?.pop();
  return `F${index + 1}`;
}

/** Calls `write` for each claimed slot when jsPDF writes its fonts. */
export function onWriteFont(
  document: jsPDF,
  write: (slot: string, writer: JsPdfWriter) => number,
): void {
  const internals = internalsOf(document);
  const writer: JsPdfWriter = {
    stream(data, isFont = false) {
      const objectId = internals.newObject();
      internals.putStream({ data, addLength1: isFont, objectId });
      internals.write('endobj');
      return objectId;
    },
    object(content) {
      const objectId = internals.newObject();
      internals.write(`${content}\nendobj`);
      return objectId;
    },
  };
  internals.events.subscribe('putFont', (payload) => {
    const { font } = payload as { readonly font: FontRecord };
    font.objectNumber = write(font.id, writer);
    font.isAlreadyPutted = true;
  });
}

/** Adds entries to the document catalogue. */
export function onWriteCatalog(document: jsPDF, entries: string): void {
  const internals = internalsOf(document);
  internals.events.subscribe('putCatalog', () => internals.write(entries));
}
