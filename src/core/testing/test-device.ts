import { ok } from '../../shared/domain/result';
import { bind } from '../account/binding';
import type { BusinessContext } from '../context';
import { createSyncEngine, type SyncEngine } from '../sync/engine';
import type { SyncTransport } from '../sync/transport';
import { openTestBusiness } from './open-test-business';

export interface TestDevice {
  readonly context: BusinessContext;
  readonly engine: SyncEngine;
  /** The steps that the engine passed, in their order. */
  readonly passed: string[];
  close(): void;
}

export interface TestDeviceOptions {
  readonly transport: SyncTransport;
  readonly now?: () => Date;
  /** What happens at each step; a rejection is a process that ends there. */
  readonly checkpoint?: (name: string) => Promise<void>;
  readonly settleDevice?: (isForked: boolean) => Promise<'known' | 'renewed'>;
}

/** A bound business on real files, and the engine that keeps it in step with any cloud. */
export function openTestDevice(options: TestDeviceOptions): TestDevice {
  const { transport, now, settleDevice = () => Promise.resolve('known' as const) } = options;
  const business = openTestBusiness({}, now === undefined ? {} : { now });
  const { context } = business;
  const bound = context.replica.write((scope) => {
    bind(scope, { accountId: 'account', device: context.deviceUid, letter: '' });
    return ok(undefined);
  });
  if (!bound.ok) throw new Error('the replica was not bound');
  const passed: string[] = [];
  const engine = createSyncEngine({
    replica: context.replica,
    transport,
    device: () => context.deviceUid,
    checkpoint: async (name) => {
      passed.push(name);
      await options.checkpoint?.(name);
    },
    told: () => undefined,
    taken: () => undefined,
    settleDevice,
  });
  return { context, engine, passed, close: () => business.close() };
}
