import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type { SettingsRecord } from '../../../../src/shared/contracts/sync/records';
import { checkBankDetails } from '../../../../src/shared/domain/bank-check';
import type { BusinessInput } from '../../../../src/shared/domain/business';
import { businessInput } from '../../../../src/shared/domain/business';
import type { BusinessUid, TaxCodeUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { checkNewLogo } from '../../../../src/shared/domain/logo-check';
import type { Issue } from '../../../../src/shared/domain/result';
import { taxCodesForNewBusiness } from '../../../../src/shared/domain/tax-presets';

export type BusinessRecord = Extract<SettingsRecord, { type: 'business' }>;

/** A business as its devices have it: what is the cloud's alone (receipts) stays out. */
export function businessRecordOf(business: {
  readonly tenant: BusinessUid;
  readonly settings: BusinessSettings;
  readonly createdAt: Date;
}): BusinessRecord {
  return {
    ...businessInput.parse(business.settings),
    type: 'business',
    uid: business.tenant,
    createdAt: business.createdAt.toISOString(),
  };
}

/** The settings with what a device says about the business. */
export function settingsWith(settings: BusinessSettings, record: BusinessRecord): BusinessSettings {
  return { ...settings, ...businessInput.parse(record) };
}

/** The tax codes of a business that begins in the cloud, as those on a device have them (DOMAIN 9). */
export function newTaxCodes(country: string): readonly SettingsRecord[] {
  return taxCodesForNewBusiness(country, null).map((code) => ({
    type: 'tax_code' as const,
    uid: newUid<TaxCodeUid>(),
    ...code,
    archivedAt: null,
  }));
}

/**
 * What no schema says is wrong with a business, by the path in it: bank accounts, and a logo that
 * is no picture. A logo that was kept before stays; the paper has the name in its place.
 */
export function businessIssues(
  { bankAccounts, logo }: Pick<BusinessInput, 'bankAccounts' | 'logo'>,
  before: Pick<BusinessInput, 'logo'> | null,
): readonly Issue[] {
  const ofAccounts = bankAccounts.flatMap((account, index) =>
    checkBankDetails(account.details).map((found) => ({
      ...found,
      field: `bankAccounts.${index}.details.${found.field}`,
    })),
  );
  return [...ofAccounts, ...checkNewLogo(logo, before?.logo ?? null)];
}
