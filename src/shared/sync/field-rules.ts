import type { SyncCollection } from '../contracts/sync/collections';

/**
 * Fields that mean something only together (a price without its currency, a due date without its
 * terms): a change of the field on the left holds the fields on the right as its author saw them,
 * and is a conflict when one of them was changed by somebody else. `lines.*` is every line.
 */
type FieldRules = Readonly<Record<string, readonly string[]>>;

const DOCUMENT_RULES: FieldRules = {
  currency: ['exchangeRate', 'discount', 'lines.*'],
  'lines.*': ['currency', 'pricesIncludeTax'],
  pricesIncludeTax: ['lines.*', 'discount'],
  discount: ['currency', 'pricesIncludeTax'],
  exchangeRate: ['currency'],
  bankAccountUid: ['currency'],
};

const FIELD_RULES: Readonly<Partial<Record<SyncCollection, FieldRules>>> = {
  products: { unitPrice: ['currency'], currency: ['unitPrice'] },
  orders: DOCUMENT_RULES,
  invoices: {
    ...DOCUMENT_RULES,
    issueDate: ['terms', 'dueDate'],
    terms: ['issueDate', 'dueDate'],
    dueDate: ['issueDate', 'terms'],
  },
};

const LINE = 'lines.';
/** The order of lines is merged by itself (merge.ts) and holds nothing. */
export const LINE_ORDER = 'lines.order';

/** The fields (or `lines.*`) that a change of `path` depends on. */
export function dependenciesOf(collection: SyncCollection, path: string): readonly string[] {
  if (path === LINE_ORDER) return [];
  const rules = FIELD_RULES[collection];
  return rules?.[path.startsWith(LINE) ? 'lines.*' : path] ?? [];
}

/** Whether a path is the one named, or one of the lines when all are. */
export function isNamedBy(path: string, name: string): boolean {
  return name === 'lines.*' ? path.startsWith(LINE) && path !== LINE_ORDER : path === name;
}
