import { defineConfig } from 'drizzle-kit';

const service = process.env['SERVICE'];
if (service === undefined) throw new Error('Say which service: SERVICE=clients npx drizzle-kit …');

/** Writes the next migration of a service: `SERVICE=clients npm run migration -w backend`. */
export default defineConfig({
  dialect: 'mysql',
  schema: `./services/${service}/db/schema.ts`,
  out: `./services/${service}/db/migrations`,
});
