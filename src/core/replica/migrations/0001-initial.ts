import type { Migration } from '../migration';

/**
 * The first shape. Foreign keys stay inside an aggregate (lines to their document): sync may bring
 * an invoice before its client. Partial indexes leave deleted rows out, as every list does. Full text
 * indexes get words that the app has split and folded already (listing/search-words.ts): the ASCII
 * tokenizer separates them at spaces alone.
 */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE businesses (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, data TEXT NOT NULL,
  is_demo INTEGER NOT NULL, created_at TEXT NOT NULL
);

CREATE TABLE tax_codes (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL,
  rate INTEGER NOT NULL, reasons TEXT NOT NULL, archived_at TEXT
);

CREATE TABLE series (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, issuer TEXT NOT NULL,
  letter TEXT NOT NULL, pattern TEXT NOT NULL, resets_yearly INTEGER NOT NULL,
  is_current INTEGER NOT NULL
);
CREATE TABLE series_periods (
  id INTEGER PRIMARY KEY, series_uid TEXT NOT NULL REFERENCES series(uid), period INTEGER NOT NULL,
  start INTEGER NOT NULL, last INTEGER NOT NULL CHECK (last >= start - 1),
  UNIQUE (series_uid, period)
);

CREATE TABLE clients (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sort_name TEXT NOT NULL,
  contact_name TEXT NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL, phone TEXT NOT NULL,
  address TEXT NOT NULL, vat_number TEXT NOT NULL, vat_key TEXT NOT NULL,
  company_number TEXT NOT NULL, currency TEXT,
  language TEXT, formats TEXT, terms TEXT, tax_code_uid TEXT, reminders_paused INTEGER NOT NULL,
  notes TEXT NOT NULL, archived_at TEXT, deleted_at TEXT, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX clients_by_name ON clients (archived_at IS NOT NULL, sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_age ON clients (archived_at IS NOT NULL, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_email ON clients (email_key) WHERE email_key <> '';
CREATE INDEX clients_by_vat ON clients (vat_key) WHERE vat_key <> '';

CREATE TABLE products (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, code TEXT NOT NULL, name TEXT NOT NULL,
  sort_name TEXT NOT NULL, unit TEXT NOT NULL, unit_price INTEGER NOT NULL, currency TEXT NOT NULL,
  tax_code_uid TEXT, archived_at TEXT, deleted_at TEXT, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX products_by_name ON products (archived_at IS NOT NULL, sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX products_by_code ON products (archived_at IS NOT NULL, code COLLATE NOCASE, id) WHERE deleted_at IS NULL;
CREATE INDEX products_by_price ON products (archived_at IS NOT NULL, unit_price, id) WHERE deleted_at IS NULL;
CREATE INDEX products_by_age ON products (archived_at IS NOT NULL, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_with_code ON products (code COLLATE NOCASE) WHERE code <> '' AND deleted_at IS NULL;

CREATE TABLE tax_snapshots (id INTEGER PRIMARY KEY, snapshot TEXT NOT NULL UNIQUE);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, number TEXT NOT NULL, number_sort TEXT NOT NULL,
  status TEXT NOT NULL, client_uid TEXT, client_name TEXT NOT NULL, client_sort TEXT NOT NULL, currency TEXT NOT NULL,
  order_date TEXT NOT NULL, buyer_reference TEXT NOT NULL, notes TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL, discount TEXT, subtotal INTEGER NOT NULL,
  discount_amount INTEGER NOT NULL, net INTEGER NOT NULL, tax INTEGER NOT NULL,
  total INTEGER NOT NULL, deleted_at TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE INDEX orders_by_date ON orders (order_date, id, status, currency, total) WHERE deleted_at IS NULL;
CREATE INDEX orders_by_number ON orders (number_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX orders_by_client_name ON orders (client_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX orders_by_total ON orders (total, id) WHERE deleted_at IS NULL;
CREATE INDEX orders_by_client ON orders (client_uid, order_date, id) WHERE deleted_at IS NULL;
CREATE INDEX orders_by_status ON orders (status, order_date, id, deleted_at) WHERE deleted_at IS NULL;

CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, product_uid TEXT, description TEXT NOT NULL, unit TEXT NOT NULL,
  quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, discount TEXT,
  tax_snapshot_id INTEGER NOT NULL REFERENCES tax_snapshots(id), source_line_uid TEXT
);
CREATE INDEX order_lines_of ON order_lines (order_id, position);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, client_uid TEXT,
  client_name TEXT NOT NULL, client_sort TEXT NOT NULL, currency TEXT NOT NULL, exchange_rate TEXT,
  issue_date TEXT NOT NULL, terms TEXT, due_date TEXT NOT NULL, supply_from TEXT, supply_to TEXT,
  buyer_reference TEXT NOT NULL, notes TEXT NOT NULL, payment_reference TEXT NOT NULL,
  language TEXT NOT NULL, formats TEXT NOT NULL, prices_include_tax INTEGER NOT NULL, discount TEXT,
  bank_account_uid TEXT, order_uid TEXT, corrects_uid TEXT, number TEXT, series_uid TEXT,
  period INTEGER, sequence INTEGER, number_sort TEXT NOT NULL, finalised_at TEXT, pdf_sha256 TEXT, is_imported INTEGER NOT NULL,
  reminders_paused INTEGER NOT NULL, subtotal INTEGER NOT NULL, discount_amount INTEGER NOT NULL,
  net INTEGER NOT NULL, tax INTEGER NOT NULL, total INTEGER NOT NULL, signed_total INTEGER NOT NULL, paid INTEGER NOT NULL,
  credited INTEGER NOT NULL, balance INTEGER NOT NULL, settlement TEXT NOT NULL, deleted_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  CHECK ((finalised_at IS NULL) = (number IS NULL)),
  CHECK (finalised_at IS NULL OR deleted_at IS NULL)
);
CREATE UNIQUE INDEX invoices_sequence ON invoices (series_uid, period, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX invoices_number ON invoices (number) WHERE number IS NOT NULL;
CREATE INDEX invoices_by_date ON invoices (
  issue_date, id, kind, settlement, due_date, currency, signed_total, balance
) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_due_date ON invoices (due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_number ON invoices (number_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_client_name ON invoices (client_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_total ON invoices (signed_total, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_balance ON invoices (balance, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_settlement ON invoices (settlement, issue_date, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_by_client ON invoices (client_uid, issue_date, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_open ON invoices (due_date, settlement, currency, signed_total, balance) WHERE balance > 0;
CREATE INDEX invoices_of_order ON invoices (order_uid) WHERE order_uid IS NOT NULL;
CREATE INDEX invoices_correcting ON invoices (corrects_uid) WHERE corrects_uid IS NOT NULL;

CREATE TABLE invoice_lines (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, invoice_id INTEGER NOT NULL REFERENCES invoices(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, product_uid TEXT, description TEXT NOT NULL, unit TEXT NOT NULL,
  quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, discount TEXT,
  tax_snapshot_id INTEGER NOT NULL REFERENCES tax_snapshots(id), source_line_uid TEXT
);
CREATE INDEX invoice_lines_of ON invoice_lines (invoice_id, position);

CREATE TABLE documents (
  invoice_id INTEGER PRIMARY KEY REFERENCES invoices(id) ON DELETE CASCADE,
  frozen TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL
);

CREATE TABLE assets (sha256 TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE payments (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, invoice_uid TEXT NOT NULL, date TEXT NOT NULL,
  amount INTEGER NOT NULL, currency TEXT NOT NULL, method TEXT NOT NULL, reference TEXT NOT NULL,
  reverses TEXT UNIQUE, created_at TEXT NOT NULL
);
CREATE INDEX payments_of ON payments (invoice_uid, id);

CREATE TABLE sends (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, invoice_uid TEXT NOT NULL, recipients TEXT NOT NULL,
  reply_to TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, attachment_hashes TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, requested_at TEXT NOT NULL, settled_at TEXT
);
CREATE INDEX sends_of ON sends (invoice_uid, id);

CREATE TABLE day_sums (
  figure TEXT NOT NULL, currency TEXT NOT NULL, day TEXT NOT NULL, amount INTEGER NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (figure, currency, day)
) WITHOUT ROWID;
CREATE TABLE client_sums (
  client_uid TEXT NOT NULL, currency TEXT NOT NULL, invoiced INTEGER NOT NULL,
  balance INTEGER NOT NULL, PRIMARY KEY (client_uid, currency)
) WITHOUT ROWID;
CREATE TABLE invoice_sums (
  kind TEXT NOT NULL, settlement TEXT NOT NULL, currency TEXT NOT NULL, count INTEGER NOT NULL,
  total INTEGER NOT NULL, balance INTEGER NOT NULL, PRIMARY KEY (kind, settlement, currency)
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, collection TEXT NOT NULL,
  record_uid TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, collection TEXT NOT NULL, record_uid TEXT NOT NULL,
  action TEXT NOT NULL, fields TEXT NOT NULL
);
CREATE INDEX activity_of ON activity (record_uid, id);

CREATE TABLE imported_records (
  kind TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, record_uid TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE screen_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE clients_search USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE clients_search_terms USING fts5vocab(clients_search, instance);
CREATE VIRTUAL TABLE products_search USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE products_search_terms USING fts5vocab(products_search, instance);
CREATE VIRTUAL TABLE orders_search USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE orders_search_terms USING fts5vocab(orders_search, instance);
CREATE VIRTUAL TABLE invoices_search USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE invoices_search_terms USING fts5vocab(invoices_search, instance);
`,
};
