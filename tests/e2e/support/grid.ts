import type { Locator } from '@playwright/test';

import { expect } from './app';

/** A row of a list as it stands on the screen. */
export interface SeenRow {
  readonly name: string;
  /** Pixels below the top of the window. */
  readonly top: number;
}

/** The rows of a list that are in sight, between its header and its footer. */
export async function rowsInSight(grid: Locator): Promise<readonly SeenRow[]> {
  return grid.evaluate((element) => {
    const [header, ...rows] = element.querySelectorAll('[role="row"]');
    const from = header?.getBoundingClientRect().bottom ?? 0;
    const to = element.getBoundingClientRect().bottom;
    return rows
      .map((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        const box = row.querySelector('[type="checkbox"]');
        const name = box?.getAttribute('aria-label')?.replace('Select ', '') ?? '';
        return { name, top, bottom };
      })
      .filter(({ top, bottom }) => top >= from && bottom <= to)
      .sort((a, b) => a.top - b.top)
      .map(({ name, top }) => ({ name, top }));
  });
}

/** The row that the keys act on; null where none is. */
export async function activeRow(grid: Locator): Promise<string | null> {
  return grid.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    if (id === null) return null;
    const row = document.getElementById(id);
    if (row === null) throw new Error('the active row is not there');
    const box = row.querySelector('[type="checkbox"]');
    return box?.getAttribute('aria-label')?.replace('Select ', '') ?? null;
  });
}

/** Waits until a list has so many rows, and whatever that moves has moved. */
export async function untilCounted(grid: Locator, count: number): Promise<void> {
  await expect(grid).toHaveAttribute('aria-rowcount', String(count), { timeout: 20_000 });
  await grid.page().waitForTimeout(500);
}

/** Goes with the keys far down a list, to a row in the middle of those in sight; answers its name. */
export async function goDeep(grid: Locator): Promise<string> {
  const { keyboard } = grid.page();
  await grid.focus();
  for (let step = 0; step < 4; step += 1) await keyboard.press('PageDown');
  for (let step = 0; step < 8; step += 1) await keyboard.press('ArrowUp');
  const active = await activeRow(grid);
  if (active === null) throw new Error('no row is active');
  const names = (await rowsInSight(grid)).map(({ name }) => name);
  expect(names.indexOf(active)).toBeGreaterThan(4);
  expect(names.length - names.indexOf(active)).toBeGreaterThan(4);
  return active;
}
