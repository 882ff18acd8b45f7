import i18next from 'i18next';

import type { ScreenLanguage } from '../shared/domain/screen-language';
import german from './i18n/de.json';
import english from './i18n/en.json';

/** `menu.file` and the like: every text of the catalogue. */
export type TextKey = {
  [Area in keyof typeof english]: `${Area}.${keyof (typeof english)[Area] & string}`;
}[keyof typeof english];

export type Translate = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

export interface Translations {
  /** Always in the language of the moment. */
  readonly translate: Translate;
  language(): ScreenLanguage;
  speak(language: ScreenLanguage): Promise<void>;
}

/** The words of menus and dialogs, which the shell shows itself. */
export async function loadTranslations(first: ScreenLanguage): Promise<Translations> {
  let spoken = first;
  const catalogue = i18next.createInstance();
  const resources: Record<ScreenLanguage, { readonly translation: typeof english }> = {
    en: { translation: english },
    de: { translation: german },
  };
  await catalogue.init({
    lng: first,
    fallbackLng: 'en',
    resources,
    interpolation: { escapeValue: false },
  });
  return {
    // i18next's key types are global and belong to the catalogue of the pages; this has its own.
    translate: catalogue.t as unknown as Translate,
    language: () => spoken,
    speak: async (language) => {
      await catalogue.changeLanguage(language);
      spoken = language;
    },
  };
}
