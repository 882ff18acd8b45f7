import Database from 'better-sqlite3';
import { count, eq, isNotNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';

import { compile } from './compile';
import { migrate } from './migrate';
import * as schema from './schema';
import { businesses, clients, documents, taxCodes } from './schema';

const connection = new Database(':memory:');
migrate(connection);
const db = drizzle(connection, { schema });
afterAll(() => connection.close());

const CLIENT = {
  uid: 'a',
  name: 'Łódź',
  sortName: 'lodz',
  contactName: '',
  email: '',
  emailKey: '',
  phone: '',
  address: { line1: '', line2: '', postalCode: '', city: 'Łódź', region: '', country: 'PL' },
  vatNumber: '',
  vatKey: '',
  companyNumber: '',
  currency: null,
  language: 'pl',
  formats: null,
  terms: { kind: 'net_days', days: 14 } as const,
  taxCodeUid: null,
  remindersPaused: true,
  notes: '',
  archivedAt: null,
  deletedAt: null,
  createdAt: '2026-03-10T10:00:00.000Z',
  updatedAt: '2026-03-10T10:00:00.000Z',
};

function placeholders(values: object) {
  return Object.fromEntries(Object.keys(values).map((name) => [name, sql.placeholder(name)]));
}

const insertClient = compile(
  db
    .insert(clients)
    .values(placeholders(CLIENT) as never)
    .prepare(),
);
insertClient.run(CLIENT);
insertClient.run({ ...CLIENT, uid: 'b', terms: null, remindersPaused: false, currency: 'PLN' });
db.insert(taxCodes).values({ uid: 't', name: 'T', category: 'zero', rate: 0, reasons: {} }).run();

describe('a compiled query', () => {
  it('writes values as drizzle does', () => {
    db.insert(clients)
      .values({ ...CLIENT, uid: 'c' })
      .run();
    const [ours, , theirs] = connection.prepare('SELECT * FROM clients ORDER BY id').all();
    expect({ ...(ours as object), id: 0, uid: '' }).toEqual({
      ...(theirs as object),
      id: 0,
      uid: '',
    });
  });

  const queries = {
    'whole rows': () => db.select().from(clients).prepare(),
    'values in any place': () =>
      db
        .select({ uid: clients.uid, terms: clients.terms })
        .from(clients)
        .where(eq(clients.remindersPaused, sql.placeholder('paused')))
        .limit(sql.placeholder('limit'))
        .prepare(),
    'fixed values beside placeholders': () =>
      db
        .select({ paused: clients.remindersPaused })
        .from(clients)
        .where(sql`${clients.language} = ${'pl'} AND ${clients.uid} < ${sql.placeholder('uid')}`)
        .prepare(),
    'expressions and counts': () =>
      db
        .select({
          count: count(),
          name: sql<string>`max(${clients.name})`,
          named: sql<number>`1`.as('named'),
        })
        .from(clients)
        .where(isNotNull(clients.currency))
        .prepare(),
    'joins with a selection of their own': () =>
      db
        .select({ uid: clients.uid, tax: taxCodes.name, reasons: taxCodes.reasons })
        .from(clients)
        .leftJoin(taxCodes, eq(taxCodes.uid, clients.taxCodeUid))
        .prepare(),
    'joins that nest their rows': () =>
      db.select().from(clients).innerJoin(taxCodes, eq(taxCodes.rate, 0)).prepare(),
    'nothing at all': () => db.select().from(businesses).prepare(),
  } as const;
  const values = { paused: 1, limit: 2, uid: 'c' };

  it.each(Object.entries(queries))('answers %s as drizzle does', (_name, build) => {
    const theirs = build();
    const ours = compile(build());
    expect(ours.all(values)).toEqual(theirs.all(values));
    expect(ours.get(values)).toEqual(theirs.get(values));
  });

  it('answers bytes', () => {
    connection.pragma('foreign_keys = OFF');
    const pdf = Buffer.from([0, 255]);
    const insert = db
      .insert(documents)
      .values({ invoiceId: 1, frozen: '', sha256: '', pdf: sql.placeholder('pdf') })
      .prepare();
    expect(compile(insert).run({ pdf }).changes).toBe(1);
    expect(compile(db.select().from(documents).prepare()).get()?.pdf).toEqual(pdf);
  });

  it('throws when a value is missing', () => {
    const query = compile(queries['values in any place']());
    expect(() => query.all({ limit: 1 })).toThrow('no value for placeholder "paused"');
  });
});
