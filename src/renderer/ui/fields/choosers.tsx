import type { SelectProps } from '@mantine/core';
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { COUNTRY_CODES, countryName } from '../../../shared/domain/country-names';
import type { CurrencyCode } from '../../../shared/domain/currency';
import { CURRENCY_CODES } from '../../../shared/domain/currency';
import type { DocumentFormats, PaperSize } from '../../../shared/domain/document-style';
import { pickScreenLanguage } from '../../../shared/domain/screen-language';
import { documentFormats, paperSize } from '../../../shared/domain/document-style';
import type { DocumentLanguage, TaxCode } from '../../../shared/domain/tax';
import { documentLanguage } from '../../../shared/domain/tax';
import { formatDate, formatAmount } from '../format';

type Own = Omit<SelectProps, 'value' | 'onChange' | 'data' | 'defaultValue'>;

/** A choice among fixed values; with `emptyLabel`, null is one of them and says so. */
interface ChooserProps<Value extends string> extends Own {
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
}

const NONE = '';

interface Option {
  readonly value: string;
  readonly label: string;
}

function withNone(options: readonly Option[], emptyLabel: string | undefined): Option[] {
  return emptyLabel === undefined ? [...options] : [{ value: NONE, label: emptyLabel }, ...options];
}

interface ChoiceProps<Value extends string> extends ChooserProps<Value> {
  readonly options: readonly Option[];
  /** How null is called in the list: "As the business". Without it null cannot be chosen. */
  readonly emptyLabel?: string;
}

/** The select that all choosers are made of. */
export function Choice<Value extends string>({
  value,
  onChange,
  options,
  emptyLabel,
  ...others
}: ChoiceProps<Value>) {
  const data = withNone(options, emptyLabel);
  const chosenValue = value ?? (emptyLabel === undefined ? null : NONE);
  return (
    <Select
      allowDeselect={false}
      maxDropdownHeight={280}
      // The whole of what a narrow field cuts off.
      title={data.find((option) => option.value === chosenValue)?.label}
      {...others}
      data={data}
      value={chosenValue}
      onChange={(chosen) => onChange(chosen === null || chosen === NONE ? null : (chosen as Value))}
    />
  );
}

type Named<Value extends string> = Omit<ChoiceProps<Value>, 'options'>;

/** A country by its name, in the language of the screens. */
export function CountrySelect(props: Named<string>) {
  const { i18n } = useTranslation();
  const options = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language);
    return COUNTRY_CODES.map((code) => ({
      value: code,
      label: countryName(code, pickScreenLanguage(null, [i18n.language])),
    })).sort((a, b) => compare(a.label, b.label));
  }, [i18n.language]);
  return <Choice searchable {...props} options={options} />;
}

/** A currency by its code and name. */
export function CurrencySelect(props: Named<CurrencyCode>) {
  const { i18n } = useTranslation();
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'currency' });
    return CURRENCY_CODES.map((code) => ({
      value: code,
      label: `${code} – ${names.of(code) ?? ''}`,
    }));
  }, [i18n.language]);
  return <Choice searchable {...props} options={options} />;
}

/** A language that documents can be printed in. */
export function LanguageSelect(props: Named<DocumentLanguage>) {
  const { i18n } = useTranslation();
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
    return documentLanguage.options.map((code) => ({ value: code, label: names.of(code) ?? code }));
  }, [i18n.language]);
  return <Choice {...props} options={options} />;
}

/** How dates and numbers are written, each shown by an example. */
export function FormatsSelect(props: Named<DocumentFormats>) {
  const { i18n } = useTranslation();
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'region' });
    return documentFormats.options.map((locale) => ({
      value: locale,
      label: `${names.of(locale.slice(3)) ?? locale}: ${formatDate(locale, '2026-03-31')}, ${formatAmount(locale, 123456, 'EUR' as CurrencyCode)}`,
    }));
  }, [i18n.language]);
  return <Choice {...props} options={options} />;
}

export function PaperSelect(props: Named<PaperSize>) {
  return (
    <Choice {...props} options={paperSize.options.map((size) => ({ value: size, label: size }))} />
  );
}

interface TaxSelectProps extends Named<TaxCode['uid']> {
  /** The business's tax codes; archived ones only show where they are chosen already. */
  readonly taxCodes: readonly TaxCode[];
}

/** A tax code by its name. */
export function TaxSelect({ taxCodes, ...others }: TaxSelectProps) {
  const options = taxCodes
    .filter((code) => code.archivedAt === null || code.uid === others.value)
    .map((code) => ({ value: code.uid, label: code.name }));
  return <Choice {...others} options={options} />;
}
