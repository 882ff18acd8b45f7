import { useMemo } from 'react';

import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import { useApiQuery } from '../../app/api';

export interface TaxChoice {
  /** The codes in use. */
  readonly codes: readonly TaxCode[];
  readonly byUid: ReadonlyMap<string, TaxCode>;
  /** What a line starts with when nothing else says which: what the business usually charges. */
  readonly usual: TaxSnapshot;
}

/** The business's tax codes; null until they are read. */
export function useTaxCodes(): TaxChoice | null {
  const { data } = useApiQuery('taxCodes.list', { includeArchived: true });
  return useMemo(() => {
    const first = data?.[0];
    if (!data || !first) return null;
    const codes = data.filter((code) => code.archivedAt === null);
    const usual = codes.find((code) => code.category === 'standard') ?? codes[0] ?? first;
    return {
      codes,
      byUid: new Map(data.map((code) => [code.uid, code])),
      usual: snapshotOf(usual),
    };
  }, [data]);
}

/** The tax that a client has of its own; null follows products and the business. */
export function clientTaxOf(
  taxCodeUid: string | null | undefined,
  taxes: TaxChoice,
): TaxSnapshot | null {
  const code = taxes.byUid.get(taxCodeUid ?? '');
  return code && code.archivedAt === null ? snapshotOf(code) : null;
}
