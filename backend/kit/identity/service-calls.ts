import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { Config } from '../config';
import { currentTrace } from '../telemetry/telemetry';
import type { ServiceIdentity } from './service-identity';
import { ServiceUnavailableError } from './service-unavailable';

/** The header that carries a service's proof of itself. */
export const SERVICE_HEADER = 'x-doccentr-service';

export interface ServiceCalls {
  /** The answer's JSON, null for 404. Throws `ServiceUnavailableError` for everything else. */
  get(service: ServiceName, path: string): Promise<unknown>;
  post(service: ServiceName, path: string, body: unknown): Promise<unknown>;
}

/** Questions to other services, signed with this service's role; paths below `/internal/v1`. */
export function createServiceCalls(
  identity: ServiceIdentity,
  config: Pick<Config, 'serviceUrls'>,
): ServiceCalls {
  async function call(
    service: ServiceName,
    path: string,
    options: { readonly method: string; readonly body?: string },
  ): Promise<unknown> {
    const { traceparent } = currentTrace();
    const base = config.serviceUrls[service];
    if (base === undefined) throw new Error(`the address of ${service} is not configured`);
    try {
      const answer = await fetch(`${base}/internal/v1${path}`, {
        ...options,
        headers: {
          [SERVICE_HEADER]: await identity.tokenFor(service),
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(traceparent === undefined ? {} : { traceparent }),
        },
        signal: AbortSignal.timeout(10_000),
        redirect: 'error',
      });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new ServiceUnavailableError(`${service} answered ${answer.status}`);
      return await answer.json();
    } catch (cause) {
      if (cause instanceof ServiceUnavailableError) throw cause;
      throw new ServiceUnavailableError(`${service} cannot be asked`, { cause });
    }
  }

  return {
    get: (service, path) => call(service, path, { method: 'GET' }),
    post: (service, path, body) =>
      call(service, path, { method: 'POST', body: JSON.stringify(body) }),
  };
}
