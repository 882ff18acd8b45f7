import { z } from 'zod';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiOverride,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { createDocument } from 'zod-openapi';

import { problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { Route } from '../../../src/shared/contracts/rest-v1/route';
import { needsToken } from '../../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../../src/shared/contracts/rest-v1/routes';

type Document = ReturnType<typeof createDocument>;
type Headers = Record<string, z.ZodType>;

let made: Document | undefined;

/** The OpenAPI document of the whole API, made from the route table when first asked for. */
export function openApiDocument(): Record<string, unknown> {
  made ??= createOpenApiDocument(ALL_ROUTES);
  return { ...made };
}

export function createOpenApiDocument(routes: readonly Route[]): Document {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Invoice Management System API',
        description:
          'API for managing invoices, clients, and orders in the Invoice Management System',
        version: '1.0.0',
      },
      servers: [{ url: 'https://api.doccentr.com/v1' }],
      paths: pathsOf(routes),
      components: {
        securitySchemes: {
          BearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
    },
    { override: showWhatIsSent },
  );
}

/**
 * Numbers in addresses are read from digits: what is sent is an integer, and the digits are how a
 * URL says it.
 */
const showWhatIsSent: ZodOpenApiOverride = ({ zodSchema, jsonSchema, io }) => {
  if (io !== 'input' || zodSchema._zod.def.type !== 'pipe') return;
  const output = z.toJSONSchema(zodSchema, { io: 'output', unrepresentable: 'any' });
  if (output.type !== 'integer' || jsonSchema.type !== 'string') return;
  delete jsonSchema.pattern;
  const { minimum, maximum } = output;
  Object.assign(jsonSchema, { type: 'integer', minimum, maximum });
};

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    (paths[route.path] ??= {})[method] = operationOf(route);
  }
  return paths;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const headers = requestHeaders(route);
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    security: needsToken(route) ? [{ BearerAuth: [] }] : [],
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(Object.keys(headers).length === 0 ? {} : { header: z.object(headers) }),
    },
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: route.body } },
          },
        }),
    responses: { ...successes(route), ...refusals(route) },
  };
}

const ETAG = z.string().regex(/^"\d{1,10}"$/);

function requestHeaders(route: Route): Headers {
  const headers: Headers = {};
  if (typeof route.access === 'object') {
    headers['X-Business-Id'] = z
      .uuid()
      .optional()
      .meta({ description: "The business that the call is about; the caller's first if left out" });
  }
  if (route.isIdempotent) {
    headers['Idempotency-Key'] = z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/)
      .optional()
      .meta({ description: 'A call that is repeated with its key has its effect once' });
  }
  if (route.hasETag && route.method === 'GET') {
    headers['If-None-Match'] = z
      .string()
      .optional()
      .meta({ description: 'Answers 304 when this is still the ETag' });
  }
  if (route.hasETag && (route.method === 'PUT' || route.method === 'DELETE')) {
    headers['If-Match'] = z
      .string()
      .regex(/^(?:\*|"\d{1,10}")$/)
      .optional()
      .meta({ description: 'The ETag that was read; 409 when the record has changed since' });
  }
  return headers;
}

function successes(route: Route): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, reply] of Object.entries(route.success)) {
    const headers: Headers = {
      ...(route.hasETag && reply.body !== undefined
        ? { ETag: ETAG.meta({ description: 'The revision of the record' }) }
        : {}),
      ...(route.isPaged
        ? {
            Link: z
              .string()
              .optional()
              .meta({ description: 'The next page, rel="next"; left out on the last one' }),
          }
        : {}),
    };
    responses[status as '200'] = {
      description: reply.description,
      ...(Object.keys(headers).length === 0 ? {} : { headers: z.object(headers) }),
      ...(reply.body === undefined
        ? {}
        : { content: { 'application/json': { schema: reply.body } } }),
    };
  }
  if (route.hasETag && route.method === 'GET') responses['304'] = { description: 'Not modified' };
  return responses;
}

const REFUSALS = {
  400: 'Invalid input',
  401: 'Authentication failed',
  403: 'The role of the caller does not allow this',
  404: 'Not found, or of another business',
  409: 'Conflicts with what stands there',
  413: 'The request is too large',
  415: 'The body must be application/json',
  429: 'Too many requests; Retry-After tells when to come back',
  503: 'Temporarily unavailable; Retry-After tells when to come back',
} as const;
type RefusalStatus = keyof typeof REFUSALS;

const problemReply = problem.meta({ id: 'Problem' });

/** Which refusals a route can answer follows from what it takes and who may call it. */
function refusals(route: Route): ZodOpenApiResponsesObject {
  const isChange = route.method !== 'GET';
  const isOfMember = typeof route.access === 'object';
  const found: RefusalStatus[] = [
    ...(isChange || route.query !== undefined || route.params !== undefined ? [400 as const] : []),
    ...(needsToken(route) ? [401 as const] : []),
    ...(isOfMember ? [403 as const, 404 as const] : []),
    ...(isOfMember && isChange ? [409 as const] : []),
    ...(isChange ? [413 as const, 415 as const] : []),
    429,
    503,
    ...(route.refusals ?? []),
  ];
  return Object.fromEntries(
    [...new Set(found)]
      .toSorted((one, other) => one - other)
      .map((status) => [
        String(status),
        {
          description: REFUSALS[status],
          ...(status === 429 || status === 503
            ? { headers: z.object({ 'Retry-After': z.string().optional() }) }
            : {}),
          content: { 'application/problem+json': { schema: problemReply } },
        },
      ]),
  );
}
