import type { FrozenBusiness, FrozenClient } from '../../../../src/shared/domain/freeze';
import type { OrderUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import type { OrderLineKey } from './order-lines';

/** The order that a document was made from. */
export interface OrderReference {
  readonly id: number;
  readonly uid: OrderUid;
  readonly number: string;
}

/** What stands on the paper besides the content; the logo is told by its hash. */
export interface PaperParts {
  readonly business: Omit<FrozenBusiness, 'logo'>;
  readonly logoSha256: string | null;
  readonly client: FrozenClient;
}

/** A checked request for an invoice: all that its making needs, as it stood when it was asked for. */
export interface CreationRequest {
  readonly clientId: number;
  readonly content: DocumentContent;
  readonly order: OrderReference | null;
  /** By line: the order line that it invoices. */
  readonly orderLines: readonly (OrderLineKey | null)[];
  readonly paper: PaperParts;
}
