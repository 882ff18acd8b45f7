import type { DocumentLanguage } from '../../domain/tax';
import { DE } from './labels-de';
import { EN } from './labels-en';
import { ES } from './labels-es';
import { FR } from './labels-fr';
import { IT } from './labels-it';
import { NL } from './labels-nl';
import { PL } from './labels-pl';
import type { Labels } from './label-set';

const LABELS: Readonly<Record<DocumentLanguage, Labels>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
  nl: NL,
  pl: PL,
};

export function labelsIn(language: DocumentLanguage): Labels {
  return LABELS[language];
}

/** Fills the `{names}` of a text. Throws (a bug) when a value is missing. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}}`);
    return value;
  });
}
