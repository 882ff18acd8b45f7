import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Replica } from '../replica/replica';
import type { PullProgress } from './load-progress';
import type { SyncTransport } from './transport';

/** What pushing and pulling work with. */
export interface EngineParts {
  readonly replica: Replica;
  readonly transport: SyncTransport;
  /** The uid that the cloud knows this device by. */
  readonly device: () => string;
  /** Passed before and after every call and every commit; tests end a process here. */
  readonly checkpoint: (name: string) => Promise<void>;
  /** How many mutations were told, or records taken in, for progress. */
  readonly told: (collection: SyncCollection, count: number) => void;
  readonly taken: (collection: SyncCollection, count: number, progress: PullProgress) => void;
}
