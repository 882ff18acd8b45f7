import type { z } from 'zod';

import type { MethodInput, MethodName, MethodOutput } from '../../shared/contracts/app-api';
import { appApi } from '../../shared/contracts/app-api';
import type { DomainError, Result } from '../../shared/domain/result';
import { ok } from '../../shared/domain/result';
import type { BusinessContext, UseCase, UseCases } from '../context';

export type Call<Names extends MethodName> = <Name extends Names>(
  name: Name,
  input: MethodInput<Name>,
) => Promise<Result<MethodOutput<Name>, DomainError>>;

/** Calls use cases as the dispatcher does: defaults filled in, input and output parsed. */
export function createCaller<Names extends MethodName>(
  context: BusinessContext,
  useCases: UseCases<Names>,
): Call<Names> {
  return async function call<Name extends Names>(name: Name, input: MethodInput<Name>) {
    const method: { readonly input: z.ZodType; readonly output: z.ZodType } = appApi[name];
    const useCase = useCases[name] as unknown as UseCase<MethodName>;
    const result = await useCase(context, method.input.parse(input) as never);
    if (!result.ok) return result;
    return ok(method.output.parse(result.value) as MethodOutput<Name>);
  };
}
