import { ProtocolVersionError } from '../../../backend/kit/sync/protocol-version';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import {
  deviceRegistration,
  heads,
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  pullAnswer,
  pushAnswer,
  pushRequest,
  registeredDevice,
  UPDATE_REQUIRED,
} from '../../../src/shared/contracts/sync/protocol';
import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import type { Cloud } from './cloud';
import { Forbidden } from './cloud';
import type { CallFault, FaultCount } from './fault-plan';
import type { Moment } from './life';
import { CloudDied } from './life';

export interface FaultyTransportOptions {
  readonly cloud: Cloud;
  /** Of the account that the device is signed in with. */
  readonly role: Role;
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
    for (const request of this.#waiting.splice(0)) await request().catch(ignoreFailure);
  }
}

/** Calls of one device, as JSON text, through a network that does what it likes. */
export function createFaultyTransport(
  { cloud, role, nextFault, counts, onDelay, cloudTime }: FaultyTransportOptions,
  late: LateRequests,
): SyncTransport {
  async function carry(
    request: unknown,
    perform: (request: string, protocol: number) => Promise<unknown>,
  ): Promise<unknown> {
    const fault = nextFault();
    if (fault !== null) counts.add(fault);
    const text = JSON.stringify(request);
    const once = async (protocol = PROTOCOL_VERSION): Promise<string> => {
      const answer = cloud.databases.life.serve(() => perform(text, protocol));
      return JSON.stringify(await answer.catch(asAnswered));
    };
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
      case 'arrive_late':
        late.add(once);
        throw new SyncFailure('offline');
      case 'die_before_commit':
        return await dying('before_commit', once);
      case 'die_after_commit':
        return await dying('after_commit', once);
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
        onDelay();
        return JSON.parse(await arrived(once)) as unknown;
      case 'old_protocol':
        return JSON.parse(await arrived(() => once(OLDEST_PROTOCOL_VERSION - 1))) as unknown;
      case 'oldest_protocol':
        return JSON.parse(await arrived(() => once(OLDEST_PROTOCOL_VERSION))) as unknown;
      case 'new_protocol':
        return JSON.parse(await arrived(() => once(PROTOCOL_VERSION + 1))) as unknown;
    }
  }

  /** What was held back arrives once something later has. */
  async function arrived<T>(call: () => Promise<T>): Promise<T> {
    const answer = await call();
    await late.arrive();
    return answer;
  }

  /** A call without a transaction finds nobody any more when it would be answered. */
  async function dying(moment: Moment, call: () => Promise<unknown>): Promise<never> {
    const { life } = cloud.databases;
    life.endAt(moment);
    await call().catch(ignoreFailure);
    if (!life.isOver) await life.end();
    throw new SyncFailure('temporary');
  }

  return {
    register: async (registration) =>
      registeredDevice.parse(
        await carry(registration, (text, protocol) =>
          cloud.register({ ...deviceRegistration.parse(JSON.parse(text)), protocol }, role),
        ),
      ),
    push: async (collection, request) =>
      pushAnswer.parse(
        await carry(request, (text, protocol) =>
          cloud.push(collection, { ...pushRequest.parse(JSON.parse(text)), protocol }, role),
        ),
      ),
    pull: async (collection, from) =>
      pullAnswer.parse(
        await carry(from, (text, protocol) =>
          cloud.pull(collection, JSON.parse(text) as typeof from, protocol),
        ),
      ),
    poll: async (known) => heads.parse(await carry(known, (_, protocol) => cloud.poll(protocol))),
    heardAt: cloudTime,
  };
}

/** A refusal as src/core/sync/http-transport.ts reads it. */
function asAnswered(error: unknown): never {
  if (error instanceof CloudDied) throw new SyncFailure('temporary', null, { cause: error });
  if (error instanceof Forbidden) throw new SyncFailure('no_access');
  if (error instanceof ProtocolVersionError) {
    throw new SyncFailure(error.code === UPDATE_REQUIRED ? 'update_required' : 'cloud_outdated');
  }
  throw error;
}

function ignoreFailure(error: unknown): void {
  if (!(error instanceof SyncFailure)) throw error;
}

function parseOrFail(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyncFailure('temporary', null, { cause: error });
  }
}
