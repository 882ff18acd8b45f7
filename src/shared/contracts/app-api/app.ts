import { z } from 'zod';

import { instant } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { business, businessInput, newBusiness } from '../../domain/business';
import { businessUid } from '../../domain/ids';
import { screenLanguage } from '../../domain/screen-language';
import { method, nothing } from './method';

const businessSummary = z.object({
  uid: businessUid,
  name: z.string(),
  currency: currencyCode,
  isDemo: z.boolean(),
});

/** Why the current business cannot be opened; the app offers a way out for each. */
export const replicaProblem = z.discriminatedUnion('kind', [
  /** The file was damaged; it was set aside, its unsent changes were exported. */
  z.object({
    kind: z.literal('corrupted'),
    setAsidePath: z.string(),
    exportedChanges: z.int(),
    exportPath: z.string().nullable(),
    lastBackup: z.object({ id: z.string(), at: instant }).nullable(),
  }),
  /** Written by a newer version of the app. */
  z.object({ kind: z.literal('too_new'), replicaVersion: z.int(), appVersion: z.int() }),
  /** The ledger of issued numbers is gone: the app asks for the last number. */
  z.object({ kind: z.literal('ledger_missing') }),
]);

export const appState = z.object({
  version: z.string(),
  dataDirectory: z.string(),
  businesses: z.array(businessSummary),
  currentUid: businessUid.nullable(),
  problem: replicaProblem.nullable(),
  /** The language chosen for the screens of this machine; null: as the system. */
  language: screenLanguage.nullable(),
});

export const appMethods = {
  'app.state': method(nothing, appState),
  'app.setLanguage': method(z.object({ language: screenLanguage.nullable() }), appState),
  /** Opens another business; the answer is the new state. */
  'businesses.open': method(z.object({ uid: businessUid }), appState),
  'businesses.create': method(newBusiness, appState),
  /** The current business. */
  'businesses.get': method(nothing, business),
  /** `base`: what the form shows besides what was typed; what others changed is merged with that. */
  'businesses.update': method(
    z.object({ business: businessInput, base: businessInput.optional() }),
    business,
  ),
  /** Small things the screens remember (column widths, half-filled forms), as JSON text. */
  'screen.load': method(
    z.object({ key: z.string().min(1).max(200) }),
    z.object({ value: z.string().nullable() }),
  ),
  'screen.save': method(
    z.object({ key: z.string().min(1).max(200), value: z.string().max(1_000_000).nullable() }),
    nothing,
  ),
};
