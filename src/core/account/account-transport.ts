import { createHttpTransport } from '../sync/http-transport';
import { SyncFailure, type SyncTransport } from '../sync/transport';
import type { Account } from './account';

/**
 * Sync of one business in the account's name, wherever its cloud is now. A token that the cloud
 * refuses is renewed once before the call counts as unauthorised.
 */
export function createAccountTransport(
  account: Account,
  business: string,
  onBytes: (bytes: number) => void = () => undefined,
): SyncTransport {
  let heardAt: Date | null = null;

  async function attemptWith<T>(
    token: string,
    work: (transport: SyncTransport) => Promise<T>,
  ): Promise<T> {
    const apiUrl = account.cloud?.apiUrl;
    if (apiUrl === undefined) throw new SyncFailure('offline');
    const transport = createHttpTransport({
      apiUrl,
      business,
      token: () => Promise.resolve(token),
      onBytes,
    });
    const answer = await work(transport);
    heardAt = transport.heardAt() ?? heardAt;
    return answer;
  }

  async function attempt<T>(work: (transport: SyncTransport) => Promise<T>): Promise<T> {
    const token = await tokenOf(account);
    try {
      return await attemptWith(token, work);
    } catch (error) {
      if (!(error instanceof SyncFailure) || error.kind !== 'unauthorised') throw error;
      return await attemptWith(await tokenOf(account, token), work);
    }
  }

  return {
    register: (registration) => attempt((transport) => transport.register(registration)),
    push: (collection, request) => attempt((transport) => transport.push(collection, request)),
    pull: (collection, from) => attempt((transport) => transport.pull(collection, from)),
    poll: (known, waitSeconds, signal) =>
      attempt((transport) => transport.poll(known, waitSeconds, signal)),
    heardAt: () => heardAt,
  };
}

async function tokenOf(account: Account, rejected?: string): Promise<string> {
  const token = await account.idToken(rejected);
  if (token.ok) return token.value;
  throw new SyncFailure(token.error.kind === 'unreachable' ? 'offline' : 'unauthorised');
}
