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
export async function run(): Promise<BenchResult[]> {
  const dataDirectory = createTestDirectory();
  const cloud = await startCloud({
    dataDirectory,
    serviceEnvironment: { DOCCENTR_LOG_LEVEL: 'warn' },
  });
  try {
    const tenants = await registerTenants(cloud, 20);
    const [first] = tenants;
    if (first === undefined) throw new Error('there are no tenants');
    return [
      ...(await benchWorkflows(cloud, tenants)),
      await benchCreatingClients(cloud, tenants),
      await benchReadingInvoices(cloud, first),
      ...(await benchProcesses(cloud)),
    ];
  } finally {
    await cloud.stop();
    removeTestDirectory(dataDirectory);
  }
}
