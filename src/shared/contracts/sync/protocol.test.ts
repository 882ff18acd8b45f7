import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Route } from '../rest-v1/route';
import { COLLECTION_ORDER, SYNC_COLLECTIONS } from './collections';
import * as protocol from './protocol';
import * as records from './records';
import { deviceRoutes, syncRoutesOf } from './routes';

/** Every version of what devices and the cloud say to each other: only ever added to. */
const HISTORY: readonly {
  readonly version: number;
  readonly hash: string;
  readonly why: string;
}[] = [
  {
    version: 1,
    hash: '6d4999f19fbc20e3a37ea3b7545ac5c6cb1a7e544f2b53fae27fe89b73a339b5',
    why: 'nine collections with mutations, pages, epochs and one poll',
  },
  {
    version: 2,
    hash: '68f5904a4f4ea102edc8a4271e1809e95a5915b11d46304d3cc23d2157cc47f6',
    why: 'a pull from the start may name the head that it began at (R56)',
  },
  {
    version: 3,
    hash: '0d4c6e5b204f509392b7339a4852795c62a89f31d0cc2d1304a88b0704596fb9',
    why: 'finalising is answered with what was typed into the draft meanwhile (R41)',
  },
  {
    version: 4,
    hash: '21eada5fd08020ab7b7dcd45e375bc81fc89918115c5dc0bcc7985ee68b7a917',
    why: 'a mutation says that it is told again (R64); an answer, what its author has to pull (R55)',
  },
  {
    version: 5,
    hash: '90ef6ce5a7d37cb43ada5def15228d6278e42cd2a35715d1838936d60b1d4601',
    why: 'a series no longer says whether somebody takes numbers from it (R3)',
  },
  {
    version: 6,
    hash: 'db33f0c38a6ebb830415f5c4881af87776672e855b36925ab207eea1b7f56774',
    why: 'a push no longer tells which outcomes have arrived: the cloud keeps them for good (R16)',
  },
];

describe('the wire schemas', () => {
  it('R4 change only together with the protocol version, and with a line of history', () => {
    const hash = hashOf(wireSchemas());
    const current = HISTORY.at(-1);
    expect(
      { version: current?.version, hash: current?.hash },
      'what travels has changed: raise PROTOCOL_VERSION and add a line to HISTORY',
    ).toEqual({ version: protocol.PROTOCOL_VERSION, hash });
  });

  it('R4 have a history without gaps, each version different from the one before', () => {
    expect(HISTORY.map(({ version }) => version)).toEqual(HISTORY.map((_, index) => index + 1));
    expect(new Set(HISTORY.map(({ hash }) => hash)).size).toBe(HISTORY.length);
    expect(HISTORY.every(({ why }) => why.length > 10)).toBe(true);
    expect(protocol.OLDEST_PROTOCOL_VERSION).toBeLessThanOrEqual(protocol.PROTOCOL_VERSION);
    expect(protocol.OLDEST_PROTOCOL_VERSION).toBeGreaterThanOrEqual(1);
  });
});

describe('the hash of the wire schemas', () => {
  it('is of every message, every record and every route', () => {
    const names = Object.keys(wireSchemas());
    expect(names).toEqual(
      expect.arrayContaining([
        'protocol.pushRequest',
        'protocol.pushAnswer',
        'protocol.pullAnswer',
        'protocol.heads',
        'protocol.registeredDevice',
        'records.invoiceRecord',
        ...COLLECTION_ORDER.map((collection) => `collection.${collection}`),
        'route.pushInvoices',
        'route.pullSettings',
        'route.pollSync',
      ]),
    );
  });

  it('is another when a field is added, is made optional, or is limited otherwise', () => {
    const before = z.object({ a: z.string().max(10), b: z.int() });
    const others = [
      before.extend({ c: z.boolean() }),
      before.extend({ b: z.int().optional() }),
      before.extend({ a: z.string().max(11) }),
      before.omit({ b: true }),
    ];
    const hashes = [before, ...others].map((schema) => hashOf({ one: shapeOf(schema) }));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('is the same whatever the order in which fields are written', () => {
    const [one, other] = [
      z.object({ a: z.string(), b: z.int() }),
      z.object({ b: z.int(), a: z.string() }),
    ];
    expect(hashOf({ it: shapeOf(one) })).toBe(hashOf({ it: shapeOf(other) }));
  });
});

/** Everything that travels, by name, as JSON Schema: how it is read, and how it is written. */
function wireSchemas(): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {
    limits: { batch: protocol.MAX_BATCH, page: protocol.MAX_PAGE_BYTES },
    refusal: protocol.UPDATE_REQUIRED,
    order: COLLECTION_ORDER,
  };
  for (const [module, exported] of Object.entries({ protocol, records })) {
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodType) found[`${module}.${name}`] = shapeOf(value);
    }
  }
  for (const [name, { service, record }] of Object.entries(SYNC_COLLECTIONS)) {
    found[`collection.${name}`] = { service, record: shapeOf(record) };
    Object.assign(found, routesOf(syncRoutesOf(service)));
  }
  return { ...found, ...routesOf(deviceRoutes) };
}

function routesOf(routes: Readonly<Record<string, Route>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(routes).map(([name, { method, path, query }]) => [
      `route.${name}`,
      { method, path, query: query === undefined ? null : shapeOf(query) },
    ]),
  );
}

function shapeOf(schema: z.ZodType): unknown {
  return (['input', 'output'] as const).map((io) =>
    z.toJSONSchema(schema, { io, unrepresentable: 'any' }),
  );
}

function hashOf(schemas: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(schemas)))
    .digest('hex');
}

/** With keys, and the names of required fields, in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, key === 'required' ? namesIn(inner) : sorted(inner)]),
  );
}

function namesIn(required: unknown): unknown {
  return Array.isArray(required) ? required.toSorted() : required;
}
