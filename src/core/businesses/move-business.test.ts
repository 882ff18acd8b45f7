import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CurrencyCode } from '../../shared/domain/currency';
import type { BusinessUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { openLedger } from '../numbering/ledger';
import { finishMove, moveBusiness } from './move-business';
import { openRegistry, pathsOf } from './registry';

const [from, to] = [newUid<BusinessUid>(), newUid<BusinessUid>()];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-move-'));
  const registry = openRegistry(directory);
  registry.keep({ uid: from, name: 'Acme Ltd', currency: 'EUR' as CurrencyCode, isDemo: false });
  registry.choose(from);
  const { ledger } = pathsOf(directory, from);
  mkdirSync(dirname(ledger), { recursive: true });
  const opened = openLedger(ledger, from);
  opened.raise({ seriesUid: 'series', period: 2026, sequence: 7 });
  opened.close();
});
afterEach(() => rmSync(directory, { recursive: true }));

function expectMoved(): void {
  const registry = openRegistry(directory);
  expect(registry.all().map(({ uid }) => uid)).toEqual([to]);
  expect(registry.currentUid()).toBe(to);
  const ledger = openLedger(pathsOf(directory, to).ledger, to);
  expect(ledger.highest('series', 2026)).toBe(7);
  ledger.close();
  expect(existsSync(pathsOf(directory, from).ledger)).toBe(false);
  expect(existsSync(join(directory, 'move.json'))).toBe(false);
}

describe('a business that gets another uid', () => {
  it('R49 takes the ledger of its numbers along', () => {
    moveBusiness(directory, openRegistry(directory), from, to);
    expectMoved();
  });

  it('is finished at the next start when it was cut off, however far it came', () => {
    const wish = (): void =>
      writeFileSync(join(directory, 'move.json'), JSON.stringify({ from, to }));
    wish();
    finishMove(directory, openRegistry(directory));
    // Cut off just before the wish was taken away.
    wish();
    finishMove(directory, openRegistry(directory));
    expectMoved();
  });

  it('never takes the place of another that is here', () => {
    mkdirSync(pathsOf(directory, to).directory, { recursive: true });
    expect(() => moveBusiness(directory, openRegistry(directory), from, to)).toThrow('already');
    expect(openRegistry(directory).currentUid()).toBe(from);
  });
});
