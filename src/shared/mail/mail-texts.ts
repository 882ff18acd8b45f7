import type { DocumentLanguage } from '../domain/tax';

/** `{number}`, `{client}`, `{total}`, `{due}` and `{business}` are filled in. */
export interface MailTemplate {
  readonly subject: string;
  readonly body: string;
}

interface MailTemplates {
  readonly invoice: MailTemplate;
  readonly credit_note: MailTemplate;
}

/** What an e-mail says as long as the business has no text of its own. */
const TEMPLATES: Readonly<Record<DocumentLanguage, MailTemplates>> = {
  en: {
    invoice: {
      subject: 'Invoice {number} from {business}',
      body: 'Dear {client},\n\nPlease find attached invoice {number} for {total}, due on {due}.\n\nKind regards\n{business}',
    },
    credit_note: {
      subject: 'Credit note {number} from {business}',
      body: 'Dear {client},\n\nPlease find attached credit note {number} for {total}.\n\nKind regards\n{business}',
    },
  },
  de: {
    invoice: {
      subject: 'Rechnung {number} von {business}',
      body: 'Guten Tag {client},\n\nanbei erhalten Sie die Rechnung {number} über {total}, fällig am {due}.\n\nMit freundlichen Grüßen\n{business}',
    },
    credit_note: {
      subject: 'Rechnungskorrektur {number} von {business}',
      body: 'Guten Tag {client},\n\nanbei erhalten Sie die Rechnungskorrektur {number} über {total}.\n\nMit freundlichen Grüßen\n{business}',
    },
  },
  fr: {
    invoice: {
      subject: 'Facture {number} de {business}',
      body: 'Bonjour {client},\n\nVeuillez trouver ci-joint la facture {number} d’un montant de {total}, à régler avant le {due}.\n\nCordialement\n{business}',
    },
    credit_note: {
      subject: 'Avoir {number} de {business}',
      body: 'Bonjour {client},\n\nVeuillez trouver ci-joint l’avoir {number} d’un montant de {total}.\n\nCordialement\n{business}',
    },
  },
  es: {
    invoice: {
      subject: 'Factura {number} de {business}',
      body: 'Hola, {client}:\n\nLe adjuntamos la factura {number} por importe de {total}, con vencimiento el {due}.\n\nUn saludo\n{business}',
    },
    credit_note: {
      subject: 'Factura rectificativa {number} de {business}',
      body: 'Hola, {client}:\n\nLe adjuntamos la factura rectificativa {number} por importe de {total}.\n\nUn saludo\n{business}',
    },
  },
  it: {
    invoice: {
      subject: 'Fattura {number} di {business}',
      body: 'Buongiorno {client},\n\nin allegato trovate la fattura {number} di {total}, con scadenza il {due}.\n\nCordiali saluti\n{business}',
    },
    credit_note: {
      subject: 'Nota di credito {number} di {business}',
      body: 'Buongiorno {client},\n\nin allegato trovate la nota di credito {number} di {total}.\n\nCordiali saluti\n{business}',
    },
  },
  nl: {
    invoice: {
      subject: 'Factuur {number} van {business}',
      body: 'Beste {client},\n\nIn de bijlage vindt u factuur {number} van {total}, te betalen vóór {due}.\n\nMet vriendelijke groet\n{business}',
    },
    credit_note: {
      subject: 'Creditnota {number} van {business}',
      body: 'Beste {client},\n\nIn de bijlage vindt u creditnota {number} van {total}.\n\nMet vriendelijke groet\n{business}',
    },
  },
  pl: {
    invoice: {
      subject: 'Faktura {number} od {business}',
      body: 'Dzień dobry,\n\nw załączniku przesyłamy fakturę {number} na kwotę {total}, z terminem płatności {due}.\n\nZ poważaniem\n{business}',
    },
    credit_note: {
      subject: 'Faktura korygująca {number} od {business}',
      body: 'Dzień dobry,\n\nw załączniku przesyłamy fakturę korygującą {number} na kwotę {total}.\n\nZ poważaniem\n{business}',
    },
  },
};

export function mailTemplate(language: DocumentLanguage, kind: keyof MailTemplates): MailTemplate {
  return TEMPLATES[language][kind];
}

/** Fills the `{names}` that are known; any other braces are the writer's own and stay. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
