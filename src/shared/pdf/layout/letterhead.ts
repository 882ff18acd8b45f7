import type { FrozenDocument } from '../../domain/frozen-document';
import { filled } from '../locale/labels';
import { addressLines } from '../locale/postal-address';
import { showsPayment, termsText } from './payment';
import type { Sheet } from './sheet';
import { hanStyleIn } from './sheet';
import {
  ASCENT,
  BODY,
  BODY_LEADING,
  HAIRLINE,
  INK,
  LARGE,
  SMALL,
  SMALL_LEADING,
  SOFT,
  TITLE,
} from './styles';

const LOGO_WIDTH = 180;
const LOGO_HEIGHT = 60;

/** Draws the first page down to the title and leaves `sheet.y` below it. */
export function drawLetterhead(sheet: Sheet): void {
  drawBrand(sheet);
  drawSeller(sheet);
  drawAddressee(sheet);
  const factsBottom = drawFacts(sheet);
  drawTitle(sheet, Math.max(sheet.page.titleTop, factsBottom + 14));
}

/** The logo in its own proportions, or the name where there is none that can be drawn. */
function drawBrand(sheet: Sheet): void {
  const { canvas, document, page } = sheet;
  const { logo, seller } = document;
  if (logo !== null) {
    const scale = Math.min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height);
    const { left, top } = page;
    if (canvas.image(logo, left, top, logo.width * scale, logo.height * scale)) return;
  }
  const style = {
    size: TITLE,
    weight: 'SemiBold',
    han: hanStyleIn(seller.address.country),
  } as const;
  const lines = sheet.wrap(seller.name, page.factsLeft - page.left - 16, style);
  lines.slice(0, 3).forEach((line, index) => {
    sheet.draw(line, page.left, page.top + TITLE * ASCENT + index * TITLE * 1.2, style);
  });
}

function drawSeller(sheet: Sheet): void {
  const { document, page } = sheet;
  const { seller } = document;
  const han = hanStyleIn(seller.address.country);
  const width = page.right - page.factsLeft;
  let baseline = page.top + SMALL * ASCENT;
  const put = (text: string, isName: boolean): void => {
    const style = {
      size: SMALL,
      weight: isName ? 'SemiBold' : 'Regular',
      grey: isName ? INK : SOFT,
      han,
    } as const;
    for (const line of sheet.wrap(text, width, style)) {
      sheet.draw(line, page.factsLeft, baseline, style);
      baseline += SMALL_LEADING;
    }
  };
  put(seller.name, true);
  const lines = addressLines(seller.address, document.client.address.country, document.language);
  for (const line of [...lines, seller.phone, seller.email, seller.website]) {
    if (line !== '') put(line, false);
  }
}

function drawAddressee(sheet: Sheet): void {
  const { canvas, document, page } = sheet;
  const { client, seller } = document;
  const { window } = page;
  if (window.senderBaseline !== null) {
    const style = {
      size: SMALL,
      grey: SOFT,
      han: hanStyleIn(seller.address.country),
    } as const;
    const sender = [
      seller.name,
      ...addressLines(seller.address, '', document.language).slice(0, -1),
    ];
    const [line] = sheet.wrap(sender.join(' · '), window.width, style);
    if (line !== undefined) {
      sheet.draw(line, page.left, window.senderBaseline, style);
      canvas.rule(page.left, window.senderBaseline + 2.5, window.width, 0.4, HAIRLINE);
    }
  }
  const han = hanStyleIn(client.address.country);
  const address = addressLines(client.address, seller.address.country, document.language);
  const lines = [client.name, client.contactName, ...address]
    .filter((line) => line !== '')
    .flatMap((line) => sheet.wrap(line, window.width, { size: BODY, han }));
  // More lines than the window has place for move together rather than out of it.
  const leading = Math.min(13, (window.bottom - window.top) / lines.length);
  const size = Math.min(BODY, leading * 0.85);
  lines.forEach((line, index) => {
    sheet.draw(line, page.left, window.top + size * ASCENT + 2 + index * leading, { size, han });
  });
}

/** Number, dates and references; returns where they end. */
function drawFacts(sheet: Sheet): number {
  const { page } = sheet;
  const facts = factsOf(sheet).filter(([, value]) => value !== '');
  const labelStyle = { size: SMALL, grey: SOFT } as const;
  const labelWidth = Math.min(
    100,
    Math.max(...facts.map(([label]) => sheet.widthOf(label, labelStyle))),
  );
  const valueLeft = page.factsLeft + labelWidth + 10;
  let y = Math.max(page.factsTop, sellerBottom(sheet) + 12);
  for (const [label, value] of facts) {
    const labels = sheet.wrap(label, labelWidth, labelStyle);
    const values = sheet.wrap(value, page.right - valueLeft, { size: BODY });
    const baseline = y + BODY * ASCENT;
    labels.forEach((line, index) => {
      sheet.draw(line, page.factsLeft, baseline + index * SMALL_LEADING, labelStyle);
    });
    values.forEach((line, index) => {
      sheet.draw(line, valueLeft, baseline + index * BODY_LEADING, { size: BODY });
    });
    y += Math.max(labels.length * SMALL_LEADING, values.length * BODY_LEADING) + 1.5;
  }
  return y;
}

/** Where the seller's block ends at most: it grows with what is filled in. */
function sellerBottom({ document, page }: Sheet): number {
  const { seller } = document;
  const { address } = seller;
  const lines = [
    seller.name,
    address.line1,
    address.line2,
    address.city,
    address.region,
    seller.phone,
    seller.email,
    seller.website,
  ].filter((line) => line !== '').length;
  return page.top + (lines + 1) * SMALL_LEADING;
}

function factsOf(sheet: Sheet): readonly (readonly [string, string])[] {
  const { document, format, labels } = sheet;
  const { client, kind, paymentReference, supply, terms } = document;
  const isInvoice = kind === 'invoice';
  const isPaidElsewhere = isInvoice && !showsPayment(document);
  const number = numberOf(sheet);
  return [
    [isInvoice ? labels.invoiceNumber : labels.creditNoteNumber, number],
    [labels.issueDate, format.date(document.issueDate)],
    [labels.dueDate, isInvoice ? format.date(document.dueDate) : ''],
    [labels.terms, isPaidElsewhere && terms !== null ? termsText(terms, labels) : ''],
    [
      labels.paymentReference,
      isPaidElsewhere && paymentReference !== number ? paymentReference : '',
    ],
    [supply?.from === supply?.to ? labels.supplyDate : labels.supplyPeriod, supplied(sheet)],
    [labels.buyerReference, document.buyerReference],
    [labels.orderNumber, document.orderNumber],
    [labels.clientVatNumber, client.vatNumber],
    [labels.clientCompanyNumber, client.companyNumber],
  ];
}

/** A day, or the first and the last day on a line each. */
function supplied({ document, format }: Sheet): string {
  const { supply } = document;
  if (supply === null) return '';
  if (supply.from === supply.to) return format.date(supply.from);
  return `${format.date(supply.from)} –\n${format.date(supply.to)}`;
}

export function numberOf({ document, labels }: Pick<Sheet, 'document' | 'labels'>): string {
  return document.issued?.number ?? labels.draft;
}

export function titleOf({ document, labels }: Pick<Sheet, 'document' | 'labels'>): string {
  return titleWord(document, labels);
}

function titleWord(document: FrozenDocument, labels: Sheet['labels']): string {
  return document.kind === 'invoice' ? labels.invoice : labels.creditNote;
}

function drawTitle(sheet: Sheet, top: number): void {
  const { document, format, labels, page } = sheet;
  const word = titleOf(sheet);
  const baseline = top + TITLE * ASCENT;
  sheet.text(word, page.left, baseline, { size: TITLE, weight: 'SemiBold' });
  const numberLeft = page.left + sheet.widthOf(word, { size: TITLE, weight: 'SemiBold' }) + 8;
  const lines = sheet.wrap(numberOf(sheet), page.right - numberLeft, { size: TITLE });
  lines.forEach((line, index) => {
    sheet.draw(line, numberLeft, baseline + index * TITLE * 1.2, { size: TITLE, grey: SOFT });
  });
  sheet.y = baseline + (lines.length - 1) * TITLE * 1.2 + 10;
  if (document.corrects !== null) {
    const { number, issueDate } = document.corrects;
    const text = filled(labels.corrects, { number, date: format.date(issueDate) });
    for (const line of sheet.wrap(text, page.right - page.left, { size: LARGE })) {
      sheet.draw(line, page.left, sheet.y + LARGE * ASCENT, { size: LARGE });
      sheet.y += LARGE * 1.35;
    }
    sheet.y += 2;
  }
  sheet.y += 8;
}
