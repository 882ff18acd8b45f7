import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { businessUid } from '../../src/shared/domain/ids';
import type { BenchTenant } from '../cloud/tenants';
import { PASSWORD } from '../cloud/tenants';
import type { BuiltCore } from '../store/built-core';
import { startCore } from '../store/built-core';
import type { Relay } from './relay';

/** A device of a tenant: the built core with a data directory of its own. */
export interface BenchDevice {
  readonly core: BuiltCore;
  readonly dataDirectory: string;
  /** Brings the business to this device; its records come from then on. */
  join(): Promise<void>;
  end(): Promise<void>;
  /** Ends what has not ended. */
  remove(): Promise<void>;
}

/** Starts a core behind the relay and signs in as the tenant's user. */
export async function signIn(
  builtApp: string,
  relay: Relay,
  tenant: BenchTenant,
): Promise<BenchDevice> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-bench-'));
  const core = await startCore(builtApp, dataDirectory, { DOCCENTR_CLOUD_URL: relay.address });
  const answer = await core.call('account.signIn', { email: tenant.email, password: PASSWORD });
  if (answer.kind !== 'signed_in') throw new Error(`signing in ended as ${answer.kind}`);
  let hasEnded = false;

  async function end(): Promise<void> {
    if (!hasEnded) await core.end();
    hasEnded = true;
  }

  return {
    core,
    dataDirectory,
    async join() {
      await core.call('account.join', { uid: businessUid.parse(tenant.business) });
    },
    end,
    async remove() {
      await end();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Resolves when `look` answers true; throws when it has not within `seconds`. */
export async function until(
  seconds: number,
  what: string,
  look: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
