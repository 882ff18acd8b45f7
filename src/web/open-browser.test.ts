import { expect, it } from 'vitest';

import { browserCommand } from './open-browser';

it('hands the address to each system as one argument, past any shell', () => {
  const address = 'http://127.0.0.1:4711/#code=a&b';
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [command, ...parameters] = browserCommand(address, platform);
    expect(command).not.toMatch(/^(?:cmd|sh|bash)/u);
    expect(parameters.at(-1)).toBe(address);
  }
});
