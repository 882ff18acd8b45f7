import { readFileSync } from 'node:fs';

import type { Cloud } from '../../backend/local/cloud';
import type { BenchResult } from '../bench-result';
import { within } from '../bench-result';

const MEMORY_MB = 150;
const READY_MS = 2_000;

/** Memory of each service after all that was asked of it, and how long it takes to be ready. */
export async function benchProcesses(cloud: Cloud): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, service] of Object.entries(cloud.services)) {
    const used = residentMegabytes(service.pid);
    results.push(within(MEMORY_MB, `${name}: resident memory after the load, MB`, used, MEMORY_MB));
  }
  for (const [name, service] of Object.entries(cloud.services)) {
    await service.stop();
    const start = performance.now();
    await service.start();
    const taken = performance.now() - start;
    results.push(within(READY_MS, `${name}: from its start to ready, ms`, taken, READY_MS));
  }
  return results;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
