import Database from 'better-sqlite3';

import { isDamage } from '../businesses/set-aside';

/** The place of a number: unique within a business (DOMAIN 12). */
export interface NumberPlace {
  readonly seriesUid: string;
  readonly period: number;
  readonly sequence: number;
}

/** An issued document as the ledger keeps it: enough to bring it back whole. */
export interface LedgerEntry extends NumberPlace {
  readonly number: string;
  readonly invoiceUid: string;
  /** The frozen document as JSON, its logo by reference (see frozen-store.ts). */
  readonly frozen: string;
  readonly sha256: string;
  /** The PDF's bytes; null once every backup is younger, since nothing can bring it back then. */
  readonly pdf: Buffer | null;
}

/**
 * The numbers that this machine issued, in a file of its own outside the replica, fsynced: putting
 * back this morning's backup neither issues today's numbers again nor loses today's documents
 * (DOMAIN 13).
 *
 * A number is intended before the replica commits and confirmed afterwards. An intention that a
 * crash left behind is settled at the next start by looking into the replica: what was not
 * committed was never acknowledged, and its number is free.
 */
export interface NumberLedger {
  /** The highest sequence that was taken, 0 if none. */
  highest(seriesUid: string, period: number): number;
  intend(entry: LedgerEntry): void;
  confirm(place: NumberPlace): void;
  /** Drops an intention that was not committed. */
  withdraw(place: NumberPlace): void;
  /** Notes a number that has no document to keep (orders). */
  raise(place: NumberPlace): void;
  /** What was intended but never confirmed. */
  unsettled(): readonly LedgerEntry[];
  /** The highest place of an issued document in each period of each series. */
  issuedPlaces(): readonly NumberPlace[];
  /** Every issued document, oldest first. */
  entries(): Iterable<LedgerEntry>;
  /** Lets go of the PDFs of documents issued before a moment (ISO). */
  dropPdfsBefore(moment: string): void;
  /** Keeps what frozen documents refer to (logos), once each. */
  keepAsset(sha256: string, data: string): void;
  asset(sha256: string): string | null;
  /** Keeps the settings that a lost replica would have to be built anew from. */
  remember(key: RememberedKey, json: string): void;
  recall(key: RememberedKey): string | null;
  close(): void;
}

export type RememberedKey = 'business' | 'series' | 'tax_codes';

const SHAPE = `
CREATE TABLE IF NOT EXISTS owner (business_uid TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS highest (
  series_uid TEXT NOT NULL, period INTEGER NOT NULL, sequence INTEGER NOT NULL,
  PRIMARY KEY (series_uid, period)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS issued (
  id INTEGER PRIMARY KEY, series_uid TEXT NOT NULL, period INTEGER NOT NULL,
  sequence INTEGER NOT NULL, number TEXT NOT NULL, invoice_uid TEXT NOT NULL, frozen TEXT NOT NULL,
  sha256 TEXT NOT NULL, pdf BLOB, issued_at TEXT NOT NULL, confirmed INTEGER NOT NULL,
  UNIQUE (series_uid, period, sequence)
);
CREATE INDEX IF NOT EXISTS issued_unsettled ON issued (id) WHERE confirmed = 0;
CREATE TABLE IF NOT EXISTS assets (sha256 TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS remembered (key TEXT PRIMARY KEY, json TEXT NOT NULL);
`;

const ENTRY = `series_uid AS seriesUid, period, sequence, number, invoice_uid AS invoiceUid, frozen, sha256, pdf`;

/** The ledger's file is damaged, which says nothing about the replica beside it. */
export class LedgerDamage extends Error {}

/**
 * Opens or creates the ledger of a business. Throws when the file belongs to another one, and
 * `LedgerDamage`, as every method does, when it is damaged.
 */
export function openLedger(path: string, businessUid: string): NumberLedger {
  const ledger = guarded(() => connect(path, businessUid));
  return new Proxy(ledger, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...values: unknown[]) => unknown;
      return (...values: unknown[]) => guarded(() => method(...values));
    },
  });
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isDamage(error) ? new LedgerDamage('the ledger is damaged', { cause: error }) : error;
  }
}

function* guardedRows<T>(rows: IterableIterator<T>): Generator<T> {
  try {
    yield* rows;
  } catch (error) {
    throw isDamage(error) ? new LedgerDamage('the ledger is damaged', { cause: error }) : error;
  }
}

function connect(path: string, businessUid: string): NumberLedger {
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec(SHAPE);
    claim(db, businessUid);
  } catch (error) {
    db.close();
    throw error;
  }
  return ledgerOn(db);
}

function ledgerOn(db: Database.Database): NumberLedger {
  const highest = db.prepare<[string, number], { sequence: number }>(
    'SELECT sequence FROM highest WHERE series_uid = ? AND period = ?',
  );
  const raise = db.prepare<[NumberPlace]>(
    `INSERT INTO highest VALUES (@seriesUid, @period, @sequence)
     ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
  );
  const intend = db.prepare<[LedgerEntry]>(
    `INSERT INTO issued (series_uid, period, sequence, number, invoice_uid, frozen, sha256, pdf, issued_at, confirmed)
     VALUES (@seriesUid, @period, @sequence, @number, @invoiceUid, @frozen, @sha256, @pdf,
       strftime('%Y-%m-%dT%H:%M:%fZ'), 0)`,
  );
  const confirm = db.prepare<[NumberPlace]>(
    `UPDATE issued SET confirmed = 1
     WHERE series_uid = @seriesUid AND period = @period AND sequence = @sequence`,
  );
  const withdraw = db.prepare<[NumberPlace]>(
    `DELETE FROM issued WHERE confirmed = 0
     AND series_uid = @seriesUid AND period = @period AND sequence = @sequence`,
  );
  const unsettled = db.prepare<[], LedgerEntry>(
    `SELECT ${ENTRY} FROM issued WHERE confirmed = 0 ORDER BY id`,
  );
  const issuedPlaces = db.prepare<[], NumberPlace>(
    `SELECT series_uid AS seriesUid, period, sequence FROM highest WHERE EXISTS
     (SELECT 1 FROM issued WHERE issued.series_uid = highest.series_uid
      AND issued.period = highest.period)`,
  );
  const entries = db.prepare<[], LedgerEntry>(`SELECT ${ENTRY} FROM issued ORDER BY id`);
  const dropPdfs = db.prepare<[string]>(
    'UPDATE issued SET pdf = NULL WHERE pdf IS NOT NULL AND issued_at < ?',
  );
  const keepAsset = db.prepare<[string, string]>('INSERT OR IGNORE INTO assets VALUES (?, ?)');
  const asset = db.prepare<[string], { data: string }>('SELECT data FROM assets WHERE sha256 = ?');
  const remember = db.prepare<[string, string]>('INSERT OR REPLACE INTO remembered VALUES (?, ?)');
  const recall = db.prepare<[string], { json: string }>(
    'SELECT json FROM remembered WHERE key = ?',
  );

  return {
    highest: (seriesUid, period) => highest.get(seriesUid, period)?.sequence ?? 0,
    intend: (entry) => void intend.run(entry),
    confirm: (place) =>
      db.transaction(() => {
        confirm.run(place);
        raise.run(place);
      })(),
    withdraw: (place) => void withdraw.run(place),
    raise: (place) => void raise.run(place),
    unsettled: () => unsettled.all(),
    issuedPlaces: () => issuedPlaces.all(),
    entries: () => guardedRows(entries.iterate()),
    dropPdfsBefore: (moment) => void dropPdfs.run(moment),
    keepAsset: (sha256, data) => void keepAsset.run(sha256, data),
    asset: (sha256) => asset.get(sha256)?.data ?? null,
    remember: (key, json) => {
      if (recall.get(key)?.json !== json) remember.run(key, json);
    },
    recall: (key) => recall.get(key)?.json ?? null,
    close: () => void db.close(),
  };
}

function claim(db: Database.Database, businessUid: string): void {
  db.prepare('INSERT OR IGNORE INTO owner SELECT ? WHERE NOT EXISTS (SELECT 1 FROM owner)').run(
    businessUid,
  );
  const owner = db.prepare('SELECT business_uid AS uid FROM owner').get() as { uid: string };
  if (owner.uid !== businessUid) throw new Error(`ledger of another business: ${owner.uid}`);
}
