import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { builtApp } from './built-app';

/** The tests run against the built app, as it ships. */
export default function requireBuild(): void {
  for (const entry of ['web/index.js', 'core/index.js', 'renderer/index.html']) {
    if (!existsSync(join(builtApp, entry))) {
      throw new Error(`${join(builtApp, entry)} is missing: run "npm run build" first`);
    }
  }
}
