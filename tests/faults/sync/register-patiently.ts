import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import type {
  DeviceRegistration,
  RegisteredDevice,
} from '../../../src/shared/contracts/sync/protocol';

/** A person tries again until it works. */
export async function registerPatiently(
  transport: SyncTransport,
  registration: DeviceRegistration,
): Promise<RegisteredDevice> {
  for (;;) {
    try {
      return await transport.register(registration);
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
    }
  }
}
