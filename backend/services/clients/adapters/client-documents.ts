import { clientDocuments } from '../../../../src/shared/contracts/internal/client-documents';
import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import type { ServiceCalls } from '../../../kit/identity/service-calls';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';

/** The client's row is held while they are asked. */
const PATIENCE_MS = 2_000;

/** Whether orders or invoices name a client. */
export interface ClientDocuments {
  /** Throws `ServiceUnavailableError` where one of the two does not say so in time. */
  exist(
    tenant: BusinessUid,
    client: { readonly id: number; readonly uid: ClientUid },
  ): Promise<boolean>;
}

/** Asks those who keep documents: what they told of them a moment ago might not be here yet. */
export function createClientDocuments(calls: Pick<ServiceCalls, 'get'>): ClientDocuments {
  return {
    async exist(tenant, { id, uid }) {
      const path = `/tenants/${tenant}/clients/${id}/${uid}/documents`;
      const asked = (['orders', 'invoices'] as const).map(async (service) => {
        const answer = await calls.get(service, path);
        if (answer === null)
          throw new ServiceUnavailableError(`${service} does not know the question`);
        return clientDocuments.parse(answer).exist;
      });
      const answers = await within(PATIENCE_MS, Promise.all(asked));
      return answers.includes(true);
    },
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServiceUnavailableError('documents cannot be asked for')),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
