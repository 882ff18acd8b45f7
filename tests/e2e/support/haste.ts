import type { Page } from '@playwright/test';

const CODES: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, ArrowDown: 40 };

/**
 * Sends keys faster than the page can follow: all are on their way before the first was heard, and
 * the page runs on a slow machine. `Control+k`, `Tab`, `Enter` and `ArrowDown` are keys; any other
 * word is typed.
 */
export async function typeInHaste(page: Page, ...words: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const press = (key: string, modifiers: number): Promise<unknown>[] => {
    const text = modifiers > 0 ? '' : key === 'Enter' ? '\r' : key.length === 1 ? key : '';
    const code = CODES[key] ?? 0;
    const stroke = { key, modifiers, windowsVirtualKeyCode: code, code: code > 0 ? key : '' };
    const type = text === '' ? 'rawKeyDown' : 'keyDown';
    return [
      session.send('Input.dispatchKeyEvent', { type, ...stroke, text }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }),
    ];
  };
  const CONTROL = 2;
  await Promise.all(
    words.flatMap((word) =>
      word === 'Control+k'
        ? press('k', CONTROL)
        : word in CODES
          ? press(word, 0)
          : [...word].flatMap((letter) => press(letter, 0)),
    ),
  );
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
}
