import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { menuCommand, type MenuCommand } from '../shared/contracts/desktop-bridge';
import german from './i18n/de.json';
import english from './i18n/en.json';
import { menuTemplate } from './menu';
import { loadTranslations } from './translate';

async function build(platform: NodeJS.Platform, onCommand: (id: MenuCommand) => void = () => {}) {
  const { translate } = await loadTranslations('en');
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

describe('the languages of the menu', () => {
  it('have the same texts, all of them filled in', () => {
    const keys = (catalogue: object): readonly string[] =>
      Object.entries(catalogue).flatMap(([area, texts]) =>
        Object.keys(texts as object).map((key) => `${area}.${key}`),
      );
    expect(keys(german)).toEqual(keys(english));
    for (const texts of Object.values(german)) expect(Object.values(texts)).not.toContain('');
  });

  it('change while the app runs, down to what Electron would name in English', async () => {
    const translations = await loadTranslations('en');
    await translations.speak('de');
    expect(translations.language()).toBe('de');
    const { translate } = translations;
    const known = Object.values<string>({ ...german.menu, ...german.role });
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const items = flatten(
        menuTemplate({ platform, isPackaged: true, translate, onCommand: () => {} }),
      ).filter(({ type, role }) => type !== 'separator' && role !== 'appMenu');
      const foreign = items.filter((item) => !known.includes(item.label!));
      expect(foreign).toEqual([]);
    }
    expect(translate('dialog.broken_detail', { directory: '/tmp' })).toBe(
      'Der Grund steht in /tmp.',
    );
  });
});
