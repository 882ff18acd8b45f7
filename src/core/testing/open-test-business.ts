import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { NewBusiness } from '../../shared/domain/business';
import { newBusiness } from '../../shared/domain/business';
import { dayInZone } from '../../shared/domain/calendar-date';
import type { CoreEvent } from '../../shared/contracts/core-protocol';
import type { BusinessUid, DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import { readBusiness } from '../businesses/business-repository';
import { createBusiness } from '../businesses/create-business';
import { pathsOf } from '../businesses/registry';
import type { BusinessContext } from '../context';
import { openLedger } from '../numbering/ledger';
import { loadPdfRenderer } from '../pdf/load-renderer';
import { openReplica } from '../replica/replica';

export interface TestBusiness {
  readonly context: BusinessContext;
  readonly events: CoreEvent[];
  close(): void;
}

let renderer: Promise<PdfRenderer> | null = null;

/** A business on real files in a directory of its own, for tests of use cases and repositories. */
export function openTestBusiness(
  overrides: Partial<Record<keyof NewBusiness, unknown>> = {},
  { now = () => new Date('2026-03-10T10:00:00.000Z') }: { readonly now?: () => Date } = {},
): TestBusiness {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-test-'));
  const uid = newUid<BusinessUid>();
  const deviceUid = newUid<DeviceUid>();
  const paths = pathsOf(dataDirectory, uid);
  mkdirSync(paths.directory, { recursive: true });
  mkdirSync(dirname(paths.ledger), { recursive: true });
  const events: CoreEvent[] = [];
  const replica = openReplica(paths.replica, {
    now,
    onChange: (collections) => events.push({ event: 'changed', collections: [...collections] }),
  });
  createBusiness(replica, uid, deviceUid, testBusiness(overrides));
  const ledger = openLedger(paths.ledger, uid);
  const context: BusinessContext = {
    businessUid: uid,
    deviceUid,
    replica,
    ledger,
    pdfRenderer: () => (renderer ??= loadPdfRenderer()),
    fetchPaper: () => Promise.resolve(null),
    now,
    today: () => dayInZone(now(), replica.read(readBusiness).timeZone),
    emit: (event) => events.push(event),
  };
  return {
    context,
    events,
    close: () => {
      replica.close();
      ledger.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

function testBusiness(overrides: Partial<Record<keyof NewBusiness, unknown>>): NewBusiness {
  return newBusiness.parse({
    name: 'Test Trading',
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/Berlin',
    tax: { name: 'VAT 19 %', rate: 19_000 },
    isDemo: false,
    ...overrides,
  });
}
