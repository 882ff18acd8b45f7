import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { DEFECTS } from './defects';

const root = fileURLToPath(new URL('../..', import.meta.url));

it.each(Object.entries(DEFECTS))('%s can be put into the source as it is', (_, { edits }) => {
  for (const { file, find } of edits) {
    expect(readFileSync(join(root, file), 'utf8').split(find), file).toHaveLength(2);
  }
});
