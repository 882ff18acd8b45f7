import { expect, type Page } from '@playwright/test';

import de from '../../../src/renderer/i18n/de.json' with { type: 'json' };
import en from '../../../src/renderer/i18n/en.json' with { type: 'json' };

const german = new Set(textsOf(de));
const english = textsOf(en).filter((text) => !german.has(text) && /\p{L}/u.test(text));
const sentences = new Set(english.filter((text) => !text.includes('{{')));
/** Texts with values in them; those that are little else would also fit German ones. */
const patterns = english
  .filter((text) => text.includes('{{') && !fitsGerman(patternOf(text)))
  .map(patternOf);

/** Fails when a text of the English catalogue is seen or told to a screen reader. */
export async function expectNoEnglish(page: Page): Promise<void> {
  const shown = await readTexts(page);
  expect(shown.length).toBeGreaterThan(5);
  const left = shown.filter(
    (text) => sentences.has(text) || patterns.some((pattern) => pattern.test(text)),
  );
  expect(left).toEqual([]);
}

/** UX 11: what is cut off says the whole on hovering; nothing makes the page scroll sideways. */
export async function expectNothingCut(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isClipped = (element: Element): boolean => {
      const style = getComputedStyle(element);
      const isField = element instanceof HTMLInputElement;
      return isField || (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible');
    };
    const elements = [...document.querySelectorAll('body *')].filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        element.clientWidth > 1 &&
        isClipped(element) &&
        isShown(element) &&
        element.closest('[title]:not([title=""])') === null,
    );
    const root = document.documentElement;
    return [
      ...elements.map((element) =>
        element instanceof HTMLInputElement ? element.value : element.textContent,
      ),
      ...(root.scrollWidth > root.clientWidth ? ['the page'] : []),
    ];
  });
  expect(cut).toEqual([]);
}

/** Every visible text, with names, hints and placeholders; what is typed or printed is none. */
async function readTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>([document.title]);
    const add = (text: string | null): void => {
      const trimmed = text?.replace(/\s+/gu, ' ').trim() ?? '';
      if (trimmed !== '') texts.add(trimmed);
    };
    for (const element of document.querySelectorAll('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        add(element.getAttribute(name));
      }
      if (element instanceof HTMLInputElement && element.readOnly) add(element.value);
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) add(node.textContent);
      }
    }
    return [...texts];
  });
}

function textsOf(catalogue: object): readonly string[] {
  return Object.values(catalogue).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : textsOf(value as object),
  );
}

function patternOf(text: string): RegExp {
  const parts = text
    .split(/\{\{\w+\}\}/u)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'u');
}

function fitsGerman(pattern: RegExp): boolean {
  return [...german].some((text) => pattern.test(text));
}
