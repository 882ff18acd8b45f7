import { startCloud } from '../backend/local/cloud';
import { createTestDirectory, removeTestDirectory } from '../backend/local/testing';
import type { BenchResult } from './bench-result';
import { registerTenants } from './cloud/tenants';
import { benchFirstPull } from './sync/first-pull';
import { benchLive } from './sync/live';
import { benchPush } from './sync/push';

/**
 * Devices and the cloud on one machine: a first pull of 100,000 invoices, a push of 10,000, one
 * change on its way to another device, and devices that have nothing to do.
 */
export async function run(builtApp: string): Promise<BenchResult[]> {
  const dataDirectory = createTestDirectory();
  const cloud = await startCloud({
    dataDirectory,
    serviceEnvironment: { DOCCENTR_LOG_LEVEL: 'warn' },
  });
  try {
    const [pulling, pushing, living] = await registerTenants(cloud, 3);
    if (pulling === undefined || pushing === undefined || living === undefined) {
      throw new Error('there are no tenants');
    }
    return [
      ...(await benchLive(cloud, builtApp, living)),
      ...(await benchPush(cloud, pushing)),
      ...(await benchFirstPull(cloud, builtApp, pulling)),
    ];
  } finally {
    await cloud.stop();
    removeTestDirectory(dataDirectory);
  }
}
