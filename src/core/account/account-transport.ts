import { CallsUnderWay } from '../sync/calls-under-way';
import { createHttpTransport, type HttpTransportOptions } from '../sync/http-transport';
import { SyncFailure, type SyncTransport } from '../sync/transport';
import type { Account } from './account';

export interface AccountTransport extends SyncTransport {
  /**
   * Ends the calls that are not being answered, as a network does that went away (polls have an end
   * of their own). What they told may have arrived: it is told again by R12.
   */
  giveUpHanging(): void;
}

type Watch = Pick<HttpTransportOptions, 'onBytes' | 'onFailedCall'>;

/**
 * Sync of one business in the account's name, wherever its cloud is now. A token that the cloud
 * refuses is renewed once before the call counts as unauthorised.
 */
export function createAccountTransport(
  account: Account,
  business: string,
  watch: Watch = {},
): AccountTransport {
  const underWay = new CallsUnderWay();
  let heardAt: Date | null = null;

  async function attempt<T>(
    signal: AbortSignal,
    work: (transport: SyncTransport) => Promise<T>,
  ): Promise<T> {
    async function attemptWith(token: string): Promise<T> {
      const apiUrl = account.cloud?.apiUrl;
      if (apiUrl === undefined) throw new SyncFailure('offline');
      const transport = createHttpTransport({
        ...watch,
        apiUrl,
        business,
        token: () => Promise.resolve(token),
        signal,
      });
      const answer = await work(transport);
      heardAt = transport.heardAt() ?? heardAt;
      return answer;
    }

    const token = await tokenOf(account);
    try {
      return await attemptWith(token);
    } catch (error) {
      if (!(error instanceof SyncFailure) || error.kind !== 'unauthorised') throw error;
      return await attemptWith(await tokenOf(account, token));
    }
  }

  function carry<T>(work: (transport: SyncTransport) => Promise<T>): Promise<T> {
    return underWay.run((signal) => attempt(signal, work));
  }

  return {
    register: (registration) => carry((transport) => transport.register(registration)),
    push: (collection, request) => carry((transport) => transport.push(collection, request)),
    pull: (collection, from) => carry((transport) => transport.pull(collection, from)),
    poll: (known, waitSeconds, signal) =>
      attempt(signal, (transport) => transport.poll(known, waitSeconds, signal)),
    heardAt: () => heardAt,
    giveUpHanging: () => {
      account.giveUpHanging();
      underWay.giveUpHanging();
    },
  };
}

async function tokenOf(account: Account, rejected?: string): Promise<string> {
  const token = await account.idToken(rejected);
  if (token.ok) return token.value;
  throw new SyncFailure(token.error.kind === 'unreachable' ? 'offline' : 'unauthorised');
}
