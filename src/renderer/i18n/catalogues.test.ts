import { expect, describe, it } from 'vitest';

import { screenLanguage, type ScreenLanguage } from '../../shared/domain/screen-language';
import de from './de.json';
import en from './en.json';

const CATALOGUES: Readonly<Record<ScreenLanguage, object>> = { en, de };
const english = textsOf(en);
const others = screenLanguage.options.filter((language) => language !== 'en');

/** What is called alike in both languages: names, loanwords, and texts that only arrange values. */
const SAME_IN_GERMAN: ReadonlySet<string> = new Set([
  'Bank',
  'Bcc',
  'BIC',
  'Bytes',
  'Cc',
  'Cloud',
  'Code',
  'Details',
  'doccentr',
  'Esc',
  'FreshBooks',
  'IBAN',
  'Import',
  'Logo',
  'Logos',
  'Name',
  'Offline',
  'Optional',
  'QuickBooks Online',
  'Status',
  'Stripe',
  'Text',
  'Version',
  'Website',
  'Xero',
  'Zoho Invoice',
  '1 {{from}} in {{to}}',
]);
const SAME: Readonly<Record<Exclude<ScreenLanguage, 'en'>, ReadonlySet<string>>> = {
  de: SAME_IN_GERMAN,
};

describe.each(others)('the catalogue in %s', (language) => {
  const texts = textsOf(CATALOGUES[language]);

  it('has every text of English, in the plural forms of its own language', () => {
    expect([...texts.keys()].sort()).toEqual(expectedKeys(language));
  });

  it('leaves no text empty and none with blanks around it', () => {
    const bad = [...texts].filter(([, text]) => text === '' || text !== text.trim());
    expect(bad).toEqual([]);
  });

  it('fills in the same values and says the same tokens', () => {
    const bad = [...texts].filter(([key, text]) => {
      const wanted = english.get(key) ?? english.get(key.replace(/_[a-z]+$/u, '_other')) ?? '';
      return placeholdersIn(text) !== placeholdersIn(wanted);
    });
    expect(bad).toEqual([]);
  });

  it('asks, opens a dialog or leads on where English does', () => {
    const bad = [...texts].filter(([key, text]) => {
      const wanted = english.get(key);
      return wanted !== undefined && ending(text) !== ending(wanted);
    });
    expect(bad).toEqual([]);
  });

  it('is translated', () => {
    const same = SAME[language];
    const copies = [...texts].filter(
      ([key, text]) => text === english.get(key) && hasWords(text) && !same.has(text),
    );
    expect(copies).toEqual([]);
    const alike = new Set([...texts].filter(([key, text]) => text === english.get(key)).map(last));
    expect([...same].filter((text) => !alike.has(text))).toEqual([]);
  });
});

it('German writes quotation marks, dashes and dots as Germans do', () => {
  const bad = [...textsOf(de)].filter(
    ([, text]) => /["“](?=\p{L}|\{)|\.\.\.| - (?!\/)/u.test(text) || /„[^“]*$/u.test(text),
  );
  expect(bad).toEqual([]);
});

it('German addresses people formally', () => {
  const bad = [...textsOf(de)].filter(([, text]) =>
    /\b(?:du|dich|dir|dein\w*|euch|euer\w*)\b/iu.test(text),
  );
  expect(bad).toEqual([]);
});

/** Every text by the path of its key: `status.invoice.draft`. */
function textsOf(catalogue: object): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[key, value] as const]
        : [...textsOf(value as object)].map(([rest, text]) => [`${key}.${rest}`, text] as const),
    ),
  );
}

/** The keys of English, but its plural forms exchanged for those of the language; `zero` is ours. */
function expectedKeys(language: ScreenLanguage): readonly string[] {
  const formsOf = (tag: string): readonly string[] =>
    new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  const keys = [...english.keys()].flatMap((key) => {
    if (!key.endsWith('_other')) return isEnglishForm(key) ? [] : [key];
    const stem = key.slice(0, -'_other'.length);
    return formsOf(language).map((form) => `${stem}_${form}`);
  });
  return [...new Set(keys)].sort();

  function isEnglishForm(key: string): boolean {
    const form = /_(?<form>[a-z]+)$/u.exec(key)?.groups?.['form'] ?? '';
    const stem = key.slice(0, -form.length - 1);
    return formsOf('en').includes(form) && english.has(`${stem}_other`);
  }
}

/** `{{name}}` and `{YYYY}`, in any order. */
function placeholdersIn(text: string): string {
  return [...text.matchAll(/\{\{\w+\}\}|\{\w+\}/gu)]
    .map(([found]) => found)
    .sort()
    .join(' ');
}

function ending(text: string): string {
  return /[…:?]$/u.exec(text)?.[0] ?? '';
}

function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\{?\w+\}?\}/gu, ''));
}

function last([, text]: readonly [string, string]): string {
  return text;
}
