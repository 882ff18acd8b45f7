import type { Migration } from '../migration';

/** The cloud keeps outcomes for good: nobody tells it any longer which of them have arrived. */
export const outcomesAreKept: Migration = {
  version: 5,
  name: 'outcomes are kept',
  sql: `
ALTER TABLE sync_collections DROP COLUMN acknowledged;
`,
};
