import type { Migration } from '../migration';

/**
 * After every round of sync, and for the list's filter, the few e-mails that did not go out are
 * looked up among all that ever did.
 */
export const sendsByState: Migration = {
  version: 3,
  name: 'sends by state',
  sql: `
CREATE INDEX sends_by_state ON sends (state, invoice_uid);
`,
};
