import { join } from 'node:path';
import { z } from 'zod';

import { currencyCode } from '../../shared/domain/currency';
import { businessUid, type BusinessUid } from '../../shared/domain/ids';
import { readIfThere, writeDurably } from './durable-file';

const registered = z.object({
  uid: businessUid,
  name: z.string(),
  currency: currencyCode,
  isDemo: z.boolean(),
  /** The account that it is synced with; null while it is on this machine alone. */
  accountId: z.string().nullable().default(null),
});
export type RegisteredBusiness = z.infer<typeof registered>;
export type BusinessFacts = Omit<RegisteredBusiness, 'accountId'>;

const contents = z.object({
  businesses: z.array(registered),
  currentUid: businessUid.nullable(),
});
type Contents = z.infer<typeof contents>;

/** Which businesses this machine has and which one was open last: `businesses.json`. */
export interface Registry {
  all(): readonly RegisteredBusiness[];
  currentUid(): BusinessUid | null;
  /** Adds a business, or tells its new name. */
  keep(business: BusinessFacts): void;
  /** Tells which account a business is synced with. */
  bind(uid: BusinessUid, accountId: string | null): void;
  /** A business is from now on known by another uid. */
  rename(from: BusinessUid, to: BusinessUid): void;
  /** Forgets a business; none is chosen any more when it was the one. */
  remove(uid: BusinessUid): void;
  choose(uid: BusinessUid): void;
}

/** Throws when the file is there but makes no sense: guessing could hide businesses. */
export function openRegistry(dataDirectory: string): Registry {
  const path = join(dataDirectory, 'businesses.json');
  const text = readIfThere(path);
  let state: Contents =
    text === null ? { businesses: [], currentUid: null } : contents.parse(JSON.parse(text));

  function save(next: Contents): void {
    writeDurably(path, `${JSON.stringify(next, null, 2)}\n`);
    state = next;
  }

  return {
    all: () => state.businesses,
    currentUid: () => state.currentUid,
    keep: ({ uid, name, currency, isDemo }) => {
      const known = state.businesses.find((other) => other.uid === uid);
      const next = { uid, name, currency, isDemo, accountId: known?.accountId ?? null };
      if (JSON.stringify(known) === JSON.stringify(next)) return;
      const others = state.businesses.filter((other) => other !== known);
      save({ ...state, businesses: [...others, next] });
    },
    bind: (uid, accountId) => {
      const known = state.businesses.find((one) => one.uid === uid);
      if (known === undefined || known.accountId === accountId) return;
      const businesses = state.businesses.map((one) =>
        one.uid === uid ? { ...one, accountId } : one,
      );
      save({ ...state, businesses });
    },
    rename: (from, to) => {
      const businesses = state.businesses.map((one) =>
        one.uid === from ? { ...one, uid: to } : one,
      );
      save({ businesses, currentUid: state.currentUid === from ? to : state.currentUid });
    },
    remove: (uid) => {
      const businesses = state.businesses.filter((one) => one.uid !== uid);
      save({ businesses, currentUid: state.currentUid === uid ? null : state.currentUid });
    },
    choose: (uid) => {
      if (state.currentUid !== uid) save({ ...state, currentUid: uid });
    },
  };
}

/** Where the files of a business lie. */
export interface BusinessPaths {
  readonly directory: string;
  readonly replica: string;
  readonly backups: string;
  readonly setAside: string;
  /** Says what is wrong until the user has chosen a way out. */
  readonly problem: string;
  /** Names the backup that is being put back. */
  readonly restore: string;
  /** Apart from the replica, so that no copy of one brings back an old copy of the other. */
  readonly ledger: string;
}

export function pathsOf(dataDirectory: string, uid: BusinessUid): BusinessPaths {
  const directory = join(dataDirectory, 'businesses', uid);
  return {
    directory,
    replica: join(directory, 'replica.sqlite'),
    backups: join(directory, 'backups'),
    setAside: join(directory, 'set-aside'),
    problem: join(directory, 'problem.json'),
    restore: join(directory, 'restore.json'),
    ledger: join(dataDirectory, 'ledgers', `${uid}.sqlite`),
  };
}
