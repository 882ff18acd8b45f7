import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { getTableName, isTable } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

import { SERVICE_TABLE } from '../../backend/infra/services';
import * as kitTables from '../../backend/kit/database/kit-tables';
import { repositoryRoot } from '../../backend/local/repository-root';
import { EVENTS } from '../../src/shared/contracts/events/events';
import { WORKFLOW_STEPS } from '../../src/shared/contracts/events/workflow';
import type { ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';

const EVENT = /^[A-Z]\w+$/u;
const TABLE = /^[a-z_]+$/u;

/** The names in code style that the row or the section of a service's README holds. */
function namesIn(service: ServiceName, title: string, kind: RegExp): readonly string[] {
  const file = join(repositoryRoot, 'backend', 'services', service, 'README.md');
  const readme = readFileSync(file, 'utf8');
  const row = new RegExp(`^\\|\\s*${title}\\s*\\|(.*)\\|$`, 'imu').exec(readme)?.[1];
  const section = readme.split(/^## /mu).find((one) => one.startsWith(`${title}\n`));
  const text = row ?? section ?? '';
  const names = [...text.matchAll(/`([^`]+)`/gu)].map(([, name]) => name ?? '');
  return names.filter((name) => kind.test(name)).toSorted();
}

function tablesOf(schema: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(schema).flatMap((one) => (isTable(one) ? [getTableName(one)] : []));
}

describe.each(SERVICES)('the README of %s', (service) => {
  it('names every event that it hears', () => {
    const { events, requests, retries = [] } = SERVICE_TABLE[service];
    const steps = [...requests, ...retries].map((step) => WORKFLOW_STEPS[step].event);
    const heard = [...events, ...steps];
    expect(namesIn(service, 'Events in', EVENT)).toEqual(heard.toSorted());
  });

  it('names every event that it tells', () => {
    const told = Object.entries(EVENTS).flatMap(([name, { source }]) =>
      source === service ? [name] : [],
    );
    expect(namesIn(service, 'Events out', EVENT)).toEqual(told.toSorted());
  });

  it('names every table that it owns', async () => {
    const path = join(repositoryRoot, 'backend', 'services', service, 'db', 'schema.ts');
    const schema = (await import(path)) as Readonly<Record<string, unknown>>;
    const ofTheKit = tablesOf(kitTables);
    // Memberships are the auth service's own; the others keep what it tells.
    const own = tablesOf(schema).filter(
      (name) => !ofTheKit.includes(name) || (service === 'auth' && name === 'memberships'),
    );
    expect(namesIn(service, 'Tables', TABLE)).toEqual(own.toSorted());
  });
});
