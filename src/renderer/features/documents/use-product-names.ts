import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { ProductUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import { callOrThrow, queryKey } from '../../app/api';

/** Names of the products that lines were copied from; each product is read once. */
export function useProductNames(
  lines: readonly LineItem[],
): ReadonlyMap<ProductUid | null, string> {
  const uids = useMemo(
    () => [...new Set(lines.map((line) => line.productUid).filter((uid) => uid !== null))],
    [lines],
  );
  return useQueries({
    queries: uids.map((uid) => ({
      queryKey: queryKey('products.get', { uid }),
      queryFn: () => callOrThrow('products.get', { uid }),
    })),
    combine: (results) =>
      new Map<ProductUid | null, string>(
        results.flatMap(({ data }) => (data ? [[data.uid, data.name]] : [])),
      ),
  });
}
