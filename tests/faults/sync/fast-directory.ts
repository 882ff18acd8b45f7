import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Where files cost no wait for a disk, if there is such a place: a schedule ends processes, never
 * the machine, so that what was written is there in either case.
 */
export function fastDirectory(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
