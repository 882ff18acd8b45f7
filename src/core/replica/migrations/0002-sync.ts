import type { Migration } from '../migration';

/**
 * What sync needs: the outbox's numbers and states, where each collection stands, what needs a
 * person. Records of other devices always find a place: uniqueness that only this device can keep
 * (its own numbers) is kept where the numbers are taken, no longer by an index.
 */
export const sync: Migration = {
  version: 2,
  name: 'sync',
  sql: `
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'queued';
ALTER TABLE outbox ADD COLUMN seq INTEGER;
ALTER TABLE outbox ADD COLUMN version INTEGER;
ALTER TABLE outbox ADD COLUMN acknowledged_at TEXT;
CREATE INDEX outbox_of ON outbox (record_uid, id);
CREATE INDEX outbox_by_state ON outbox (state, collection, id);

CREATE TABLE sync_collections (
  collection TEXT PRIMARY KEY, epoch TEXT, cursor INTEGER NOT NULL, head INTEGER,
  last_seq INTEGER NOT NULL, acknowledged INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sync_facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE attention (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, collection TEXT NOT NULL,
  record_uid TEXT NOT NULL, at TEXT NOT NULL, data TEXT NOT NULL, settled_at TEXT
);
CREATE INDEX attention_open ON attention (kind, record_uid) WHERE settled_at IS NULL;
CREATE TABLE waiting_records (
  collection TEXT NOT NULL, uid TEXT NOT NULL, record TEXT NOT NULL, deleted INTEGER NOT NULL,
  PRIMARY KEY (collection, uid)
) WITHOUT ROWID;
CREATE TABLE sync_log (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE resync_seen (
  collection TEXT NOT NULL, uid TEXT NOT NULL, PRIMARY KEY (collection, uid)
) WITHOUT ROWID;
CREATE TABLE duplicates (uid TEXT PRIMARY KEY, duplicate_of TEXT NOT NULL) WITHOUT ROWID;

DROP TABLE sends;
CREATE TABLE sends (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, invoice_uid TEXT NOT NULL, state TEXT NOT NULL,
  requested_at TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX sends_of ON sends (invoice_uid, id);

CREATE TABLE new_documents (
  invoice_id INTEGER PRIMARY KEY REFERENCES invoices(id) ON DELETE CASCADE,
  frozen TEXT NOT NULL, pdf BLOB, sha256 TEXT NOT NULL
);
INSERT INTO new_documents SELECT invoice_id, frozen, pdf, sha256 FROM documents;
DROP TABLE documents;
ALTER TABLE new_documents RENAME TO documents;

CREATE TABLE new_payments (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, invoice_uid TEXT NOT NULL, date TEXT NOT NULL,
  amount INTEGER NOT NULL, currency TEXT NOT NULL, method TEXT NOT NULL, reference TEXT NOT NULL,
  reverses TEXT, created_at TEXT NOT NULL
);
INSERT INTO new_payments SELECT * FROM payments;
DROP TABLE payments;
ALTER TABLE new_payments RENAME TO payments;
CREATE INDEX payments_of ON payments (invoice_uid, id);

DROP INDEX orders_number;
CREATE INDEX orders_number ON orders (number);
DROP INDEX invoices_sequence;
CREATE INDEX invoices_sequence ON invoices (series_uid, period, sequence) WHERE sequence IS NOT NULL;
`,
};
