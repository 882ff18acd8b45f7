import type { MethodInput } from '../../../src/shared/contracts/app-api';
import type { Api } from './api';

/** A business to start a test from; `changes` are what the test is about. */
export async function createBusiness(
  api: Api,
  changes: Partial<MethodInput<'businesses.create'>> = {},
): Promise<void> {
  await api('businesses.create', {
    name: 'Acme Ltd',
    country: 'GB',
    currency: 'GBP',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/London',
    tax: null,
    isDemo: false,
    ...changes,
  });
}
