import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { app, BrowserWindow, dialog, Menu, protocol, session } from 'electron';

import { readMachineSettings } from '../core/businesses/machine-settings';
import { prepareDataDirectory, readSettings } from '../core/host/environment';
import { listPages } from '../core/host/pages';
import { superviseCore, type Supervisor } from '../core/host/supervisor';
import { bridgeChannels } from '../shared/contracts/bridge-channels';
import { pickScreenLanguage, type ScreenLanguage } from '../shared/domain/screen-language';
import { APP_SCHEME } from './app-address';
import { serveBridge } from './bridge';
import { guardAllContents, guardSession } from './guards';
import { openMainWindow } from './main-window';
import { menuTemplate } from './menu';
import { respondWithPage } from './page-response';
import { createSecrets } from './secrets';
import { loadTranslations, type Translate, type Translations } from './translate';
import { startUtilityCore } from './utility-core';

const coreEntry = fileURLToPath(new URL('../core/index.js', import.meta.url));
const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
const renderer = fileURLToPath(new URL('../renderer', import.meta.url));

const { dataDirectory } = readSettings(process.env);
prepareDataDirectory(dataDirectory);
// Electron's own files lie beside the books, so that one instance belongs to one data directory.
app.setPath('userData', join(dataDirectory, 'electron'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  guardAllContents();
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const translations = await loadTranslations(languageOfMachine());
  const { translate } = translations;
  guardSession(session.defaultSession);
  const findPage = listPages(renderer);
  protocol.handle(APP_SCHEME, (request) => respondWithPage(request, findPage));

  const core = superviseCore({
    spawn: () => startUtilityCore(coreEntry, dataDirectory),
    platform: createSecrets(dataDirectory),
    onEvent: (event) => {
      if (event.event === 'app_state') void followLanguage(translations);
      tellPages(bridgeChannels.event, event);
    },
    onGivenUp: (reason) => giveUp(translate, reason),
  });
  endCoreBeforeQuitting(core);
  serveBridge(core, translate);
  showMenu(translate);
  openMainWindow(preload, app.getPath('userData'));
}

function languageOfMachine(): ScreenLanguage {
  return pickScreenLanguage(readMachineSettings(dataDirectory).language, [app.getLocale()]);
}

/** Menu and dialogs speak the language that was chosen in the settings, without a restart. */
async function followLanguage(translations: Translations): Promise<void> {
  const language = languageOfMachine();
  if (language === translations.language()) return;
  await translations.speak(language);
  showMenu(translations.translate);
}

function showMenu(translate: Translate): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        isPackaged: app.isPackaged,
        translate,
        onCommand: (command) => tellPages(bridgeChannels.menuCommand, command),
      }),
    ),
  );
}

function tellPages(channel: string, message: unknown): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, message);
}

/** A second start shows the window of the first. */
function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function giveUp(translate: Translate, reason: 'directory_in_use' | 'crashed'): void {
  const what = reason === 'directory_in_use' ? 'in_use' : 'broken';
  const directory =
    reason === 'directory_in_use' ? dataDirectory : join(dataDirectory, 'logs', 'core.log');
  dialog.showErrorBox(
    translate(`dialog.${what}`),
    translate(`dialog.${what}_detail`, { directory }),
  );
  app.exit(1);
}

/** The core closes the replica before the app is gone. */
function endCoreBeforeQuitting(core: Supervisor): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void core.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}
