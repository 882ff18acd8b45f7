import type { Business, BusinessInput, NewBusiness } from '../../shared/domain/business';
import { businessInput } from '../../shared/domain/business';
import { formatsFor, languageFor, paperFor } from '../../shared/domain/document-defaults';
import type { BusinessUid, DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { DEFAULT_PATTERNS } from '../../shared/domain/number-pattern';
import type { NumberSeries, SeriesKind } from '../../shared/domain/number-series';
import { ok } from '../../shared/domain/result';
import type { TaxCode } from '../../shared/domain/tax';
import { taxCodesForNewBusiness } from '../../shared/domain/tax-presets';
import { businessRecordOf, taxCodeRecordOf } from '../../shared/sync/wire-records';
import { insertSeries, openSeries } from '../numbering/series-repository';
import type { Replica, WriteScope } from '../replica/replica';
import { businesses, meta, taxCodes } from '../replica/schema';
import type { RememberedSettings } from './remembered-settings';

/** The issuer of the series that holds imported history. */
export const IMPORT_ISSUER = 'import';

/**
 * Fills an empty replica with a business: its profile, its tax codes, the number series of its
 * first device and the one of imported history.
 */
export function createBusiness(
  replica: Replica,
  uid: BusinessUid,
  deviceUid: DeviceUid,
  input: NewBusiness,
): void {
  writeAll(replica, uid, deviceUid, (scope) => {
    insertProfile(scope, { uid, isDemo: input.isDemo, createdAt: scope.now, ...profileFor(input) });
    for (const preset of taxCodesForNewBusiness(input.country, input.tax)) {
      insertTaxCode(scope, { uid: newUid(), ...preset, archivedAt: null });
    }
    for (const kind of ['invoice', 'credit_note', 'order'] as const) {
      openSeries(scope, seriesFor(kind, deviceUid, ''));
    }
    insertSeries(scope, seriesFor('imported', IMPORT_ISSUER, ''));
  });
}

/**
 * Fills an empty replica with settings that were kept elsewhere. The device goes on in its series,
 * so that no number is issued again.
 */
export function recreateBusiness(
  replica: Replica,
  uid: BusinessUid,
  deviceUid: DeviceUid,
  settings: RememberedSettings,
): void {
  writeAll(replica, uid, deviceUid, (scope) => {
    insertProfile(scope, settings.business);
    for (const taxCode of settings.taxCodes) insertTaxCode(scope, taxCode);
    for (const { isCurrent, ...one } of settings.series) {
      if (isCurrent) openSeries(scope, one);
      else insertSeries(scope, one);
    }
  });
}

/**
 * Fills an empty replica with a business that the cloud has: only its profile, so that it can be
 * opened; everything else is pulled. Nothing of this is told to the cloud but what `bind` records.
 */
export function joinBusiness(
  replica: Replica,
  { uid, isDemo, createdAt, ...data }: Business,
  deviceUid: DeviceUid,
  bind: (scope: WriteScope) => void,
): void {
  writeAll(replica, uid, deviceUid, (scope) => {
    scope.db
      .insert(businesses)
      .values({ uid, data: businessInput.parse(data), isDemo, createdAt })
      .run();
    bind(scope);
  });
}

function writeAll(
  replica: Replica,
  uid: BusinessUid,
  deviceUid: DeviceUid,
  fill: (scope: WriteScope) => void,
): void {
  const result = replica.write((scope) => {
    scope.db
      .insert(meta)
      .values([
        { key: 'business_uid', value: uid },
        { key: 'device_uid', value: deviceUid },
      ])
      .run();
    fill(scope);
    return ok(undefined);
  });
  if (!result.ok) throw new Error('an empty replica refused its business');
}

function profileFor(input: NewBusiness): BusinessInput {
  return businessInput.parse({
    name: input.name,
    legalName: '',
    address: { line1: '', line2: '', postalCode: '', city: '', region: '', country: input.country },
    vatNumber: '',
    companyNumber: '',
    email: '',
    phone: '',
    website: '',
    logo: null,
    bankAccounts: [],
    timeZone: input.timeZone,
    currency: input.currency,
    language: languageFor(input.country),
    formats: formatsFor(input.country),
    paper: paperFor(input.country),
    terms: input.terms,
    pricesIncludeTax: false,
    notes: '',
    mail: { replyTo: '', subject: '', body: '' },
    reminders: { enabled: false, daysAfterDue: [3, 10, 20] },
  });
}

function insertProfile(scope: WriteScope, record: Business): void {
  const { uid, isDemo, createdAt, ...data } = record;
  scope.db.insert(businesses).values({ uid, data, isDemo, createdAt }).run();
  scope.record({
    collection: 'settings',
    uid,
    action: 'created',
    mutation: { kind: 'create', record: businessRecordOf(record) },
  });
}

function insertTaxCode(scope: WriteScope, taxCode: TaxCode): void {
  scope.db.insert(taxCodes).values(taxCode).run();
  scope.record({
    collection: 'settings',
    uid: taxCode.uid,
    action: 'created',
    mutation: { kind: 'create', record: taxCodeRecordOf(taxCode) },
  });
}

/** A new series of a device with the usual pattern. */
export function seriesFor(kind: SeriesKind, issuer: string, letter: string): NumberSeries {
  const isImported = kind === 'imported';
  return {
    uid: newUid(),
    kind,
    issuer,
    letter,
    // Imported documents keep the numbers they came with: nothing is ever formatted by this.
    pattern: isImported ? '{0000}' : DEFAULT_PATTERNS[kind],
    resetsYearly: !isImported,
  };
}
