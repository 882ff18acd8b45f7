import type { OrderContent } from '../../../shared/domain/order';
import type { OrderLineProgress } from '../../../shared/domain/order-rules';
import type { Issue } from '../../../shared/domain/result';
import { issue } from '../../../shared/domain/result';

/**
 * What a change of an order is refused for once parts of it became invoices: its currency and way
 * of pricing stay (`order_has_documents`), an invoiced line stays (`lines` `line_invoiced`), and no
 * quantity falls below what invoices and drafts have taken (`lines.N.quantity` `below_invoiced`,
 * params `quantity`: what they have).
 */
export function invoicedLineIssues(
  progress: readonly OrderLineProgress[],
  before: OrderContent,
  after: OrderContent,
): readonly Issue[] {
  const taken = progress.filter((line) => line.invoiced + line.reserved !== 0);
  if (taken.length === 0) return [];
  const fixed = (['currency', 'pricesIncludeTax'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => issue(field, 'order_has_documents'));
  return [...fixed, ...taken.flatMap((line) => lineIssues(line, after))];
}

function lineIssues(line: OrderLineProgress, after: OrderContent): readonly Issue[] {
  const index = after.lines.findIndex(({ uid }) => uid === line.lineUid);
  const current = after.lines[index];
  const quantity = line.invoiced + line.reserved;
  if (current === undefined) return [issue('lines', 'line_invoiced', { quantity })];
  // What two devices had invoiced beyond the order already is no reason to refuse another change.
  if (current.quantity === line.ordered) return [];
  const sign = quantity < 0 ? -1 : 1;
  return sign * current.quantity < sign * quantity
    ? [issue(`lines.${index}.quantity`, 'below_invoiced', { quantity })]
    : [];
}
