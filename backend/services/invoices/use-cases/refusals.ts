import type { Issue, Result } from '../../../../src/shared/domain/result';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound } from '../../../kit/http/refusal';
import { restIssue } from '../domain/rest-issues';

/** What the rules refuse as bad input, in the contract's words. */
export function invalidFor(issues: readonly Issue[]): Refusal {
  return invalid(issues.map(restIssue));
}

/** What the rules refuse because of what stands there, named after the first reason. */
export function conflictFor(issues: readonly Issue[]): Refusal {
  return conflict(issues[0]?.code ?? 'refused', issues.map(restIssue));
}

/** The value, or the refusal of a rule made by `refusal`. */
export function orRefuse<T>(
  result: Result<T>,
  refusal: (issues: readonly Issue[]) => Refusal,
): T | Refusal {
  if (result.ok) return result.value;
  return result.error.kind === 'refused'
    ? refusal(result.error.issues)
    : notFound(result.error.entity);
}
