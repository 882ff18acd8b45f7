import 'dayjs/locale/de';

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { pickScreenLanguage, type ScreenLanguage } from '../../shared/domain/screen-language';
import de from './de.json';
import en from './en.json';

type Catalogue = typeof en;

/** Languages the screens speak. Documents have languages of their own. */
const resources: Record<ScreenLanguage, { readonly translation: Catalogue }> = {
  en: { translation: en },
  de: { translation: de },
};

/**
 * Starts the catalogue in the system's language before the first render; everything is bundled, so
 * nothing is awaited. React escapes by itself, so the catalogue must not do it a second time.
 */
export function startTranslations(): void {
  i18next.on('languageChanged', describePage);
  void i18next.use(initReactI18next).init({
    resources,
    lng: pickScreenLanguage(null, navigator.languages),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
}

/** Every text that is shown changes where it stands; null speaks as the system does. */
export function speakLanguage(chosen: ScreenLanguage | null): void {
  const language = pickScreenLanguage(chosen, navigator.languages);
  if (language !== i18next.language) void i18next.changeLanguage(language);
}

/** The language of the moment, for names that are not in the catalogue (of countries, of months). */
export function spokenLanguage(): ScreenLanguage {
  return pickScreenLanguage(null, [i18next.language]);
}

/** A language in its own words: "Deutsch". */
export function ownNameOf(language: ScreenLanguage): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

function describePage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}
