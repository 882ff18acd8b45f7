import type { Migration } from '../migration';

/** Of the series that other devices opened, this device takes no number, whatever they said of it. */
export const ownSeries: Migration = {
  version: 4,
  name: 'own series',
  sql: `
UPDATE series SET is_current = 0
WHERE issuer <> (SELECT value FROM meta WHERE key = 'device_uid');
`,
};
