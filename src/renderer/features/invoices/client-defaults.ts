import type { DocumentContent } from '../../../shared/domain/invoice';
import { dueDateFor } from '../../../shared/domain/payment-terms';
import type { TaxSnapshot } from '../../../shared/domain/tax';

/** What a document takes from its client, as long as nobody chose otherwise. */
const FOLLOWING = [
  'currency',
  'exchangeRate',
  'terms',
  'language',
  'formats',
  'pricesIncludeTax',
  'notes',
  'bankAccountUid',
] as const satisfies readonly (keyof DocumentContent)[];

/** What a new document starts with for one client. */
export interface ClientDefaults {
  readonly content: DocumentContent;
  /** The tax of its lines. */
  readonly tax: TaxSnapshot;
}

/**
 * Content that goes to another client: what still is as the old client's defaults had it becomes as
 * the new one's have it; what was chosen by hand stays. A currency stays once there are prices in it.
 */
export function followClient(
  content: DocumentContent,
  before: ClientDefaults,
  after: ClientDefaults,
): DocumentContent {
  const hasPrices = content.lines.some((line) => line.unitPrice !== 0);
  const keepsCurrency = hasPrices && after.content.currency !== content.currency;
  const taken: Partial<Record<(typeof FOLLOWING)[number], unknown>> = {};
  for (const field of FOLLOWING) {
    const isOfCurrency =
      field === 'currency' || field === 'exchangeRate' || field === 'bankAccountUid';
    if (isOfCurrency && keepsCurrency) continue;
    if (isSame(content[field], before.content[field])) taken[field] = after.content[field];
  }
  const next = { ...content, ...taken, clientUid: after.content.clientUid } as DocumentContent;
  return {
    ...next,
    dueDate: next.terms === null ? next.dueDate : dueDateFor(next.issueDate, next.terms),
    lines: next.lines.map((line) =>
      line.tax.uid === before.tax.uid && line.productUid === null
        ? { ...line, tax: after.tax }
        : line,
    ),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
