import i18next, { type TFunction } from 'i18next';

import english from './i18n/en.json';

export type Translate = TFunction;

/** The words of menus and dialogs, which the shell shows itself. */
export async function loadTranslations(language: string): Promise<Translate> {
  const catalogue = i18next.createInstance();
  return await catalogue.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
  });
}
