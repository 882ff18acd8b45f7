import { authRoutes } from '../../../src/shared/contracts/rest-v1/auth';
import { deviceRoutes, syncRoutesOf } from '../../../src/shared/contracts/sync/routes';
import type { ReceivedEvent } from '../../kit/messaging/message';
import type { Service } from '../../kit/run-service';
import { createSyncHandlers } from '../../kit/sync/sync-handlers';
import { createHeadsWatch } from './adapters/heads-watch';
import { createMemberships } from './adapters/membership-source';
import { createUserPool } from './adapters/user-pool';
import { createAuthenticationHandlers } from './api/authentication-handlers';
import { createBusinessHandlers } from './api/business-handlers';
import { createInternalRoutes } from './api/internal';
import { createMemberHandlers } from './api/member-handlers';
import { createDeviceHandlers } from './api/sync-handlers';
import { skipLetters } from './db/device-repository';
import { headsOfTenants, storeHeads } from './db/head-repository';
import { settingsCollection } from './sync/settings-collection';

const routes = { ...authRoutes, ...deviceRoutes, ...syncRoutesOf('auth') };

/** Signing in, businesses, who is a member of them, their devices and settings, and the poll. */
export const authService: Service<typeof routes> = {
  name: 'auth',
  routes,
  restored: skipLetters,
  build(kit) {
    const { db, config, environment, log } = kit;
    const pool = createUserPool(config);
    const memberships = createMemberships(db, pool);
    const watch = createHeadsWatch((tenants) => headsOfTenants(db, tenants));
    const authConfig = {
      region: environment.AWS_REGION,
      user_pool_id: config.userPoolId,
      user_pool_client_id: config.userPoolClientId,
      user_pool_endpoint: environment.AWS_ENDPOINT_URL ?? null,
    };

    async function noteMoves({
      data: { heads },
    }: ReceivedEvent<'ClientsMoved' | 'OrdersMoved' | 'InvoicesMoved'>): Promise<void> {
      const told = heads.map(({ moved_at, ...one }) => ({ ...one, movedAt: new Date(moved_at) }));
      await storeHeads(db, told);
      for (const tenant of new Set(heads.map((one) => one.tenant))) watch.wake(tenant);
    }

    return {
      handlers: {
        ...createAuthenticationHandlers({ db, pool, memberships, log, authConfig }),
        ...createBusinessHandlers(db, memberships),
        ...createMemberHandlers(db),
        ...createDeviceHandlers(db, watch),
        ...createSyncHandlers(db, 'auth', [settingsCollection]),
      },
      internal: createInternalRoutes(db, memberships),
      events: { ClientsMoved: noteMoves, OrdersMoved: noteMoves, InvoicesMoved: noteMoves },
      memberships,
      background: [{ stop: async () => pool.close() }],
    };
  },
};
