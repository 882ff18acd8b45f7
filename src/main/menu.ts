import type { MenuItemConstructorOptions } from 'electron';

import type { MenuCommand } from '../shared/contracts/desktop-bridge';
import type { TextKey, Translate } from './translate';

/** Commands of the system that stand in the menu. */
type Role = Extract<TextKey, `role.${string}`> extends `role.${infer Name}` ? Name : never;

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly translate: Translate;
  readonly onCommand: (command: MenuCommand) => void;
}

/** The application menu: the system's own entries, and commands that the page carries out. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, isPackaged, translate, onCommand } = options;
  const isMac = platform === 'darwin';

  /** Electron carries out what a role means, and names it in English only. */
  function role(name: Role): MenuItemConstructorOptions {
    return { role: name, label: translate(`role.${name}`) };
  }
  function command(id: MenuCommand, accelerator?: string): MenuItemConstructorOptions {
    return {
      id,
      label: translate(`menu.${id}`),
      click: () => onCommand(id),
      ...(accelerator === undefined ? {} : { accelerator }),
    };
  }
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = command('settings', 'CmdOrCtrl+,');
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      role('about'),
      separator,
      settings,
      separator,
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  };

  return [
    ...(isMac ? [appMenu] : []),
    {
      label: translate('menu.file'),
      submenu: [
        command('new_invoice', 'CmdOrCtrl+N'),
        command('new_order'),
        command('new_client'),
        command('new_product'),
        separator,
        command('import'),
        ...(isMac ? [] : [separator, settings]),
        separator,
        role(isMac ? 'close' : 'quit'),
      ],
    },
    {
      label: translate('menu.edit'),
      submenu: [
        role('undo'),
        role('redo'),
        separator,
        role('cut'),
        role('copy'),
        role('paste'),
        role('pasteAndMatchStyle'),
        role('selectAll'),
        separator,
        command('find', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: translate('menu.view'),
      submenu: [
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        separator,
        role('togglefullscreen'),
        ...(isPackaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
      ],
    },
    {
      role: 'windowMenu',
      label: translate('menu.window'),
      submenu: [
        role('minimize'),
        role('zoom'),
        ...(isMac ? [separator, role('front')] : [role('close')]),
      ],
    },
    { role: 'help', label: translate('menu.help'), submenu: [command('shortcuts')] },
  ];
}
