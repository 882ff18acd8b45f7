import { settleDevice } from '../../../src/core/account/register-device';
import type { BusinessContext } from '../../../src/core/context';
import { createSyncEngine, type Round, type SyncEngine } from '../../../src/core/sync/engine';
import { movedIn } from '../../../src/core/sync/live-sync';
import { countWaiting } from '../../../src/core/sync/outbox-repository';
import type { SyncTransport } from '../../../src/core/sync/transport';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';

export type Checkpoint = () => Promise<void>;

export interface HowToSync {
  /** `all`: asks every collection, as after a start; otherwise those that a poll says have moved. */
  readonly asks: 'all' | 'moved';
  readonly checkpoint: Checkpoint;
}

/** The rounds of one process, as src/core/sync/live-sync.ts begins them, but for the time between. */
export class Rounds {
  /** What the next round takes in. */
  #moved: Set<SyncCollection> | 'all' = 'all';
  #isAgain = false;

  async begin(
    context: BusinessContext,
    name: string,
    transport: SyncTransport,
    { asks, checkpoint }: HowToSync,
  ): Promise<Round> {
    const engine = createSyncEngine({
      replica: context.replica,
      transport,
      device: () => context.deviceUid,
      checkpoint,
      told: () => undefined,
      taken: () => undefined,
      settleDevice: (isForked) =>
        settleDevice(
          {
            replica: context.replica,
            name,
            // A process may end between the answer and the transaction that stores it.
            register: async (asked) => {
              await checkpoint();
              const registered = await transport.register(asked);
              await checkpoint();
              return registered;
            },
          },
          isForked,
        ),
    });
    if (asks === 'all') this.#moved = 'all';
    else await this.#poll(engine, transport);
    return await this.#round(context, engine);
  }

  async #poll(engine: SyncEngine, transport: SyncTransport): Promise<void> {
    const known = engine.known();
    try {
      const found = await transport.poll(known, 0, new AbortController().signal);
      const moved = movedIn(known, found);
      if (this.#moved !== 'all') for (const one of moved) this.#moved.add(one);
    } catch (error) {
      this.#moved = 'all';
      throw error;
    }
  }

  async #round({ replica }: BusinessContext, engine: SyncEngine): Promise<Round> {
    const wanted = this.#moved;
    const hasNews = wanted === 'all' || wanted.size > 0 || this.#isAgain;
    if (!hasNews && replica.read(countWaiting) === 0) return 'done';
    this.#moved = new Set();
    this.#isAgain = false;
    try {
      const round = await engine.syncOnce(wanted === 'all' ? undefined : wanted);
      this.#isAgain = round === 'again';
      return round;
    } catch (error) {
      this.#moved = wanted;
      throw error;
    }
  }
}
