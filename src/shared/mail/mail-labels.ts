import type { DocumentLanguage } from '../domain/tax';

/** Words of a mail that the paper does not know. */
export interface MailLabels {
  readonly balance: string;
  readonly paid: string;
  readonly attached: string;
  /** `{business}`. */
  readonly footer: string;
}

const LABELS: Readonly<Record<DocumentLanguage, MailLabels>> = {
  en: {
    balance: 'Amount due',
    paid: 'Amount paid',
    attached: 'Attached',
    footer: 'Sent on behalf of {business}',
  },
  de: {
    balance: 'Offener Betrag',
    paid: 'Bezahlter Betrag',
    attached: 'Anhang',
    footer: 'Gesendet im Auftrag von {business}',
  },
  fr: {
    balance: 'Reste à payer',
    paid: 'Montant payé',
    attached: 'Pièce jointe',
    footer: 'Envoyé pour le compte de {business}',
  },
  es: {
    balance: 'Importe pendiente',
    paid: 'Importe pagado',
    attached: 'Adjunto',
    footer: 'Enviado en nombre de {business}',
  },
  it: {
    balance: 'Importo da pagare',
    paid: 'Importo pagato',
    attached: 'Allegato',
    footer: 'Inviato per conto di {business}',
  },
  nl: {
    balance: 'Openstaand bedrag',
    paid: 'Betaald bedrag',
    attached: 'Bijlage',
    footer: 'Verzonden namens {business}',
  },
  pl: {
    balance: 'Pozostało do zapłaty',
    paid: 'Zapłacona kwota',
    attached: 'Załącznik',
    footer: 'Wysłano w imieniu: {business}',
  },
};

export function mailLabelsIn(language: DocumentLanguage): MailLabels {
  return LABELS[language];
}
