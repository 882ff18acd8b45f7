import { addressLines } from '../locale/postal-address';
import type { Typesetter } from '../text/typesetter';
import { numberOf, titleOf } from './letterhead';
import type { Sheet } from './sheet';
import { hanStyleIn } from './sheet';
import { ASCENT, HAIRLINE, RULE, SMALL, SMALL_LEADING, SOFT, WATERMARK } from './styles';

const WATERMARK_DEGREES = 52;

/** "Draft" across the page, below everything else. */
export function drawWatermark(sheet: Sheet, typesetter: Typesetter): void {
  const { canvas, document, labels, page } = sheet;
  if (document.issued !== null) return;
  const line = typesetter.line(labels.draft, 'SemiBold');
  const size = Math.min(170, (page.height * 0.72 * 1000) / line.width);
  // Letters sit above the baseline: half their height brings the word to the middle.
  const at = { x: page.width / 2 + size * 0.28, y: page.height / 2 + size * 0.2 };
  canvas.turnedText(line, { ...at, degrees: WATERMARK_DEGREES }, size, WATERMARK);
}

/** The top of every page but the first says what it continues. */
export function drawRunningHead(sheet: Sheet): void {
  const { canvas, document, page } = sheet;
  const style = { size: SMALL, grey: SOFT } as const;
  const baseline = page.top + SMALL * ASCENT;
  const title = `${titleOf(sheet)} ${numberOf(sheet)}`;
  const half = (page.right - page.left) / 2 - 8;
  const [left] = sheet.wrap(title, half, style);
  const han = hanStyleIn(document.client.address.country);
  const [right] = sheet.wrap(document.client.name, half, { ...style, han });
  if (left !== undefined) sheet.draw(left, page.left, baseline, style);
  if (right !== undefined) sheet.draw(right, page.right, baseline, { ...style, align: 'right' });
  canvas.rule(page.left, baseline + 5, page.right - page.left, 0.4, HAIRLINE);
  sheet.y = baseline + 16;
}

/** The seller's legal facts and the page number at the foot of every page. */
export function drawFooters(sheet: Sheet): void {
  const { canvas, page } = sheet;
  const style = { size: SMALL, grey: SOFT, han: hanStyleIn(sheet.document.seller.address.country) };
  const count = canvas.pageCount();
  // With the word, for poppler reads three signs at equal distances as one word.
  const numbers = (number: number): string => `${sheet.labels.page} ${number} / ${count}`;
  const widest = sheet.widthOf(numbers(count), style);
  const facts = legalFacts(sheet);
  const lines = sheet.wrap(facts, page.right - page.left - widest - 16, style).slice(0, 3);
  for (let number = 1; number <= count; number += 1) {
    canvas.selectPage(number);
    canvas.rule(page.left, page.footer - 7, page.right - page.left, 0.4, RULE);
    const baseline = page.footer + SMALL * ASCENT;
    lines.forEach((line, index) => {
      sheet.draw(line, page.left, baseline + index * SMALL_LEADING, style);
    });
    sheet.text(numbers(number), page.right, baseline, { ...style, align: 'right' });
  }
}

function legalFacts({ document, labels }: Sheet): string {
  const { seller } = document;
  return [
    seller.legalName === '' ? seller.name : seller.legalName,
    ...addressLines(seller.address, seller.address.country, document.language),
    seller.companyNumber === '' ? '' : `${labels.companyNumber} ${seller.companyNumber}`,
    seller.vatNumber === '' ? '' : `${labels.vatNumber} ${seller.vatNumber}`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}
