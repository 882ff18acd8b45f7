import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const services = join(import.meta.dirname, '..', '..', 'services');

/** They took away what no installation ever had: there was no version yet. */
const BEFORE_THE_FIRST_VERSION = new Set([
  ...['auth', 'clients', 'orders', 'invoices'].map((service) => `${service}/outcomes_are_kept`),
  'invoices/no_restores',
]);

/** What a process of the version before could not live with. */
const TAKES_AWAY = /\b(?:drop|rename|modify|change)\b/iu;

it('a migration takes nothing away that the version before still uses', () => {
  const files = globSync('*/db/migrations/*.sql', { cwd: services });
  expect(files.length).toBeGreaterThan(0);
  const taking = files.filter((file) => {
    const [, service, name] = /^(\w+)\/.*\/\d{4}_(\w+)\.sql$/u.exec(file) ?? [];
    return (
      !BEFORE_THE_FIRST_VERSION.has(`${service ?? ''}/${name ?? ''}`) &&
      TAKES_AWAY.test(readFileSync(join(services, file), 'utf8'))
    );
  });
  expect(taking).toEqual([]);
});
