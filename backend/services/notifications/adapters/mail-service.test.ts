import { describe, expect, it } from 'vitest';

import { handoverOf } from './mail-service';

function failure(name: string, status?: number, message = 'no') {
  return Object.assign(new Error(message), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });
}

describe('an error of SES', () => {
  it.each([
    ['a time-out', failure('TimeoutError')],
    ['an aborted call', failure('AbortError')],
    ['a reset', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['an error of the server', failure('InternalServiceErrorException', 500)],
    ['no capacity', failure('ServiceUnavailable', 503)],
    ['an answer that cannot be read', failure('SyntaxError', 200)],
  ])('leaves open whether the mail went out: %s', (_, error) => {
    expect(handoverOf(error)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['throttling', failure('TooManyRequestsException', 429), 'mail_throttled'],
    ['the limit of the account', failure('LimitExceededException', 400), 'mail_throttled'],
    ['a role that may not', failure('AccessDeniedException', 403), 'mail_service_refused'],
    [
      'nobody there',
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      'mail_service_unreachable',
    ],
  ])('says that it did not, and may later: %s', (_, error, reason) => {
    expect(handoverOf(error)).toEqual({ kind: 'refused', reason, isTransient: true });
  });

  it.each([
    ['a rejected message', failure('MessageRejected', 400), 'mail_rejected'],
    ['a bad request', failure('BadRequestException', 400), 'mail_rejected'],
    [
      'an unverified sender',
      failure('MessageRejected', 400, 'Email address is not verified.'),
      'sender_unverified',
    ],
  ])('says that it never will: %s', (_, error, reason) => {
    expect(handoverOf(error)).toEqual({ kind: 'refused', reason, isTransient: false });
  });
});
