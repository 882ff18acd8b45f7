import type { Round } from '../../../src/core/sync/engine';
import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import type { Clock } from './clock';
import type { Cloud } from './cloud';
import { type Device, Killed } from './device';
import type { CallFault, FaultCount } from './fault-plan';
import { createFaultyTransport, LateRequests } from './faulty-transport';
import type { Checkpoint } from './rounds';
import type { Act, Step } from './schedule';
import { trace } from './trace';

export type HowItGoes = Pick<
  Extract<Step, { kind: 'sync' }>,
  'asks' | 'faults' | 'killAt' | 'acts'
>;
export const UNDISTURBED: HowItGoes = { asks: 'moved', faults: [], killAt: null, acts: [] };

export interface SyncingOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly counts: FaultCount;
  /** A person does something on a device. */
  readonly act: (device: Device, act: Act) => Promise<void>;
}

/** How devices sync, and what happens to them meanwhile. */
export class Syncing {
  readonly #late = new LateRequests();

  constructor(private readonly options: SyncingOptions) {}

  transport(role: Role, faults: readonly (CallFault | null)[]): SyncTransport {
    const { cloud, clock, counts } = this.options;
    let call = 0;
    return createFaultyTransport(
      {
        cloud,
        role,
        nextFault: () => {
          const fault = faults[call] ?? null;
          call += 1;
          return fault;
        },
        counts,
        onDelay: () => clock.pass(20_000),
        cloudTime: () => new Date(clock.now()),
      },
      this.#late,
    );
  }

  /** Null where the process was killed, or the cloud not reached, or there is nothing to sync with. */
  async sync(device: Device, { asks, faults, killAt, acts }: HowItGoes): Promise<Round | null> {
    if (device.isAlone) return null;
    const transport = this.transport(device.role, faults);
    return await this.untilKilled(device, killAt, acts, (checkpoint) =>
      device.sync(transport, { asks, checkpoint }),
    );
  }

  /** Null where the process was killed, or the cloud not reached. */
  async untilKilled<T>(
    device: Device,
    killAt: number | null,
    acts: HowItGoes['acts'],
    work: (checkpoint: Checkpoint) => Promise<T>,
  ): Promise<T | null> {
    const { counts, act: perform } = this.options;
    let passed = 0;
    const checkpoint = async () => {
      const now = passed;
      passed += 1;
      if (now === killAt) {
        device.kill();
        throw new Killed();
      }
      for (const act of acts.filter(({ at }) => at === now)) {
        counts.add('act_meanwhile');
        await perform(device, act);
      }
    };
    try {
      const result = await work(checkpoint);
      trace(() => `${device.name}: ${String(result)}`);
      return result;
    } catch (error) {
      trace(() => `${device.name}: ${String(error)}`);
      if (error instanceof Killed) {
        counts.add('kill_device');
        await device.restart();
      } else if (!(error instanceof SyncFailure)) throw error;
      return null;
    }
  }

  /** Lets what is still on its way arrive. */
  async settleLate(): Promise<void> {
    await this.#late.arrive();
  }
}
