import type { Client } from '../../../../shared/domain/client';
import { clientInput } from '../../../../shared/domain/client';
import type { ClientUid, LineUid, TaxCodeUid } from '../../../../shared/domain/ids';
import { newUid } from '../../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../../shared/domain/invoice';
import type { LineItem } from '../../../../shared/domain/line-item';
import { ok, type Result } from '../../../../shared/domain/result';
import type { TaxSnapshot } from '../../../../shared/domain/tax';
import { newDraft } from '../../invoices/invoice-facts';
import type { BusinessContext } from '../../../context';
import { insertClient } from '../../clients/client-repository';

/** The value of a result that has to be one. */
export function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** What a result was refused for, as `field code`. */
export function refusals(result: Result<unknown, unknown>): readonly string[] {
  if (result.ok) throw new Error('not refused');
  const error = result.error as { kind: string; issues?: { field: string; code: string }[] };
  return error.issues?.map(({ field, code }) => `${field} ${code}`) ?? [error.kind];
}

export const NO_TAX: TaxSnapshot = {
  uid: newUid<TaxCodeUid>(),
  name: 'No tax',
  category: 'outside_scope',
  rate: 0,
  reasons: {},
};

export const VAT: TaxSnapshot = {
  uid: newUid<TaxCodeUid>(),
  name: 'VAT 19 %',
  category: 'standard',
  rate: 19_000,
  reasons: {},
};

export function aLine(overrides: Partial<LineItem> = {}): LineItem {
  return {
    uid: newUid<LineUid>(),
    productUid: null,
    description: 'Consulting',
    unit: 'h',
    quantity: 1_000,
    unitPrice: 1_000_000,
    discount: null,
    tax: NO_TAX,
    sourceLineUid: null,
    ...overrides,
  };
}

/** A stored client. */
export function createClient(context: BusinessContext, overrides: Partial<Client> = {}): ClientUid {
  const uid = newUid<ClientUid>();
  const input = clientInput.parse({
    name: 'Acme Ltd',
    contactName: '',
    email: 'office@acme.example',
    phone: '',
    address: {
      line1: '1 High Street',
      line2: '',
      postalCode: '10115',
      city: 'Berlin',
      region: '',
      country: 'DE',
    },
    vatNumber: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
    ...overrides,
  });
  context.replica.write((scope) => {
    insertClient(scope, {
      ...input,
      uid,
      archivedAt: overrides.archivedAt ?? null,
      deletedAt: overrides.deletedAt ?? null,
      createdAt: scope.now,
      updatedAt: scope.now,
    });
    return ok(undefined);
  });
  return uid;
}

/** A stored invoice past the use cases: for lists, sums and bulk, without a PDF. */
export function anIssued(
  content: DocumentContent,
  overrides: Partial<Invoice> & { readonly number: string },
): Invoice {
  const draft = newDraft(content, '2026-01-01T00:00:00.000Z');
  return {
    ...draft,
    finalisedAt: '2026-01-01T00:00:00.000Z',
    isImported: true,
    ...overrides,
  };
}
