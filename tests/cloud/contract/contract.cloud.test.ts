import { beforeAll, expect, it } from 'vitest';

import { callApi } from '../../../backend/kit/testing/cloud-user';
import type { Tenant } from '../support/tenant';
import { createTenant } from '../support/tenant';
import { trySchemathesis } from './schemathesis';

/** `npm run test:contract` sets it: as many cases at least, over all phases. */
const WANTED = Number(process.env['DOCCENTR_CONTRACT_CASES'] ?? 0);

/** Cases of the phases without any fuzzing, and those of one example of every operation, about. */
const WITHOUT_EXAMPLES = 8_000;
const PER_EXAMPLE = 70;

const PHASES = ['--phases', 'examples,coverage,fuzzing'];

const SECONDS = 1_000;

let tenant: Tenant;
let document: unknown;

beforeAll(async () => {
  tenant = await createTenant('Contract');
  document = (await callApi({ method: 'GET', path: '/openapi.json' })).body;
});

it(
  'holds what its document says',
  async () => {
    await (WANTED === 0
      ? holds(10_000, [...PHASES, '--max-examples', '28', '--seed', '4', '--no-shrink'])
      : holds(WANTED, [...PHASES, '--max-examples', String(examplesFor(WANTED))]));
  },
  (WANTED === 0 ? 180 : 3_600) * SECONDS,
);

function examplesFor(cases: number): number {
  return Math.max(1, Math.ceil((1.1 * cases - WITHOUT_EXAMPLES) / PER_EXAMPLE));
}

async function holds(wanted: number, parameters: readonly string[]): Promise<void> {
  const { token, business } = tenant.owner;
  const verdict = await trySchemathesis({ token, business, document, parameters });
  const statuses = [...verdict.statuses].toSorted(([one], [other]) => one - other);
  const counts = statuses.map(([status, count]) => `${status}: ${count}`).join(', ');
  process.stderr.write(`doccentr: ${verdict.cases} cases; calls by status: ${counts}\n`);
  expect(verdict.exitCode, verdict.output).toBe(0);
  expect(statuses.filter(([status]) => status >= 500)).toEqual([]);
  expect(verdict.cases).toBeGreaterThanOrEqual(wanted);
}
