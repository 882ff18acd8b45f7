import type { BusinessSettings, ClientState } from '../../../../src/shared/contracts/events/events';
import { businessSettings, clientState } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createLog } from '../../../kit/telemetry/log';
import { createDirectory } from '../adapters/directory';
import { createStoredSignals } from '../adapters/stored-signals';
import type { InvoicesContext } from '../context';
import { findInvoiceByUid } from '../db/invoice-repository';
import { storeBusiness, storeClients } from '../db/projections';
import type { InvoiceRow } from '../db/rows';
import { creations } from '../db/schema';
import type { InvoiceInput } from '../domain/content';
import { beginInvoice } from '../use-cases/begin-invoice';
import { createInvoice } from '../use-cases/create-invoice';

/** A context on a database of its own, with every other service away and a clock that is set. */
export interface ScratchContext extends InvoicesContext {
  setClock(moment: string): void;
}

export function createScratchContext({ db }: ScratchDatabase, moment: string): ScratchContext {
  let time = new Date(moment);
  const now = () => time;
  const away = async () => {
    throw new ServiceUnavailableError('away');
  };
  return {
    db,
    log: createLog('invoices', 'silent'),
    now,
    directory: createDirectory(db, { get: away, post: away }, now),
    // Which characters fonts have is another test's matter.
    fonts: { familyOf: () => 'NotoSans' },
    stored: createStoredSignals(),
    setClock(next) {
      time = new Date(next);
    },
  };
}

export function settingsOf(more: Partial<BusinessSettings> = {}): BusinessSettings {
  return businessSettings.parse({
    name: 'Acme Ltd',
    legalName: '',
    address: { line1: '', line2: '', postalCode: '', city: '', region: '', country: 'DE' },
    vatNumber: '',
    companyNumber: '',
    email: '',
    phone: '',
    website: '',
    logo: null,
    bankAccounts: [],
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    language: 'en',
    formats: 'en-GB',
    paper: 'A4',
    terms: { kind: 'net_days', days: 10 },
    pricesIncludeTax: false,
    notes: '',
    mail: { replyTo: '', subject: '', body: '' },
    reminders: { enabled: false, daysAfterDue: [3, 10, 20] },
    sendReceipts: false,
    ...more,
  });
}

export function clientOf(more: Partial<ClientState> = {}): ClientState {
  return clientState.parse({
    id: 1,
    uid: newUid(),
    revision: 1,
    name: 'Client Ltd',
    contact_name: '',
    email: 'client@example.com',
    phone: '',
    address: '1 High St\nLondon',
    postal_address: null,
    vat_number: '',
    company_number: '',
    language: null,
    reminders_paused: false,
    archived: false,
    deleted: false,
    ...more,
  });
}

/** A business with one client, as events told of them. */
export async function createTenant(
  context: InvoicesContext,
  settings: Partial<BusinessSettings> = {},
  client: Partial<ClientState> = {},
): Promise<BusinessUid> {
  const tenant = newUid<BusinessUid>();
  await storeBusiness(context.db, tenant, { revision: 1, settings: settingsOf(settings) });
  await storeClients(context.db, [{ tenant, state: clientOf(client) }]);
  return tenant;
}

/** An invoice by the way that REST takes, its workflow's first step included. */
export async function makeInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  more: Partial<InvoiceInput> = {},
): Promise<InvoiceRow> {
  const begun = beginInvoice(
    context,
    tenant,
    { client_id: 1, items: [{ description: 'Work', quantity: 1, unit_price: 100 }], ...more },
    null,
  );
  const state = { isOver: false };
  void begun.finally(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    const waiting = await context.db.select().from(creations);
    const own = waiting.filter((one) => one.tenant === tenant && one.storedAt === null);
    for (const { sendUid } of own) await createInvoice(context, tenant, sendUid);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  return invoiceOf(context, tenant, await begun);
}

async function invoiceOf(
  context: InvoicesContext,
  tenant: BusinessUid,
  uid: InvoiceUid | object,
): Promise<InvoiceRow> {
  if (typeof uid !== 'string') throw new Error(`refused: ${JSON.stringify(uid)}`);
  return reread(context, tenant, uid);
}

export async function reread(
  context: InvoicesContext,
  tenant: BusinessUid,
  uid: InvoiceUid,
): Promise<InvoiceRow> {
  const found = await findInvoiceByUid(context.db, tenant, uid);
  if (found === null) throw new Error(`no invoice ${uid}`);
  return found;
}

export function must<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value)}`);
  return value as Exclude<T, Refusal>;
}
