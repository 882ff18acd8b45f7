import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

import type { MethodInput, MethodName, MethodOutput } from '../../shared/contracts/app-api';
import type { ApiError } from '../../shared/contracts/core-protocol';
import type { Result } from '../../shared/domain/result';
import { STILL } from './ask-again';
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
  /** Stays as it was answered while it is shown: choices do not move under the hand. */
  readonly still?: boolean;
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
    ...(options.still ? { meta: STILL } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<MethodOutput<Name>, ApiFailure>;
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
