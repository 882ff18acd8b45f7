import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { menuCommand, type MenuCommand } from '../shared/contracts/desktop-bridge';
import { menuTemplate } from './menu';
import { loadTranslations } from './translate';

async function build(platform: NodeJS.Platform, onCommand: (id: MenuCommand) => void = () => {}) {
  const translate = await loadTranslations('en-GB');
  return menuTemplate({ platform, isPackaged: true, translate, onCommand });
}

function flatten(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? flatten(item.submenu) : []),
  ]);
}

describe.each(['linux', 'darwin', 'win32'] as const)('the menu on %s', (platform) => {
  it('offers every command once, each with words', async () => {
    const items = flatten(await build(platform));
    const commands = items.filter((item) => item.id !== undefined);
    expect(commands.map((item) => item.id).sort()).toEqual([...menuCommand.options].sort());
    for (const item of commands) expect(item.label).not.toMatch(/^menu\.|^$/u);
  });

  it('tells which command was chosen', async () => {
    const chosen: MenuCommand[] = [];
    const items = flatten(await build(platform, (id) => chosen.push(id)));
    items.find((item) => item.id === 'new_invoice')?.click?.({} as never, undefined, {});
    expect(chosen).toEqual(['new_invoice']);
  });

  it('gives no shortcut twice', async () => {
    const accelerators = flatten(await build(platform)).flatMap((item) => item.accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  it('has no developer tools in a packaged app', async () => {
    const roles = flatten(await build(platform)).map((item) => item.role);
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).toContain('copy');
  });
});
