import { type RestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status?: number;
  readonly code: string;
  readonly title: string;
  readonly retryAfterSeconds?: number;
}

/**
 * The gateway's own refusals, in the same shape as the services' (RFC 9457). A path that does not
 * exist is a 404 here, although the gateway would call it a missing token.
 */
export const GATEWAY_PROBLEMS: readonly GatewayProblem[] = [
  problem('BAD_REQUEST_BODY', 'invalid_body', 'The body is not what this operation takes', 400),
  problem('BAD_REQUEST_PARAMETERS', 'invalid_parameters', 'A parameter is missing', 400),
  problem('UNAUTHORIZED', 'unauthorized', 'A valid token is needed', 401),
  problem('EXPIRED_TOKEN', 'unauthorized', 'The token has expired', 401),
  problem('ACCESS_DENIED', 'forbidden', 'The token does not allow this', 403),
  problem('WAF_FILTERED', 'forbidden', 'The request was refused', 403),
  problem('MISSING_AUTHENTICATION_TOKEN', 'not_found', 'There is nothing here', 404),
  problem('RESOURCE_NOT_FOUND', 'not_found', 'There is nothing here', 404),
  problem('REQUEST_TOO_LARGE', 'payload_too_large', 'The body is too large', 413),
  problem('UNSUPPORTED_MEDIA_TYPE', 'unsupported_media_type', 'The body has a wrong type', 415),
  problem('THROTTLED', 'too_many_requests', 'Too many calls', 429, 1),
  problem('QUOTA_EXCEEDED', 'too_many_requests', 'Too many calls', 429, 60),
  problem('INTEGRATION_FAILURE', 'unavailable', 'The service cannot be reached', 503, 5),
  problem('INTEGRATION_TIMEOUT', 'unavailable', 'The service does not answer', 503, 5),
  problem('AUTHORIZER_FAILURE', 'unavailable', 'Tokens cannot be checked', 503, 5),
  problem('DEFAULT_4XX', 'bad_request', 'The request cannot be served'),
  problem('DEFAULT_5XX', 'unavailable', 'The service cannot answer'),
];

/** Makes the gateway's own answers problem documents. */
export function addGatewayResponses(api: RestApi): void {
  for (const { type, status, code, title, retryAfterSeconds } of GATEWAY_PROBLEMS) {
    const body = { type: 'about:blank', title, status, code, instance: '$context.requestId' };
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': `'${retryAfterSeconds}'` }),
      },
      // The gateway takes the template of this type whatever the caller accepts.
      templates: { 'application/json': JSON.stringify(body) },
    });
  }
}

function problem(
  type: string,
  code: string,
  title: string,
  status?: number,
  retryAfterSeconds?: number,
): GatewayProblem {
  return {
    type: ResponseType.of(type),
    code,
    title,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
