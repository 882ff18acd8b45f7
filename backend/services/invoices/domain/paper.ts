import type { ClientState } from '../../../../src/shared/contracts/events/events';
import type { Logo } from '../../../../src/shared/domain/business';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { checkFinalise } from '../../../../src/shared/domain/document-rules';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import { freeze } from '../../../../src/shared/domain/freeze';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent, InvoiceKind } from '../../../../src/shared/domain/invoice';
import type { Issue, Result } from '../../../../src/shared/domain/result';
import { ok, refused } from '../../../../src/shared/domain/result';
import { FONT_SET, RENDERER_VERSION } from '../../../../src/shared/pdf/renderer-version';
import { addressOfText } from '../../../../src/shared/domain/address-of-text';
import type { ContentSettings } from './content';
import type { OrderReference, PaperParts } from './creation';

/**
 * What the paper shows besides the content. Refused where a client's address, known as one text,
 * does not fit on it (`client_id` `client_address_too_long`).
 */
export function paperParts(
  tenant: BusinessUid,
  settings: ContentSettings,
  logoSha256: string | null,
  client: ClientState,
): Result<PaperParts> {
  const address = client.postal_address ?? addressOfText(client.address, settings.address.country);
  if (address === null) return refused('client_id', 'client_address_too_long');
  const { name, legalName, vatNumber, companyNumber, email, phone, website } = settings;
  const { paper, currency, bankAccounts } = settings;
  return ok({
    business: {
      uid: tenant,
      name,
      legalName,
      address: settings.address,
      vatNumber,
      companyNumber,
      email,
      phone,
      website,
      paper,
      currency,
      bankAccounts,
    },
    logoSha256,
    client: {
      name: client.name,
      contactName: client.contact_name,
      address,
      vatNumber: client.vat_number,
      companyNumber: client.company_number,
      email: client.email,
    },
  });
}

/** A document on its way to paper. */
export interface PaperSubject {
  readonly uid: InvoiceUid;
  readonly kind: InvoiceKind;
  readonly content: DocumentContent;
  readonly order: OrderReference | null;
  readonly corrects: FrozenDocument['corrects'];
  readonly paper: PaperParts;
}

/** Freezes a document, by the same rule as the desktop, for the renderer that the cloud has. */
export function freezeDocument(
  subject: PaperSubject,
  issued: FrozenDocument['issued'],
  logo: Logo | null,
): FrozenDocument {
  const { uid, kind, content, order, corrects, paper } = subject;
  return freeze({
    business: { ...paper.business, logo },
    client: paper.client,
    invoice: { uid, kind, content, orderUid: order?.uid ?? null },
    orderNumber: order?.number ?? '',
    corrects,
    issued,
    renderer: { version: RENDERER_VERSION, fontSet: FONT_SET },
  });
}

/** What stands in the way of finalising, characters that no font has aside. */
export function finaliseBlockers(subject: PaperSubject, today: CalendarDate): readonly Issue[] {
  const { uid, kind, content, paper } = subject;
  return checkFinalise({
    uid,
    kind,
    content,
    business: paper.business,
    today,
    previous: null,
    others: [],
  }).blockers;
}
