import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadPdfAssets } from './load-pdf-assets';
import { GOLDEN } from '../../shared/pdf/fixtures/golden';
import { frozen, manyLines } from '../../shared/pdf/fixtures/documents';
import { SAMPLES } from '../../shared/pdf/fixtures/samples';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import { createPdfRenderer } from '../../shared/pdf/renderer';

let renderer: PdfRenderer;
let folder: string;

beforeAll(async () => {
  renderer = await createPdfRenderer(await loadPdfAssets());
  // Inside the project, so that packages are found from there.
  const cache = path.resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'pdf-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: path.resolve('src/core/pdf/fixtures/print-hashes.ts'),
      outDir: folder,
      target: 'node20',
    },
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hashesFrom(node: string, environment: Readonly<Record<string, string>>): unknown {
  const output = execFileSync(node, [path.join(folder, 'print-hashes.js')], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return JSON.parse(output);
}

/** The machine's own Node, which need not be the one that runs the tests. */
function nodeOutsideTheProject(): Readonly<Record<string, string>> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const outside = folders.filter((entry) => !entry.includes('node_modules'));
  return { PATH: outside.join(path.delimiter) };
}

describe('the bytes of a document', () => {
  it('are those that were agreed on', () => {
    const hashes = Object.entries(SAMPLES).map(([name, document]) => [
      name,
      createHash('sha256').update(renderer.render(document)).digest('hex'),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(GOLDEN);
  });

  it('are the same in other processes, time zones, languages and versions of Node', () => {
    expect(hashesFrom(process.execPath, { TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' })).toEqual(GOLDEN);
    expect(hashesFrom(process.execPath, { TZ: 'America/St_Johns', LANG: 'C' })).toEqual(GOLDEN);
    const environment = { ...nodeOutsideTheProject(), TZ: 'UTC' };
    expect(hashesFrom('node', environment)).toEqual(GOLDEN);
  }, 60_000);

  it('do not depend on what was rendered before', () => {
    const before = renderer.render(SAMPLES.english);
    renderer.render(SAMPLES.japanese);
    renderer.render(frozen({ lines: [...manyLines(40)] }));
    expect(Buffer.from(renderer.render(SAMPLES.english)).equals(Buffer.from(before))).toBe(true);
  });
});
