import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs on the PATH, or in these other folders, with its full path, or null. */
export function findProgram(names, elsewhere = []) {
  for (const directory of [...(process.env.PATH ?? '').split(delimiter), ...elsewhere]) {
    for (const name of names) {
      const file = join(directory, process.platform === 'win32' ? `${name}.exe` : name);
      if (isExecutable(file)) return file;
    }
  }
  return null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chromium or Chrome, for the end-to-end tests; `DOCCENTR_CHROMIUM` names one by hand. */
export function findChromium() {
  const usual = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return (
    process.env.DOCCENTR_CHROMIUM ??
    findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) ??
    usual.find(isExecutable) ??
    null
  );
}
