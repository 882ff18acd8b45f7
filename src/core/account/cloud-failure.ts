import { z } from 'zod';

import type { DomainError, Issue, Result } from '../../shared/domain/result';
import { err, issue, ok, refused } from '../../shared/domain/result';
import type { CallBegun, FailedCall } from '../sync/failed-call';
import { failedBy } from '../sync/failed-call';
import { SyncFailure, type SyncFailureKind } from '../sync/transport';

/** Why the cloud did not do something. */
export type CloudFailure =
  /** No answer, or one that is not the cloud's: the network, a proxy, a cloud that is down. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'refused'; readonly status: number; readonly issue: Issue };

export type CloudResult<T> = Result<T, CloudFailure>;

export const UNREACHABLE = err<CloudFailure>({ kind: 'unreachable' });
export const UNAUTHORISED = err<CloudFailure>({ kind: 'unauthorised' });

export function cloudRefused(status: number, field: string, code: string) {
  return err<CloudFailure>({ kind: 'refused', status, issue: issue(field, code) });
}

/** What the user is told of it. */
export function toDomainError(failure: CloudFailure): DomainError {
  return { kind: 'refused', issues: [issueOf(failure)] };
}

function issueOf(failure: CloudFailure): Issue {
  switch (failure.kind) {
    case 'unreachable':
      return issue('', 'cloud_unreachable');
    case 'unauthorised':
      return issue('', 'sign_in_needed');
    case 'refused':
      return failure.issue;
  }
}

/** Runs what sync's own calls do; their failures become what the user is told. */
export async function registering<T>(work: () => Promise<T>): Promise<Result<T, DomainError>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof SyncFailure) return refused('', SYNC_CODES[error.kind]);
    throw error;
  }
}

const SYNC_CODES: Readonly<Record<SyncFailureKind, string>> = {
  offline: 'cloud_unreachable',
  temporary: 'cloud_unreachable',
  unauthorised: 'sign_in_needed',
  update_required: 'update_required',
  cloud_outdated: 'cloud_outdated',
  no_access: 'business_not_in_account',
};

/** The app's own codes for what the API refuses; anything else keeps the API's code. */
const API_CODES: Readonly<Record<string, string>> = {
  password_weak: 'password_too_weak',
  code_invalid: 'code_wrong',
  too_many_requests: 'too_many_tries',
  too_many_attempts: 'too_many_tries',
};

export function codeOfApi(code: string): string {
  return API_CODES[code] ?? code;
}

/** Cognito's names of what it refuses, with the field of the form that each is about. */
const COGNITO_ISSUES: Readonly<Record<string, Issue>> = {
  NotAuthorizedException: issue('password', 'sign_in_failed'),
  UserNotFoundException: issue('password', 'sign_in_failed'),
  CodeMismatchException: issue('code', 'code_wrong'),
  EnableSoftwareTokenMFAException: issue('code', 'code_wrong'),
  ExpiredCodeException: issue('code', 'code_expired'),
  UsernameExistsException: issue('email', 'email_taken'),
  InvalidPasswordException: issue('password', 'password_too_weak'),
  LimitExceededException: issue('', 'too_many_tries'),
  TooManyRequestsException: issue('', 'too_many_tries'),
  TooManyFailedAttemptsException: issue('', 'too_many_tries'),
  CodeDeliveryFailureException: issue('email', 'code_not_delivered'),
};

/** The same of the code that an authenticator app shows: nobody sends another one. */
export const SECOND_STEP_ISSUES: Readonly<Record<string, Issue>> = {
  ...COGNITO_ISSUES,
  CodeMismatchException: issue('code', 'totp_wrong'),
  EnableSoftwareTokenMFAException: issue('code', 'totp_wrong'),
  // Of a code that was used already.
  ExpiredCodeException: issue('code', 'totp_wrong'),
  // The password was given too long ago.
  NotAuthorizedException: issue('', 'sign_in_again'),
};

/**
 * What a call to Cognito failed with, in the words of `issues`. Names of errors decide, never their
 * messages; one of Cognito's or of the app's own that is not known here is a bug and thrown on.
 */
export function failureOfCognito(error: unknown, issues = COGNITO_ISSUES): CloudFailure {
  const name = error instanceof Error ? error.name : '';
  const known = issues[name];
  if (known !== undefined) return { kind: 'refused', status: 400, issue: known };
  if (UNREACHABLE_ERRORS.has(name) || isOfAnother(error)) return { kind: 'unreachable' };
  throw error;
}

/** An answer of something that stands in the way, or of a Cognito that cannot now. */
function isOfAnother(error: unknown): boolean {
  const told = poolAnswer.safeParse(error);
  if (!told.success) return false;
  return told.data.metadata.httpStatusCode >= 500 || !told.data.name.endsWith('Exception');
}

/** What Amplify tells of an answer that is an error. */
const poolAnswer = z.object({
  name: z.string(),
  metadata: z.object({ httpStatusCode: z.int(), requestId: z.string().optional() }),
});

/** No connection, a time-out, and the service's own trouble. */
const UNREACHABLE_ERRORS: ReadonlySet<string> = new Set([
  'NetworkError',
  'TimeoutError',
  'AbortError',
  'InternalErrorException',
  'InternalFailure',
  'ServiceUnavailable',
  'UnknownError',
  'Unknown',
  // Something else answers at this address, and not in JSON.
  'SyntaxError',
]);

/** The same for the log: the name of the error, never its message. */
export function failedAtPool(begun: CallBegun, error: unknown): FailedCall {
  const failed = failedBy(begun, error);
  const told = poolAnswer.safeParse(error);
  if (!told.success) return failed;
  const { httpStatusCode: status, requestId = null } = told.data.metadata;
  return { ...failed, status, requestId };
}
