import type { MethodInput } from '../../src/shared/contracts/app-api';
import { newUid, type LineUid } from '../../src/shared/domain/ids';
import { snapshotOf } from '../../src/shared/domain/tax';
import { within, type BenchResult } from '../bench-result';
import { startCore, type BuiltCore } from './built-core';
import type { TwoSizes } from './opening';

const LIMIT_MB = 200;

/**
 * The most memory that the core was seen to hold during a morning's work: opening, paging through
 * lists, searching, figures, previews, and finalising an invoice in Japanese among others.
 */
export async function benchMemory(builtApp: string, sizes: TwoSizes): Promise<BenchResult> {
  const large = await highestMemory(builtApp, sizes.large);
  const small = await highestMemory(builtApp, sizes.small);
  return within(
    LIMIT_MB,
    'memory: MB of the core at work, with 100 invoices (value at most)',
    large,
    small,
  );
}

async function highestMemory(builtApp: string, dataDirectory: string): Promise<number> {
  const core = await startCore(builtApp, dataDirectory);
  let highest = 0;
  const look = (): void => {
    highest = Math.max(highest, core.memory() ?? Number.NaN);
  };
  const timer = setInterval(look, 5);
  try {
    await core.call('app.state', {});
    await readLists(core, look);
    await makePapers(core, look);
    await readLists(core, look);
  } finally {
    clearInterval(timer);
    await core.end();
  }
  return highest;
}

async function readLists(core: BuiltCore, look: () => void): Promise<void> {
  const sorts = ['issueDate', 'dueDate', 'number', 'clientName', 'total', 'balance'] as const;
  for (const by of sorts) {
    let cursor: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const input: MethodInput<'invoices.list'> = {
        sort: { by, direction: 'desc' },
        ...(cursor === null ? {} : { cursor }),
      };
      const answer: { readonly nextCursor: string | null } = await core.call(
        'invoices.list',
        input,
      );
      cursor = answer.nextCursor;
      if (cursor === null) break;
      look();
    }
  }
  for (const search of ['i', 'co', 'consulting', 'INV-2026', '東京', 'nothing']) {
    await core.call('invoices.list', { search });
    await core.call('invoices.count', { search });
    await core.call('search.everything', { text: search });
    look();
  }
  await core.call('invoices.count', { statuses: ['overdue'] });
  await core.call('clients.list', {});
  await core.call('reports.dashboard', {});
  look();
}

/** Previews, PDFs and finalised invoices, in scripts that need a font each. */
async function makePapers(core: BuiltCore, look: () => void): Promise<void> {
  const [taxCode] = await core.call('taxCodes.list', {});
  if (taxCode === undefined) throw new Error('a business without tax codes');
  const tax = snapshotOf(taxCode);
  for (const name of ['Acme Ltd', '東京カメラ株式会社', 'Αθήνα Βιβλία', 'دار الكتب', '서울 상사']) {
    const { client } = await core.call('clients.create', { client: clientCalled(name) });
    const blank = await core.call('invoices.blank', { clientUid: client.uid });
    const line = {
      uid: newUid<LineUid>(),
      productUid: null,
      description: `${name} 1`,
      unit: 'h',
      quantity: 1_000,
      unitPrice: 1_000_000,
      discount: null,
      tax,
      sourceLineUid: null,
    };
    const content = { ...blank, lines: [line] };
    await core.call('invoices.preview', { content });
    look();
    const draft = await core.call('invoices.createDraft', { content });
    const issued = await core.call('invoices.finalise', { uid: draft.uid });
    await core.call('invoices.pdf', { uid: issued.uid });
    look();
  }
}

function clientCalled(name: string): MethodInput<'clients.create'>['client'] {
  return {
    name,
    contactName: '',
    email: '',
    phone: '',
    address: {
      line1: '1 Example Street',
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
  };
}
