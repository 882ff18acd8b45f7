import {
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_TOO_NEW,
  PROTOCOL_VERSION,
  UPDATE_REQUIRED,
} from '../../../src/shared/contracts/sync/protocol';

/** A device speaks a version that is not understood here (R4); nothing was done. */
export class ProtocolVersionError extends Error {
  override readonly name = 'ProtocolVersionError';

  /** Too new: the cloud will understand once it is updated. */
  constructor(readonly code: typeof UPDATE_REQUIRED | typeof PROTOCOL_TOO_NEW) {
    super(code);
  }
}

/** Throws a `ProtocolVersionError` for what is older or newer than what is understood. */
export function checkProtocol(protocol: number): void {
  if (protocol < OLDEST_PROTOCOL_VERSION) throw new ProtocolVersionError(UPDATE_REQUIRED);
  if (protocol > PROTOCOL_VERSION) throw new ProtocolVersionError(PROTOCOL_TOO_NEW);
}
