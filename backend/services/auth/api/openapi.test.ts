import { describe, expect, it } from 'vitest';

import { ALL_ROUTES } from '../../../../src/shared/contracts/rest-v1/routes';
import { openApiDocument } from '../../../kit/http/openapi';
import { compareContract } from '../testing/compare-contract';
import contract from '../testing/contract-v1.json' with { type: 'json' };

interface Operation {
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

function operations(): ReadonlyMap<string, Operation> {
  const paths = openApiDocument()['paths'] as Record<string, Record<string, Operation>>;
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one]),
    ),
  );
}

/** A copy of the contract with one thing changed. */
function changed(change: (copy: typeof contract) => void): typeof contract {
  const copy = structuredClone(contract);
  change(copy);
  return copy;
}

describe('the OpenAPI document', () => {
  it('keeps what the contract promises, but for quantities, which may be fractions', () => {
    const differences = compareContract(contract, openApiDocument());
    expect(differences.length).toBeGreaterThan(0);
    for (const one of differences) {
      expect(one).toMatch(/^\w+ \/(?:invoices|orders).*\.quantity: type integer became number$/u);
    }
  });

  it('shows every route and nothing else', () => {
    const routes = ALL_ROUTES.map((route) => `${route.method} ${route.path}`);
    expect([...operations().keys()].toSorted()).toEqual(routes.toSorted());
  });

  it('asks for a token where a route needs one, and for nothing else that must be sent', () => {
    for (const route of ALL_ROUTES) {
      const operation = operations().get(`${route.method} ${route.path}`)!;
      const expected = route.access === 'none' ? [] : [{ BearerAuth: [] }];
      expect(operation.security).toEqual(expected);
      expect('401' in operation.responses).toBe(
        route.access !== 'none' || ['login', 'refresh'].includes(route.operationId),
      );
    }
  });

  it('answers every refusal as application/problem+json', () => {
    for (const [name, { responses }] of operations()) {
      const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      expect(refusals.map(([status]) => status)).toEqual(expect.arrayContaining(['429', '503']));
      for (const [status, { content }] of refusals) {
        expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual([
          'application/problem+json',
        ]);
      }
    }
  });

  it('names the headers that calls may carry', () => {
    const headersOf = (name: string) =>
      (operations().get(name)?.parameters ?? [])
        .filter((one) => one.in === 'header')
        .map((one) => one.name);
    expect(headersOf('POST /clients')).toEqual(['X-Business-Id', 'Idempotency-Key']);
    expect(headersOf('PUT /clients/{clientId}')).toEqual(['X-Business-Id', 'If-Match']);
    expect(headersOf('GET /clients/{clientId}')).toEqual(['X-Business-Id', 'If-None-Match']);
    expect(headersOf('POST /auth/login')).toEqual([]);
  });
});

describe('the comparison with the contract', () => {
  it('finds nothing between a contract and itself', () => {
    expect(compareContract(contract, contract)).toEqual([]);
  });

  it.each<[string, (copy: typeof contract) => void, string]>([
    [
      'a path that is gone',
      (copy) => Reflect.deleteProperty(copy.paths, '/clients'),
      'GET /clients is missing',
    ],
    [
      'a status that is gone',
      (copy) => Reflect.deleteProperty(copy.paths['/clients/{clientId}'].get.responses, '404'),
      'GET /clients/{clientId}: status 404 is missing',
    ],
    [
      'a parameter that is gone',
      (copy) => copy.paths['/invoices'].get.parameters.pop(),
      'GET /invoices parameter client_id is missing',
    ],
    [
      'a field that is gone',
      (copy) => Reflect.deleteProperty(copy.components.schemas.Client.properties, 'phone'),
      'GET /clients/{clientId} 200.phone is missing',
    ],
    [
      'another type',
      (copy) => (copy.components.schemas.Client.properties.id.type = 'string'),
      'GET /clients/{clientId} 200.id: type integer became string',
    ],
    [
      'another format',
      (copy) => (copy.components.schemas.Invoice.properties.due_date.format = 'date-time'),
      'GET /invoices/{invoiceId} 200.due_date: format date became date-time',
    ],
    [
      'a value that callers do not know',
      (copy) => copy.components.schemas.Order.properties.status.enum.push('lost'),
      'GET /orders/{orderId} 200.status: values',
    ],
    [
      'a value that callers can no longer send',
      (copy) => copy.components.schemas.InvoiceUpdate.properties.status.enum.pop(),
      'PUT /invoices/{invoiceId} body.status: values',
    ],
    [
      'a field that is asked for now',
      (copy) => copy.components.schemas.ClientInput.required.push('phone'),
      'POST /clients body.phone is asked for',
    ],
    [
      'a token that is asked for now',
      (copy) => Object.assign(copy.paths['/auth/login'].post, { security: [{ BearerAuth: [] }] }),
      'POST /auth/login: security',
    ],
  ])('finds %s', (_, change, expected) => {
    expect(compareContract(contract, changed(change))).toContain(expected);
  });
});
