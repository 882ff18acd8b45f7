import { describe, expect, it } from 'vitest';

import { checkImport } from '../../scripts/lint/layers.mjs';

describe('the import layers', () => {
  it.each([
    ['src/renderer/app/app.tsx', '../../shared/domain/money'],
    ['src/renderer/features/clients/list.tsx', '../../ui/money'],
    ['src/core/entry.ts', '../shared/contracts/app-api'],
    ['src/core/replica/replica.ts', 'better-sqlite3'],
    ['src/main/index.ts', '../core/host/supervisor'],
    ['src/main/index.ts', 'electron'],
    ['src/web/index.ts', 'node:fs'],
    ['src/shared/contracts/app-api.ts', '../domain/money'],
    ['src/shared/domain/money.test.ts', 'node:fs'],
    ['tests/e2e/shell.spec.ts', '../../src/shared/contracts/app-api'],
  ])('let %s import %s', (file, source) => {
    expect(checkImport(file, source)).toBeNull();
  });

  it.each([
    ['src/renderer/app/app.tsx', '../../core/app', 'src/renderer may import from'],
    ['src/renderer/app/app.tsx', 'electron', 'Electron may be used'],
    ['src/renderer/app/app.tsx', 'node:fs', 'is pure'],
    ['src/renderer/ui/money.tsx', '../features/clients/list', 'src/renderer/ui may import from'],
    ['src/shared/domain/money.ts', '../contracts/app-api', 'src/shared/domain may import from'],
    ['src/shared/pdf/renderer.ts', 'fs', 'is pure'],
    ['src/core/entry.ts', '../web/index', 'src/core may import from'],
    ['src/core/entry.ts', 'electron', 'Electron may be used'],
    ['src/core/features/clients/list.ts', 'better-sqlite3', 'src/core/replica only'],
    ['src/preload/index.ts', '../core/entry', 'src/preload may import from'],
    ['src/web/index.ts', '../main/index', 'src/web may import from'],
    ['src/main/index.ts', '../../tests/e2e/support/api', 'src/main may import from'],
  ])('keep %s from importing %s', (file, source, message) => {
    expect(checkImport(file, source)).toContain(message);
  });
});
