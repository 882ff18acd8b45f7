import type { ApiResult } from '../shared/contracts/api-result';

/** The HTTP status of an answer, for logs and scripts; the pages read the body. */
export function statusOf(result: ApiResult): number {
  if (result.ok) return 200;
  switch (result.error.kind) {
    case 'refused':
      return 422;
    case 'not_found':
    case 'unknown_method':
      return 404;
    case 'no_business':
      return 409;
    case 'not_allowed':
      return 401;
    case 'unavailable':
      return 503;
    case 'internal':
      return 500;
  }
}
