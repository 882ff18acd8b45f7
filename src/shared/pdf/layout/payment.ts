import type { FrozenDocument } from '../../domain/frozen-document';
import type { BankDetails } from '../../domain/party';
import type { PaymentTerms } from '../../domain/payment-terms';
import { unreachable } from '../../domain/result';
import { qrModules } from '../qr-modules';
import { epcPayload } from '../epc-code';
import type { Labels } from '../locale/label-set';
import { filled } from '../locale/labels';
import type { Sheet } from './sheet';
import { ASCENT, BODY, BODY_LEADING, SMALL, SMALL_LEADING, SOFT } from './styles';

const CODE_SIDE = 76;
const CODE_CAPTION = 16;
/** Four modules of white around the code at its largest version. */
const QUIET_ZONE = 8;

/** Whether the document says where to pay to; without an account its terms are among the facts. */
export function showsPayment({ bankAccount, kind, totals }: FrozenDocument): boolean {
  return kind === 'invoice' && bankAccount !== null && totals.total > 0;
}

/** How and when to pay: nothing of it on a credit note. */
export function drawPayment(sheet: Sheet): void {
  const { canvas, document, labels, page } = sheet;
  if (!showsPayment(document)) return;
  const payload = epcPayload(document);
  const codeWidth = payload === null ? 0 : CODE_SIDE + QUIET_ZONE + 12;
  const facts = factsOf(sheet).filter(([, value]) => value !== '');
  const labelStyle = { size: SMALL, grey: SOFT } as const;
  const labelWidth = Math.min(
    120,
    Math.max(0, ...facts.map(([label]) => sheet.widthOf(label, labelStyle))),
  );
  const valueLeft = page.left + labelWidth + 12;
  const rows = facts.map(([label, value]) => ({
    labels: sheet.wrap(label, labelWidth + 0.01, labelStyle),
    values: sheet.wrap(value, page.right - valueLeft - codeWidth, { size: BODY }),
  }));
  const heights = rows.map(
    (row) => Math.max(row.labels.length * SMALL_LEADING, row.values.length * BODY_LEADING) + 1.5,
  );
  const textHeight = 18 + heights.reduce((sum, height) => sum + height, 0);
  const height = Math.max(textHeight, payload === null ? 0 : CODE_SIDE + CODE_CAPTION + 6);
  sheet.y += 20;
  sheet.reserve(height);
  const top = sheet.y;

  sheet.text(labels.payment, page.left, top + BODY * ASCENT, { size: BODY, weight: 'SemiBold' });
  let y = top + 18;
  rows.forEach((row, index) => {
    const baseline = y + BODY * ASCENT;
    row.labels.forEach((line, part) => {
      sheet.draw(line, page.left, baseline + part * SMALL_LEADING, labelStyle);
    });
    row.values.forEach((line, part) => {
      sheet.draw(line, valueLeft, baseline + part * BODY_LEADING, { size: BODY });
    });
    y += heights[index] ?? 0;
  });
  if (payload !== null) {
    const left = page.right - CODE_SIDE;
    canvas.modules(qrModules(payload), left, top, CODE_SIDE);
    const width = sheet.widthOf(labels.scanToPay, labelStyle);
    const middle = left + CODE_SIDE / 2;
    const captionLeft = Math.min(middle - width / 2, page.right - width);
    sheet.text(labels.scanToPay, captionLeft, top + CODE_SIDE + CODE_CAPTION, labelStyle);
  }
  sheet.y = top + height;
}

type Fact = readonly [string, string];

function factsOf({ document, format, labels }: Sheet): readonly Fact[] {
  const { bankAccount, seller, terms } = document;
  return [
    [labels.terms, terms === null ? '' : termsText(terms, labels)],
    [labels.dueDate, format.date(document.dueDate)],
    ...(bankAccount === null
      ? []
      : bankFacts(bankAccount.details, seller.legalName || seller.name, labels)),
    [labels.paymentReference, document.paymentReference],
  ];
}

export function termsText(terms: PaymentTerms, labels: Labels): string {
  switch (terms.kind) {
    case 'on_receipt':
      return labels.termsOnReceipt;
    case 'net_days':
      if (terms.days === 0) return labels.termsOnReceipt;
      return terms.days === 1
        ? labels.termsOneDay
        : filled(labels.termsDays, { days: String(terms.days) });
    case 'end_of_month':
      return terms.days === 0
        ? labels.termsEndOfMonth
        : filled(labels.termsEndOfMonthDays, { days: String(terms.days) });
    default:
      return unreachable(terms);
  }
}

function bankFacts(details: BankDetails, sellerName: string, labels: Labels): readonly Fact[] {
  const owner: readonly Fact[] = [
    [labels.accountHolder, details.holder === '' ? sellerName : details.holder],
    [labels.bank, details.bankName],
  ];
  switch (details.kind) {
    case 'iban':
      return [...owner, ['IBAN', inFours(details.iban)], ['BIC', details.bic]];
    case 'uk':
      return [
        ...owner,
        [labels.sortCode, inPairs(details.sortCode)],
        [labels.accountNumber, details.accountNumber],
      ];
    case 'us':
      return [
        ...owner,
        [labels.routingNumber, details.routingNumber],
        [labels.accountNumber, details.accountNumber],
      ];
    case 'other':
      return [...owner, [labels.bankDetails, details.text]];
    default:
      return unreachable(details);
  }
}

function inFours(iban: string): string {
  return iban.replaceAll(' ', '').replace(/(.{4})(?=.)/g, '$1 ');
}

function inPairs(sortCode: string): string {
  return sortCode.replaceAll('-', '').replace(/(\d{2})(?=\d)/g, '$1-');
}
