import type { MenuItemConstructorOptions } from 'electron';

import type { MenuCommand } from '../shared/contracts/desktop-bridge';
import type { Translate } from './translate';

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

  return [
    ...(isMac ? [macAppMenu(settings)] : []),
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
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: translate('menu.edit'),
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
        separator,
        command('find', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: translate('menu.view'),
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: translate('menu.help'), submenu: [command('shortcuts')] },
  ];
}

function macAppMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}
