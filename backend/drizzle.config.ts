import { defineConfig } from 'drizzle-kit';

// Without a name there is no such folder, and nothing is written.
const service = process.env['SERVICE'] ?? 'SERVICE-is-not-set';

/** Writes the next migration of a service: `SERVICE=clients npm run migration -w backend`. */
export default defineConfig({
  dialect: 'mysql',
  schema: `./services/${service}/db/schema.ts`,
  out: `./services/${service}/db/migrations`,
});
