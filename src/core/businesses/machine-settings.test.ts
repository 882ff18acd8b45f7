import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { readMachineSettings, writeMachineSettings } from './machine-settings';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-settings-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('follows the system until something is chosen, and keeps what was', () => {
  expect(readMachineSettings(directory)).toEqual({ language: null });
  writeMachineSettings(directory, { language: 'de' });
  expect(readMachineSettings(directory)).toEqual({ language: 'de' });
});

it.each(['', '{', '{"language":"klingon"}'])('takes %j for nothing chosen', (text) => {
  writeFileSync(join(directory, 'settings.json'), text);
  expect(readMachineSettings(directory)).toEqual({ language: null });
});
