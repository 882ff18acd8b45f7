import type { SyncCollection } from '../../../shared/contracts/sync/collections';
import type {
  Change,
  Heads,
  Outcome,
  PullAnswer,
  PushAnswer,
  PushRequest,
  SentMutation,
} from '../../../shared/contracts/sync/protocol';
import { pullAnswer, pushAnswer, pushRequest } from '../../../shared/contracts/sync/protocol';
import type { PullPosition, SyncTransport } from '../transport';

export const EPOCH = 'first';

/**
 * Says what a test wants a cloud to say, in the words of the contract; it merges nothing and keeps
 * nothing but what it was told. Unless a test says otherwise, everything is applied.
 */
export class ScriptedCloud implements SyncTransport {
  readonly pushed: { readonly collection: SyncCollection; readonly request: PushRequest }[] = [];
  readonly pulled: ({ readonly collection: SyncCollection } & PullPosition)[] = [];
  version = 0;
  clock: Date | null = null;
  epoch = EPOCH;
  /** What becomes of a mutation; undefined: it is applied. */
  decide: (collection: SyncCollection, mutation: SentMutation) => Outcome | undefined = () =>
    undefined;
  /** Answers in place of the usual; throws a `SyncFailure` for calls that fail. */
  onPush: (collection: SyncCollection, request: PushRequest) => PushAnswer | undefined = () =>
    undefined;
  onPoll: (signal: AbortSignal) => Promise<Heads> = () =>
    Promise.reject(new Error('nobody waits here'));
  onPull: (collection: SyncCollection, cursor: number) => PullAnswer | undefined = () => undefined;

  register(): Promise<never> {
    return Promise.reject(new Error('nobody registers here'));
  }

  poll(_known: Heads, _seconds: number, signal: AbortSignal): Promise<Heads> {
    return this.onPoll(signal);
  }

  heardAt(): Date | null {
    return this.clock;
  }

  push(collection: SyncCollection, sent: PushRequest): Promise<PushAnswer> {
    const request = pushRequest.parse(JSON.parse(JSON.stringify(sent)));
    this.pushed.push({ collection, request });
    return settled(() =>
      pushAnswer.parse(this.onPush(collection, request) ?? this.done(collection, request)),
    );
  }

  pull(collection: SyncCollection, position: PullPosition): Promise<PullAnswer> {
    const { cursor } = position;
    this.pulled.push({ collection, ...position });
    return settled(() =>
      pullAnswer.parse(this.onPull(collection, cursor) ?? this.page([], cursor)),
    );
  }

  /** Everything applied, but for what `decide` says. */
  done(collection: SyncCollection, { mutations }: PushRequest): PushAnswer {
    const outcomes = mutations.map((mutation) => ({
      seq: mutation.seq,
      uuid: mutation.uuid,
      outcome: this.decide(collection, mutation) ?? {
        kind: 'applied' as const,
        version: (this.version += 1),
        notices: [],
      },
    }));
    return { kind: 'done', epoch: this.epoch, last: mutations.at(-1)?.seq ?? 0, outcomes };
  }

  page(changes: readonly Change[], cursor = this.version, hasMore = false): PullAnswer {
    const last = changes.at(-1)?.version ?? cursor;
    return {
      kind: 'page',
      epoch: this.epoch,
      cursor: Math.max(cursor, last),
      hasMore,
      head: Math.max(this.version, last),
      changes: [...changes],
    };
  }

  /** The mutations of a collection that were told, in their order, also those told again. */
  toldOf(collection: SyncCollection): readonly SentMutation[] {
    return this.pushed
      .filter((one) => one.collection === collection)
      .flatMap(({ request }) => request.mutations);
  }

  /** Serves one page of changes of a collection with the next pull, then nothing. */
  servesOnce(collection: SyncCollection, changes: readonly Change[]): void {
    let isServed = false;
    this.onPull = (asked) => {
      if (asked !== collection || isServed) return undefined;
      isServed = true;
      return this.page(changes);
    };
  }
}

function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
