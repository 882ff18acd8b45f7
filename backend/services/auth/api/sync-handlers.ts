import { heads } from '../../../../src/shared/contracts/sync/protocol';
import type { Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { deviceRoutes } from '../../../../src/shared/contracts/sync/routes';
import type { Database } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { transactOnce } from '../../../kit/http/idempotency';
import { invalid, notFound } from '../../../kit/http/refusal';
import { checkProtocol } from '../../../kit/sync/protocol-version';
import { understood } from '../../../kit/sync/sync-handlers';
import type { HeadsWatch } from '../adapters/heads-watch';
import { lockBusiness } from '../db/business-repository';
import { registerDevice } from '../db/device-repository';

/** The gateway gives up on an answer after 29 s. */
const LONGEST_WAIT_SECONDS = 25;

/** What is about devices rather than a collection: their registration, and the poll of all. */
export function createDeviceHandlers(
  db: Database,
  watch: HeadsWatch,
): Handlers<typeof deviceRoutes> {
  return {
    registerDevice: ({ member, body }) =>
      understood(async () => {
        checkProtocol(body.protocol);
        return transactOnce(db, member.tenant, null, async (transaction) => {
          const business = await lockBusiness(transaction, member.tenant);
          if (business === null) return notFound('business');
          const device = await registerDevice(transaction, member.tenant, member.userId, body);
          return { status: 200 as const, body: device };
        });
      }),

    pollSync: ({ member, query, untilGone }) =>
      understood(async () => {
        checkProtocol(query.protocol);
        const known = parseKnown(query.known ?? '{}');
        if (known === null) return invalid([{ field: 'query.known', code: 'heads_malformed' }]);
        const seconds = query.wait ?? LONGEST_WAIT_SECONDS;
        const found = await watch.wait(member.tenant, known, seconds * 1_000, untilGone());
        return { status: 200 as const, body: found };
      }),
  };
}

function parseKnown(text: string): Heads | null {
  try {
    return heads.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
