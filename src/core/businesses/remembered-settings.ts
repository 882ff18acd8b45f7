import { asc } from 'drizzle-orm';
import { z } from 'zod';

import type { Business } from '../../shared/domain/business';
import { numberSeries } from '../../shared/domain/number-series';
import { taxCode, type TaxCode } from '../../shared/domain/tax';
import type { NumberLedger, RememberedKey } from '../numbering/ledger';
import type { Replica } from '../replica/replica';
import { series, taxCodes } from '../replica/schema';
import { readBusiness } from './business-repository';

const rememberedSeries = numberSeries.extend({ isCurrent: z.boolean() });
type RememberedSeries = z.infer<typeof rememberedSeries>;

/** The settings that the ledger repeats, so that a lost replica can be built anew. */
export interface RememberedSettings {
  readonly business: Business;
  readonly taxCodes: readonly TaxCode[];
  readonly series: readonly RememberedSeries[];
}

export function rememberSettings(replica: Replica, ledger: NumberLedger): void {
  const settings = replica.read((scope) => ({
    business: readBusiness(scope),
    series: scope.db.select().from(series).orderBy(asc(series.id)).all(),
    taxCodes: scope.db.select().from(taxCodes).orderBy(asc(taxCodes.id)).all(),
  }));
  ledger.remember('business', JSON.stringify(settings.business));
  ledger.remember('series', JSON.stringify(settings.series));
  ledger.remember('tax_codes', JSON.stringify(settings.taxCodes));
}

/** Throws when the ledger remembers nothing: it does from the first opening of a business on. */
export function recallSettings(ledger: NumberLedger): RememberedSettings {
  const recall = (key: RememberedKey): unknown => {
    const json = ledger.recall(key);
    if (json === null) throw new Error(`the ledger remembers no ${key}`);
    return JSON.parse(json);
  };
  return {
    // Written by this app from parsed records; the replica's own schema holds them again.
    business: recall('business') as Business,
    series: rememberedSeries.array().parse(recall('series')),
    taxCodes: taxCode.array().parse(recall('tax_codes')),
  };
}
