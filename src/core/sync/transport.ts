import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type {
  DeviceRegistration,
  Heads,
  PullAnswer,
  PushAnswer,
  PushRequest,
  RegisteredDevice,
} from '../../shared/contracts/sync/protocol';

/** Where a device stands in a collection. */
export interface PullPosition {
  readonly cursor: number;
  /** The head when its pull from the start began; null once the cursor is past it. */
  readonly began: number | null;
  readonly epoch: string | null;
}

/** What a device needs of the cloud. Every call may reject with a `SyncFailure`. */
export interface SyncTransport {
  register(registration: DeviceRegistration): Promise<RegisteredDevice>;
  push(collection: SyncCollection, request: PushRequest): Promise<PushAnswer>;
  pull(collection: SyncCollection, from: PullPosition): Promise<PullAnswer>;
  /** Answers when a collection stands elsewhere than `known`, or after `waitSeconds`. */
  poll(known: Heads, waitSeconds: number, signal: AbortSignal): Promise<Heads>;
  /** The cloud's own clock when it last answered; null before it has. */
  heardAt(): Date | null;
}

export type SyncFailureKind =
  /** The cloud was not reached. */
  | 'offline'
  /** Nobody is signed in, or no longer. */
  | 'unauthorised'
  /** The cloud answered that it cannot now, or answered half. */
  | 'temporary'
  | 'update_required'
  /** The cloud does not know the app's protocol yet. */
  | 'cloud_outdated'
  /** The account is no member of this business. */
  | 'no_access';

/** An expected failure of a call: nothing was lost, everything is tried again. */
export class SyncFailure extends Error {
  constructor(
    readonly kind: SyncFailureKind,
    /** As the cloud asked for (`Retry-After`). */
    readonly retryAfterSeconds: number | null = null,
    options?: ErrorOptions,
  ) {
    super(`sync: ${kind}`, options);
  }
}
