import { spawn } from 'node:child_process';

/** Opens the user's browser; where there is none to open, nothing happens. */
export function openBrowser(address: string): void {
  const [command, ...parameters] = browserCommand(address, process.platform);
  spawn(command, parameters, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** How each system opens an address with the program that the user chose for it. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', address];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', address];
    default:
      return ['xdg-open', address];
  }
}
