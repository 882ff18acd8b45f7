import { authRoutes } from '../../../src/shared/contracts/rest-v1/auth';
import type { Service } from '../../kit/run-service';
import { createMemberships } from './adapters/membership-source';
import { createUserPool } from './adapters/user-pool';
import { createAuthenticationHandlers } from './api/authentication-handlers';
import { createBusinessHandlers } from './api/business-handlers';
import { createInternalRoutes } from './api/internal';

/** Signing in, businesses, and who is a member of them. */
export const authService: Service<typeof authRoutes> = {
  name: 'auth',
  routes: authRoutes,
  build(kit) {
    const { db, config, log } = kit;
    const pool = createUserPool(config);
    const memberships = createMemberships(db, pool, () => kit.wakeRelay());
    return {
      handlers: {
        ...createAuthenticationHandlers({ db, pool, memberships, log }),
        ...createBusinessHandlers(db, memberships),
      },
      internal: createInternalRoutes(db, memberships),
      memberships,
      background: [{ stop: async () => pool.close() }],
    };
  },
};
