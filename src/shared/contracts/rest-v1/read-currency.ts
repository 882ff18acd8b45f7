import type { CurrencyCode } from '../../domain/currency';
import { currencyCode } from '../../domain/currency';
import type { Issue } from '../../domain/result';
import { issue } from '../../domain/result';

/** The wanted currency; tells `currency_unknown` or `currency_unsupported` when it cannot be had. */
export function readCurrency(
  wanted: string | undefined,
  otherwise: CurrencyCode,
  issues: Issue[],
): CurrencyCode {
  if (wanted === undefined) return otherwise;
  const parsed = currencyCode.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const code: unknown = first?.code === 'custom' ? first.params?.['code'] : undefined;
  issues.push(issue('currency', typeof code === 'string' ? code : 'currency_unknown'));
  return otherwise;
}
