import { randomUUID } from 'node:crypto';

import { createPool } from 'mysql2/promise';
import { afterAll, describe, expect, it } from 'vitest';

import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import { registerUser } from '../../kit/testing/cloud-user';
import { cloud, newEmail } from './testing/auth-api';
import { poll } from './testing/sync-api';

const clients = createPool({ ...cloud.database, database: 'doccentr_clients' });

afterAll(() => clients.end());

describe('R71 the poll', () => {
  it('answers at once who knows less, and otherwise waits as long as it was asked to', async () => {
    const owner = await registerUser();
    const { status, body: heads } = await poll(owner, {}, 25);
    expect([status, Object.keys(heads)]).toEqual([200, ['settings']]);
    const started = performance.now();
    expect((await poll(owner, heads, 2)).body).toEqual(heads);
    expect(performance.now() - started).toBeGreaterThan(1_900);
    const path = `/sync/poll?protocol=${PROTOCOL_VERSION}&known=nonsense`;
    expect((await owner.call({ method: 'GET', path })).status).toBe(400);
  });

  it('ends within a second after a client was made over REST', async () => {
    const owner = await registerUser();
    const body = () => ({ name: 'Client', email: newEmail() });
    let known = (await poll(owner, {}, 0)).body;
    for (let round = 0; round < 3; round += 1) {
      const waiting = poll(owner, known, 25).then((answer) => ({ answer, at: performance.now() }));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const made = await owner.call({ method: 'POST', path: '/clients', body: body() });
      expect(made.status).toBe(201);
      const changed = performance.now();
      const { answer, at } = await waiting;
      expect(answer.body.clients?.version).toBe(round + 1);
      expect(at - changed).toBeLessThan(1_000);
      known = answer.body;
    }
  });

  it('R60 ends when a collection begins another life', async () => {
    const owner = await registerUser();
    const known = (await poll(owner, {}, 0)).body;
    const waiting = poll(owner, known, 25);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // As the command that ends a restore tells it.
    const epoch = randomUUID();
    await clients.query(
      "insert into outbox (event_id, name, tenant, occurred_at, trace, data) values (?, 'ClientsMoved', ?, now(3), '{}', ?)",
      [randomUUID(), owner.business, JSON.stringify({ collection: 'clients', epoch, version: 4 })],
    );
    const { body: heads } = await waiting;
    expect(heads.clients).toEqual({ epoch, version: 4 });
    const older = { ...heads, clients: { epoch: 'an older life', version: 9 } };
    expect((await poll(owner, older, 25)).body).toEqual(heads);
  });

  it('ends for all devices of a business, and for nobody else', async () => {
    const [owner, other] = await Promise.all([registerUser(), registerUser()]);
    const known = (await poll(owner, {}, 0)).body;
    const othersKnown = (await poll(other, {}, 0)).body;
    const waiting = Array.from({ length: 20 }, () => poll(owner, known, 25));
    const apart = poll(other, othersKnown, 3);
    await new Promise((resolve) => setTimeout(resolve, 500));
    // Who waits keeps nobody from being served.
    const started = performance.now();
    await owner.call({ method: 'PUT', path: '/business', body: { phone: '5' } });
    const answers = await Promise.all(waiting);
    expect(performance.now() - started).toBeLessThan(2_000);
    for (const { body } of answers) {
      expect(body.settings?.version).toBe((known.settings?.version ?? 0) + 1);
    }
    expect((await apart).body).toEqual(othersKnown);
  });
});
