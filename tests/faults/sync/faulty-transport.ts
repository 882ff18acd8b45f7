import { ProtocolVersionError } from '../../../backend/kit/sync/protocol-version';
import {
  deviceRegistration,
  heads,
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  pullAnswer,
  pushAnswer,
  pushRequest,
  registeredDevice,
} from '../../../src/shared/contracts/sync/protocol';
import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import type { Cloud } from './cloud';
import type { CallFault, FaultCount } from './fault-plan';

export interface FaultyTransportOptions {
  readonly cloud: () => Cloud;
  /** What happens to the next call; null: nothing. */
  readonly nextFault: () => CallFault | null;
  readonly counts: FaultCount;
  /** The answer is late: the clock of the world moves on. */
  readonly onDelay: () => void;
  readonly cloudTime: () => Date;
}

/** Requests that arrive after later ones, by all devices. */
export class LateRequests {
  readonly #waiting: (() => Promise<unknown>)[] = [];

  add(request: () => Promise<unknown>): void {
    this.#waiting.push(request);
  }

  /** Lets them arrive; nobody hears the answers. */
  async arrive(): Promise<void> {
    for (const request of this.#waiting.splice(0)) await request().catch(ignoreRefusal);
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ProtocolVersionError)) throw error;
}

/** Calls of one device, as JSON text, through a network that does what it likes. */
export function createFaultyTransport(
  options: FaultyTransportOptions,
  late: LateRequests,
): SyncTransport {
  async function carry(
    request: unknown,
    perform: (request: string, protocol: number) => Promise<unknown>,
  ): Promise<unknown> {
    const fault = options.nextFault();
    if (fault !== null) options.counts.add(fault);
    const text = JSON.stringify(request);
    const once = async (protocol = PROTOCOL_VERSION): Promise<string> =>
      JSON.stringify(await perform(text, protocol));
    switch (fault) {
      case null:
        return JSON.parse(await arrived(once)) as unknown;
      case 'drop_request':
        throw new SyncFailure('offline');
      case 'drop_answer':
        await arrived(once);
        throw new SyncFailure('offline');
      case 'duplicate': {
        await arrived(once);
        return JSON.parse(await once()) as unknown;
      }
      case 'reorder': {
        const answer = await arrived(once);
        late.add(once);
        return JSON.parse(answer) as unknown;
      }
      case 'cut_answer': {
        const answer = await arrived(once);
        return parseOrFail(answer.slice(0, Math.floor(answer.length / 2)));
      }
      case 'cut_request':
        return parseOrFail(text.slice(0, Math.floor(text.length / 2)));
      case 'answer_409':
      case 'answer_500':
        throw new SyncFailure('temporary');
      case 'answer_429':
      case 'answer_503':
        throw new SyncFailure('temporary', 2);
      case 'token_expired':
        throw new SyncFailure('unauthorised');
      case 'delay':
        options.onDelay();
        return JSON.parse(await arrived(once)) as unknown;
      case 'old_protocol':
        try {
          return JSON.parse(await arrived(() => once(OLDEST_PROTOCOL_VERSION - 1))) as unknown;
        } catch (error) {
          if (error instanceof ProtocolVersionError) throw new SyncFailure('update_required');
          throw error;
        }
    }
  }

  /** What was held back arrives once something later has. */
  async function arrived<T>(call: () => Promise<T>): Promise<T> {
    const answer = await call();
    await late.arrive();
    return answer;
  }

  return {
    register: async (registration) =>
      registeredDevice.parse(
        await carry(registration, (text, protocol) =>
          options.cloud().register({ ...deviceRegistration.parse(JSON.parse(text)), protocol }),
        ),
      ),
    push: async (collection, request) =>
      pushAnswer.parse(
        await carry(request, (text, protocol) =>
          options.cloud().push(collection, { ...pushRequest.parse(JSON.parse(text)), protocol }),
        ),
      ),
    pull: async (collection, from) =>
      pullAnswer.parse(
        await carry(from, (text, protocol) =>
          options.cloud().pull(collection, JSON.parse(text) as typeof from, protocol),
        ),
      ),
    poll: async (known) =>
      heads.parse(await carry(known, (_, protocol) => options.cloud().poll(protocol))),
    heardAt: options.cloudTime,
  };
}

function parseOrFail(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyncFailure('temporary', null, { cause: error });
  }
}
