import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Totals } from '../../../../src/shared/domain/totals';
import type { SyncedChange } from '../../../kit/sync/synced-collection';
import type { InvoiceRow } from '../db/rows';
import type { OrderLineKey } from '../domain/order-lines';
import type { TakenPlaces } from './invoice-rules';
import type { Paper } from './paper-rules';

/** What a batch of devices needs to know of the documents that it is about. */
export interface PreparedInvoices {
  readonly now: Date;
  readonly today: CalendarDate;
  /** Documents that the batch is about or corrects, as they stand, locked. */
  readonly rows: ReadonlyMap<InvoiceUid, InvoiceRow>;
  readonly places: TakenPlaces;
}

export type InvoiceChange = SyncedChange<'invoices'>;

/** A changed document with what follows from its record alone. */
export interface ChangedDocument {
  readonly change: InvoiceChange;
  /** Brought by its finalising. */
  readonly paper: Paper | null;
  readonly totals: Totals;
}

/** A document of a batch as it now stands in the tables. */
export interface StoredDocument extends ChangedDocument {
  readonly row: InvoiceRow;
  readonly orderLines: readonly (OrderLineKey | null)[];
}
