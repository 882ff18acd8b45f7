import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';

import type { MethodInput, MethodName, MethodOutput } from '../../shared/contracts/app-api';
import type { PagedRows } from '../ui/data-table-types';
import { callOrThrow } from './api';
import type { HeldPages, ReadPage, Sight } from './held-pages';
import { allOld, readInSight, rowsOf, wantsReading } from './held-pages';

/** Methods that answer pages of rows. */
type ListMethod = Extract<
  MethodName,
  'clients.list' | 'products.list' | 'orders.list' | 'invoices.list'
>;
type RowOf<Name extends ListMethod> = MethodOutput<Name>['rows'][number];

const NO_PAGES: readonly never[] = [];

/** The rows of a list that were read so far, by keyset; see `readInSight`. */
export function useApiPages<Name extends ListMethod>(
  method: Name,
  input: Omit<MethodInput<Name>, 'cursor' | 'until' | 'limit'>,
): PagedRows<RowOf<Name>> {
  type Pages = HeldPages<RowOf<Name>>;
  const sight = useRef<Sight>({ first: 0, last: 0 });
  const read = ((request) =>
    callOrThrow(method, { ...input, ...request } as MethodInput<Name>)) as ReadPage<RowOf<Name>>;
  const query = useQuery<Pages>({
    queryKey: [method, input],
    queryFn: ({ client, queryKey }) => {
      const state = client.getQueryState<Pages>(queryKey);
      const held = state?.data ?? NO_PAGES;
      const known = state?.isInvalidated === true ? allOld(held) : held;
      return readInSight<RowOf<Name>>(
        known,
        () => sight.current,
        read,
        ({ uid }) => uid,
      );
    },
    placeholderData: keepPreviousData,
    // A list that is left and returned to keeps its pages, so that the place in it is kept too.
    gcTime: 60 * 60 * 1000,
  });
  const { data: pages = NO_PAGES, refetch } = query;
  const onSee = useCallback(
    (first: number, last: number) => {
      sight.current = { first, last };
      if (wantsReading<RowOf<Name>>(pages, sight.current)) void refetch({ cancelRefetch: false });
    },
    [pages, refetch],
  );
  return {
    rows: useMemo(() => rowsOf<RowOf<Name>>(pages), [pages]),
    isLoading: query.isPending,
    isFailed: query.isError,
    isPrevious: query.isPlaceholderData,
    onSee,
  };
}
