import i18next from 'i18next';

import english from './i18n/en.json';

/** `menu.file` and the like: every text of the catalogue. */
export type TextKey = {
  [Area in keyof typeof english]: `${Area}.${keyof (typeof english)[Area] & string}`;
}[keyof typeof english];

export type Translate = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

/** The words of menus and dialogs, which the shell shows itself. */
export async function loadTranslations(language: string): Promise<Translate> {
  const catalogue = i18next.createInstance();
  await catalogue.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
  });
  // i18next's key types are global and belong to the catalogue of the pages; this one has its own.
  return catalogue.t as unknown as Translate;
}
