import { formatNumber, parseNumber } from '../../../src/shared/domain/number-pattern';
import type { NumberSeries } from '../../../src/shared/domain/number-series';

/** The last number of a series as a person finds it on the papers; the first where there are none. */
export function lastNumberOf(own: NumberSeries, issued: readonly string[], year: number): string {
  const found = issued
    .flatMap((number) => parseNumber(own, number) ?? [])
    .toSorted((one, other) => (one.year ?? 0) - (other.year ?? 0) || one.sequence - other.sequence)
    .at(-1);
  return formatNumber(own, { year: found?.year ?? year, sequence: found?.sequence ?? 1 });
}
