import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listPages, type FindPage } from './pages';

let directory: string;
let findPage: FindPage;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-pages-'));
  const renderer = join(directory, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'secret.json'), '{}');
  writeFileSync(join(renderer, 'index.html'), '<!doctype html>');
  writeFileSync(join(renderer, 'assets', 'app-1a2b.js'), '');
  writeFileSync(join(renderer, 'assets', 'notes.unknown'), '');
  symlinkSync(join(directory, 'secret.json'), join(renderer, 'link.json'));
  findPage = listPages(renderer);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the built pages', () => {
  it('are found by their path, with type and caching', () => {
    expect(findPage('/assets/app-1a2b.js')).toMatchObject({
      contentType: 'text/javascript; charset=utf-8',
      isImmutable: true,
    });
    expect(findPage('/index.html')).toMatchObject({ isImmutable: false });
  });

  it('give the document for addresses inside the app', () => {
    for (const address of ['/', '/invoices', '/clients/0199a5a0-0000-7000-8000-000000000001']) {
      expect(findPage(address)?.file.endsWith('index.html')).toBe(true);
    }
  });

  it('hold nothing of an unknown type and follow no link', () => {
    expect(findPage('/assets/notes.unknown')).toBeNull();
    expect(findPage('/link.json')).toBeNull();
  });

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..\\..\\secret.json',
    '/assets/app-1a2b.js\0.png',
    '//secret.json',
    '/C:/secret.json',
    'secret.json',
  ])('do not lead outside by %j', (pathname) => {
    expect(findPage(pathname)).toBeNull();
  });

  it('never lead outside, whatever the path', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      'assets',
      'secret.json',
      '%2e%2e',
      '\\',
      '',
      'app-1a2b.js',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const page = findPage(`/${pieces.join('/')}`);
        if (page !== null) expect(page.file.startsWith(join(directory, 'renderer'))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
