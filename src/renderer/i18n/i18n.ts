import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import en from './en.json';

/** Languages the screens speak. Documents have languages of their own. */
const resources = { en: { translation: en } } as const;

/**
 * Starts the catalogue before the first render; everything is bundled, so nothing is awaited.
 * React escapes by itself, so the catalogue must not do it a second time.
 */
export function startTranslations(): void {
  void i18next.use(initReactI18next).init({
    resources,
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
  document.documentElement.dir = i18next.dir();
}
