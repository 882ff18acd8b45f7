import type { Discount, LineItem } from '../../../shared/domain/line-item';
import type { LineUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { QUANTITY_SCALE } from '../../../shared/domain/money';
import type { TaxSnapshot } from '../../../shared/domain/tax';

/** The fields of a line that a person writes. */
export type LinePatch = Partial<Omit<LineItem, 'uid'>>;

/** Lines after an edit and the line that the cursor belongs to. */
export interface LineEdit {
  readonly lines: readonly LineItem[];
  readonly focus: LineUid | null;
}

/** A line that nobody has written anything on yet. */
export function blankLine(tax: TaxSnapshot): LineItem {
  return {
    uid: newUid<LineUid>(),
    productUid: null,
    description: '',
    unit: '',
    quantity: QUANTITY_SCALE,
    unitPrice: 0,
    discount: null,
    tax,
    sourceLineUid: null,
  };
}

/** Whether a line may be left out without losing anything: the grid keeps one to type into. */
export function isBlankLine(line: LineItem): boolean {
  return (
    line.productUid === null &&
    line.sourceLineUid === null &&
    line.description.trim() === '' &&
    line.unit.trim() === '' &&
    line.quantity === QUANTITY_SCALE &&
    line.unitPrice === 0 &&
    line.discount === null
  );
}

/** What is kept and printed: blank lines are there for typing only. */
export function withoutBlankLines(lines: readonly LineItem[]): LineItem[] {
  return lines.filter((line) => !isBlankLine(line));
}

/** Changes one line; the other lines stay the same objects, so that their rows need no redraw. */
export function patchLine(
  lines: readonly LineItem[],
  uid: LineUid,
  patch: LinePatch,
): readonly LineItem[] {
  return lines.map((line) => (line.uid === uid ? { ...line, ...patch } : line));
}

/**
 * Changes a line by an answer that took its time: a field that was changed since the line looked as
 * `asked` keeps what was typed, and a line that got another product keeps everything.
 */
export function patchLineSince(
  lines: readonly LineItem[],
  asked: LineItem,
  patch: LinePatch,
): readonly LineItem[] {
  const now = lines.find((line) => line.uid === asked.uid);
  if (!now || now.productUid !== asked.productUid) return lines;
  const isUntouched = ([field]: readonly [string, unknown]): boolean =>
    now[field as keyof LineItem] === asked[field as keyof LineItem];
  const rest: LinePatch = Object.fromEntries(Object.entries(patch).filter(isUntouched));
  return patchLine(lines, asked.uid, rest);
}

/** Puts a blank line below `uid`, with the tax of that line: neighbours usually share it. */
export function insertBelow(
  lines: readonly LineItem[],
  uid: LineUid | null,
  tax: TaxSnapshot,
): LineEdit {
  const index = lines.findIndex((line) => line.uid === uid);
  const added = blankLine(lines[index]?.tax ?? lines.at(-1)?.tax ?? tax);
  const at = index < 0 ? lines.length : index + 1;
  return { lines: lines.toSpliced(at, 0, added), focus: added.uid };
}

/** A copy below the line. It is new work: it invoices no order line and credits no invoice line. */
export function duplicateLine(lines: readonly LineItem[], uid: LineUid): LineEdit {
  const index = lines.findIndex((line) => line.uid === uid);
  const line = lines[index];
  if (!line) return { lines, focus: null };
  const copy = { ...line, uid: newUid<LineUid>(), sourceLineUid: null };
  return { lines: lines.toSpliced(index + 1, 0, copy), focus: copy.uid };
}

export function moveLine(
  lines: readonly LineItem[],
  uid: LineUid,
  direction: 'up' | 'down',
): LineEdit {
  const from = lines.findIndex((line) => line.uid === uid);
  const to = direction === 'up' ? from - 1 : from + 1;
  const line = lines[from];
  if (!line || to < 0 || to >= lines.length) return { lines, focus: uid };
  return { lines: lines.toSpliced(from, 1).toSpliced(to, 0, line), focus: uid };
}

/** Removes a line; the cursor goes to the line that takes its place. One line always stays. */
export function removeLine(lines: readonly LineItem[], uid: LineUid, tax: TaxSnapshot): LineEdit {
  const index = lines.findIndex((line) => line.uid === uid);
  if (index < 0) return { lines, focus: null };
  const left = lines.toSpliced(index, 1);
  if (left.length === 0) {
    const line = blankLine(lines[index]?.tax ?? tax);
    return { lines: [line], focus: line.uid };
  }
  return { lines: left, focus: (left[index] ?? left.at(-1))?.uid ?? null };
}

/** Content as it is kept and printed: without blank lines, and without a discount of nothing. */
export function keptContent<
  Content extends { readonly lines: LineItem[]; readonly discount: Discount | null },
>(content: Content): Content {
  const { discount } = content;
  const isNothing = discount?.kind === 'amount' && discount.amount === 0;
  return {
    ...content,
    discount: isNothing ? null : discount,
    lines: withoutBlankLines(content.lines),
  };
}
