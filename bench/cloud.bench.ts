import { startCloud } from '../backend/local/cloud';
import { createTestDirectory, removeTestDirectory } from '../backend/local/testing';
import type { BenchResult } from './bench-result';
import { benchProcesses } from './cloud/processes';
import { benchCreatingClients, benchReadingInvoices } from './cloud/rest';
import { registerTenants } from './cloud/tenants';
import { benchWorkflows } from './cloud/workflows';

/**
 * The cloud on this machine: whole workflows against workers that do nothing, calls against the
 * queries behind them, memory and start of each service.
 */
export async function run(_builtApp: string, part: string): Promise<BenchResult[]> {
  const dataDirectory = createTestDirectory();
  const cloud = await startCloud({
    dataDirectory,
    serviceEnvironment: { DOCCENTR_LOG_LEVEL: 'warn' },
  });
  try {
    const tenants = await registerTenants(cloud, 20);
    const [first] = tenants;
    if (first === undefined) throw new Error('there are no tenants');
    const parts: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
      workflows: () => benchWorkflows(cloud, tenants),
      clients: async () => [await benchCreatingClients(cloud, tenants)],
      invoices: async () => [await benchReadingInvoices(cloud, first)],
      processes: () => benchProcesses(cloud),
    };
    const wanted = Object.entries(parts).filter(([name]) => name.startsWith(part));
    const results: BenchResult[] = [];
    for (const [, measure] of wanted) results.push(...(await measure()));
    return results;
  } finally {
    await cloud.stop();
    removeTestDirectory(dataDirectory);
  }
}
