import { join } from 'node:path';

import { BrowserWindow, nativeTheme, screen } from 'electron';

import { APP_ORIGIN } from './app-address';
import { loadWindowState, placeWindow, saveWindowState, SMALLEST_WINDOW } from './window-state';

const MOST_RELOADS = 3;
const RELOAD_WINDOW_MS = 60_000;

/** The window of the app, where it was left the last time. */
export function openMainWindow(preload: string, stateDirectory: string): BrowserWindow {
  const stateFile = join(stateDirectory, 'window.json');
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { bounds, isMaximised } = placeWindow(loadWindowState(stateFile), workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
    },
  });
  if (isMaximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    saveWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      isMaximised: window.isMaximized(),
    });
  });
  reloadWhenPageDies(window);
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** A page that crashed is loaded again, but not for ever. */
function reloadWhenPageDies(window: BrowserWindow): void {
  let reloads: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    reloads = [...reloads.filter((at) => now - at < RELOAD_WINDOW_MS), now];
    if (reloads.length <= MOST_RELOADS) window.webContents.reload();
  });
}
