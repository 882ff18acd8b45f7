import type { ScreenLanguage } from '../../../../shared/domain/screen-language';

/** What the report file says beside the columns of the imported file. */
export interface ReasonWords {
  readonly line: string;
  readonly reason: string;
  /** For a reason without a sentence of its own. */
  readonly refused: string;
  readonly decimalSign: '.' | ',';
  /** By the code of the issue. */
  readonly sentences: Readonly<Record<string, string>>;
}

const ENGLISH: ReasonWords = {
  line: 'Line',
  reason: 'Reason',
  refused: 'This is not accepted.',
  decimalSign: '.',
  sentences: {
    required: 'This is missing.',
    invalid: 'This does not look right.',
    too_long: 'This is too long: at most {limit} characters.',
    too_short: 'This is too short.',
    too_large: 'This is too large.',
    too_small: 'This is too small.',
    too_many_lines: 'A document has at most {limit} lines.',
    quote_unclosed: 'A quotation mark is opened here and never closed.',
    date_invalid: '“{value}” is no date in the chosen format.',
    number_invalid: '“{value}” is no number.',
    number_too_many_decimals: '“{value}” has too many decimals.',
    number_too_large: '“{value}” is too large.',
    currency_unknown: 'There is no currency “{currency}”.',
    currency_unsupported: '{currency} is not supported: it has three decimals.',
    country_unknown: 'There is no country “{value}”.',
    email_invalid: 'This is no e-mail address.',
    rows_disagree: 'The rows of this document say different things here.',
    document_refused: 'Another row of {number} is refused, and with it the whole document.',
    total_mismatch: 'The file says {stated}, but the lines come to {computed}.',
    tax_mismatch: 'The file says {stated} of tax, but the lines come to {computed}.',
    total_negative: 'The total of {number} is negative.',
    paid_exceeds_total: '{paid} is paid, which is not between nothing and the total of {total}.',
    number_taken: '{number} is already used by another document.',
    client_ambiguous: 'Several clients are called “{name}”. Add the e-mail address.',
    already_there_different: 'This is already there with other details. Change it in the app.',
    invoice_void: '{number} is void and was left out.',
    not_an_invoice: 'This is no invoice and was left out.',
  },
};

const GERMAN: ReasonWords = {
  line: 'Zeile',
  reason: 'Grund',
  refused: 'Diese Angabe wird nicht angenommen.',
  decimalSign: ',',
  sentences: {
    required: 'Diese Angabe fehlt.',
    invalid: 'Das sieht nicht richtig aus.',
    too_long: 'Das ist zu lang: höchstens {limit} Zeichen.',
    too_short: 'Das ist zu kurz.',
    too_large: 'Das ist zu groß.',
    too_small: 'Das ist zu klein.',
    too_many_lines: 'Ein Beleg hat höchstens {limit} Positionen.',
    quote_unclosed: 'Hier beginnt ein Anführungszeichen, das nicht geschlossen wird.',
    date_invalid: '„{value}“ ist kein Datum im gewählten Format.',
    number_invalid: '„{value}“ ist keine Zahl.',
    number_too_many_decimals: '„{value}“ hat zu viele Nachkommastellen.',
    number_too_large: '„{value}“ ist zu groß.',
    currency_unknown: 'Die Währung „{currency}“ gibt es nicht.',
    currency_unsupported:
      '{currency} wird nicht unterstützt: Die Währung hat drei Nachkommastellen.',
    country_unknown: 'Das Land „{value}“ gibt es nicht.',
    email_invalid: 'Das ist keine E-Mail-Adresse.',
    rows_disagree: 'Die Zeilen dieses Belegs widersprechen sich hier.',
    document_refused: 'Eine andere Zeile von {number} ist abgelehnt und mit ihr der ganze Beleg.',
    total_mismatch: 'Laut Datei {stated}, die Positionen ergeben aber {computed}.',
    tax_mismatch: 'Laut Datei {stated} Steuer, die Positionen ergeben aber {computed}.',
    total_negative: 'Der Gesamtbetrag von {number} ist negativ.',
    paid_exceeds_total:
      'Bezahlt sind {paid}; das liegt nicht zwischen null und dem Gesamtbetrag von {total}.',
    number_taken: '{number} gehört bereits zu einem anderen Beleg.',
    client_ambiguous: 'Mehrere Kunden heißen „{name}“. Ergänzen Sie die E-Mail-Adresse.',
    already_there_different: 'Dies gibt es bereits mit anderen Angaben. Ändern Sie es in der App.',
    invoice_void: '{number} ist storniert und wurde ausgelassen.',
    not_an_invoice: 'Das ist keine Rechnung und wurde ausgelassen.',
  },
};

export const REASON_WORDS: Readonly<Record<ScreenLanguage, ReasonWords>> = {
  en: ENGLISH,
  de: GERMAN,
};
