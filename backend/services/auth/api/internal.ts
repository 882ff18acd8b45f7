import { businessUid } from '../../../../src/shared/domain/ids';
import { SERVICES } from '../../../../src/shared/contracts/rest-v1/route';
import type { Database } from '../../../kit/database/database';
import type { InternalRoute } from '../../../kit/http/internal-routes';
import type { Memberships } from '../adapters/membership-source';
import { settingsAnswer } from './business-handlers';

/** What other services ask when no event has told them yet. */
export function createInternalRoutes(
  db: Database,
  memberships: Memberships,
): readonly InternalRoute[] {
  return [
    {
      method: 'GET',
      path: '/memberships/:sub',
      callers: SERVICES,
      answer: ({ sub = '' }) => memberships.all(sub),
    },
    {
      method: 'GET',
      path: '/businesses/:tenant',
      callers: ['clients', 'orders', 'invoices', 'notifications'],
      async answer({ tenant }) {
        const uid = businessUid.safeParse(tenant);
        return uid.success ? settingsAnswer(db, uid.data) : null;
      },
    },
  ];
}
