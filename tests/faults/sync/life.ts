import type { Database } from '../../../backend/kit/database/database';

/** Where in a transaction the cloud's processes end. */
export type Moment = 'before_commit' | 'after_commit';

/** The processes of the cloud ended before they answered. */
export class CloudDied extends Error {}

/**
 * One life of the cloud's processes. When it ends, the database server closes their connections and
 * rolls back what was not committed; nobody hears an answer to what was asked in it.
 */
export class Life {
  #isOver = false;
  #end: { readonly moment: Moment; commits: number } | null = null;

  constructor(
    private readonly closeConnections: () => Promise<void>,
    private readonly committed: () => void,
  ) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends it at that moment of the next transaction but `skipped`; null: not at all. */
  endAt(moment: Moment | null, skipped = 0): void {
    this.#end = moment === null ? null : { moment, commits: skipped };
  }

  async end(): Promise<void> {
    this.#isOver = true;
    this.#end = null;
    await this.closeConnections();
  }

  /** Answers what was asked in this life, unless it has ended meanwhile. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    const answer = await work().catch((error: unknown) => {
      if (!this.#isOver) throw error;
      throw new CloudDied('in the middle of it', { cause: error });
    });
    if (this.#isOver) throw new CloudDied('before its answer');
    return answer;
  }

  /** A database whose transactions this life may end in. */
  within(db: Database): Database {
    const transaction: Database['transaction'] = async (work, config) => {
      const result = await db.transaction(async (scope) => {
        const done = await work(scope);
        await this.#reach('before_commit');
        return done;
      }, config);
      this.committed();
      await this.#reach('after_commit');
      return result;
    };
    return new Proxy(db, {
      get: (target, name) =>
        name === 'transaction' ? transaction : (Reflect.get(target, name) as unknown),
    });
  }

  async #reach(moment: Moment): Promise<void> {
    if (this.#end?.moment !== moment) return;
    if (this.#end.commits === 0) await this.end();
    else this.#end.commits -= 1;
  }
}
