import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

import type { MethodInput, MethodName, MethodOutput } from '../../shared/contracts/app-api';
import type { ApiError } from '../../shared/contracts/core-protocol';
import type { Result } from '../../shared/domain/result';
import { bridge } from './bridge';

/** A failed call inside react-query, which knows failures only as thrown errors. */
export class ApiFailure extends Error {
  constructor(readonly error: ApiError) {
    super(`call failed: ${error.kind}`);
  }
}

/** A call for react-query: the value, or an `ApiFailure` thrown. */
export async function callOrThrow<Name extends MethodName>(
  method: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const result = await bridge.call(method, input);
  if (result.ok) return result.value;
  throw new ApiFailure(result.error);
}

/** Cache key of a call; `changed` events find the calls to read again by the method's name. */
export function queryKey<Name extends MethodName>(
  method: Name,
  input: MethodInput<Name>,
): readonly [Name, MethodInput<Name>] {
  return [method, input];
}

interface ApiQueryOptions {
  readonly enabled?: boolean;
  /** Keeps showing the answer to the last input until the new one is there. */
  readonly keepPrevious?: boolean;
  /** Asks again whenever it is shown, for what changes without an event of the core. */
  readonly fresh?: boolean;
}

/** The answer of a reading method, read again when the core says that its records changed. */
export function useApiQuery<Name extends MethodName>(
  method: Name,
  input: MethodInput<Name>,
  options: ApiQueryOptions = {},
): UseQueryResult<MethodOutput<Name>, ApiFailure> {
  // The options' generics cannot follow a method name; the function's own result type does.
  return useQuery<unknown, ApiFailure>({
    queryKey: queryKey(method, input),
    queryFn: () => callOrThrow(method, input),
    enabled: options.enabled ?? true,
    ...(options.fresh ? { gcTime: 0 } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<MethodOutput<Name>, ApiFailure>;
}

/** Methods that answer pages of rows. */
export type ListMethod = 'clients.list' | 'products.list' | 'orders.list' | 'invoices.list';
export type RowOf<Name extends ListMethod> = MethodOutput<Name>['rows'][number];

export interface PagedRows<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly isFailed: boolean;
  readonly loadMore: () => void;
}

const NO_ROWS: readonly never[] = [];

/** All pages of a list read so far, by keyset; `loadMore` reads the next one. */
export function useApiPages<Name extends ListMethod>(
  method: Name,
  input: Omit<MethodInput<Name>, 'cursor' | 'limit'>,
): PagedRows<RowOf<Name>> {
  type Page = { readonly rows: readonly RowOf<Name>[]; readonly nextCursor: string | null };
  const query = useInfiniteQuery({
    queryKey: [method, input] as const,
    queryFn: ({ pageParam }) =>
      callOrThrow(method, {
        ...input,
        limit: 100,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      } as MethodInput<Name>) as Promise<unknown> as Promise<Page>,
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // A list that is left and returned to keeps its pages, so that the place in it is kept too.
    gcTime: 60 * 60 * 1000,
    select: selectRows,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    rows: query.data ?? NO_ROWS,
    hasMore: hasNextPage,
    isLoading: query.isPending,
    isFailed: query.isError,
    loadMore,
  };
}

function selectRows<Row>(data: {
  readonly pages: readonly { readonly rows: readonly Row[] }[];
}): readonly Row[] {
  return data.pages.flatMap((page) => page.rows);
}

export interface ApiAction<Name extends MethodName> {
  /** Calls once; a second call while the first runs answers the first one's promise. */
  readonly run: (input: MethodInput<Name>) => Promise<Result<MethodOutput<Name>, ApiError>>;
  readonly isRunning: boolean;
}

/** A writing method with whether it is running, guarded against double clicks. */
export function useApiAction<Name extends MethodName>(method: Name): ApiAction<Name> {
  const [running, setRunning] = useState<Promise<Result<MethodOutput<Name>, ApiError>> | null>(
    null,
  );
  const run = useCallback(
    (input: MethodInput<Name>) => {
      if (running) return running;
      const started = bridge.call(method, input).finally(() => setRunning(null));
      setRunning(started);
      return started;
    },
    [method, running],
  );
  return { run, isRunning: running !== null };
}
