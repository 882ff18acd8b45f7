import type { DocumentLanguage } from '../domain/tax';
import type { MailTemplate } from './mail-texts';

/**
 * What follows an invoice: reminders, firmer from one to the next and always polite, and thanks for
 * its payment. `{number}`, `{client}`, `{total}`, `{balance}`, `{due}`, `{business}` are filled in.
 */
export interface FollowUpTexts {
  readonly reminders: readonly [MailTemplate, MailTemplate, MailTemplate];
  readonly receipt: MailTemplate;
}

const TEXTS: Readonly<Record<DocumentLanguage, FollowUpTexts>> = {
  en: {
    reminders: [
      {
        subject: 'Reminder: invoice {number} from {business}',
        body: 'Dear {client},\n\nInvoice {number} was due on {due}, and {balance} is still open. It may simply have been overlooked, so the invoice is attached once more.\n\nIf you have paid in the meantime, please disregard this message.\n\nKind regards\n{business}',
      },
      {
        subject: 'Second reminder: invoice {number} from {business}',
        body: 'Dear {client},\n\nWe have written to you about invoice {number}, which was due on {due}. {balance} is still open. Please pay it in the next few days, or tell us if something is not right with the invoice.\n\nIf you have paid in the meantime, please disregard this message.\n\nKind regards\n{business}',
      },
      {
        subject: 'Urgent reminder: invoice {number} from {business}',
        body: 'Dear {client},\n\nIn spite of our reminders {balance} of invoice {number} is still open; it was due on {due}. Please pay it within seven days, or get in touch with us so that we can find a solution together.\n\nIf you have paid in the meantime, please disregard this message.\n\nKind regards\n{business}',
      },
    ],
    receipt: {
      subject: 'Payment received: invoice {number}',
      body: 'Dear {client},\n\nThank you: we have received your payment. Invoice {number} for {total} is paid in full.\n\nKind regards\n{business}',
    },
  },
  de: {
    reminders: [
      {
        subject: 'Zahlungserinnerung: Rechnung {number} von {business}',
        body: 'Guten Tag {client},\n\ndie Rechnung {number} war am {due} fällig, und {balance} sind noch offen. Vielleicht ist sie einfach untergegangen; wir legen sie noch einmal bei.\n\nFalls Sie inzwischen bezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.\n\nMit freundlichen Grüßen\n{business}',
      },
      {
        subject: 'Zweite Zahlungserinnerung: Rechnung {number} von {business}',
        body: 'Guten Tag {client},\n\nwir haben Ihnen bereits wegen der Rechnung {number} geschrieben, die am {due} fällig war. {balance} sind noch offen. Bitte begleichen Sie den Betrag in den nächsten Tagen, oder sagen Sie uns, wenn mit der Rechnung etwas nicht stimmt.\n\nFalls Sie inzwischen bezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.\n\nMit freundlichen Grüßen\n{business}',
      },
      {
        subject: 'Dringende Zahlungserinnerung: Rechnung {number} von {business}',
        body: 'Guten Tag {client},\n\ntrotz unserer Erinnerungen sind von der Rechnung {number}, fällig am {due}, noch {balance} offen. Bitte zahlen Sie innerhalb von sieben Tagen, oder melden Sie sich bei uns, damit wir gemeinsam eine Lösung finden.\n\nFalls Sie inzwischen bezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.\n\nMit freundlichen Grüßen\n{business}',
      },
    ],
    receipt: {
      subject: 'Zahlung erhalten: Rechnung {number}',
      body: 'Guten Tag {client},\n\nvielen Dank, wir haben Ihre Zahlung erhalten. Die Rechnung {number} über {total} ist vollständig bezahlt.\n\nMit freundlichen Grüßen\n{business}',
    },
  },
  fr: {
    reminders: [
      {
        subject: 'Rappel : facture {number} de {business}',
        body: 'Bonjour {client},\n\nLa facture {number} était à régler avant le {due} et {balance} restent dus. Il s’agit peut-être d’un simple oubli ; vous la trouverez de nouveau ci-jointe.\n\nSi vous avez réglé entre-temps, merci de ne pas tenir compte de ce message.\n\nCordialement\n{business}',
      },
      {
        subject: 'Deuxième rappel : facture {number} de {business}',
        body: 'Bonjour {client},\n\nNous vous avons déjà écrit au sujet de la facture {number}, à régler avant le {due}. {balance} restent dus. Merci de procéder au règlement dans les prochains jours, ou de nous signaler toute erreur dans la facture.\n\nSi vous avez réglé entre-temps, merci de ne pas tenir compte de ce message.\n\nCordialement\n{business}',
      },
      {
        subject: 'Rappel urgent : facture {number} de {business}',
        body: 'Bonjour {client},\n\nMalgré nos rappels, {balance} restent dus sur la facture {number}, à régler avant le {due}. Merci de procéder au règlement sous sept jours, ou de nous contacter afin que nous trouvions ensemble une solution.\n\nSi vous avez réglé entre-temps, merci de ne pas tenir compte de ce message.\n\nCordialement\n{business}',
      },
    ],
    receipt: {
      subject: 'Paiement reçu : facture {number}',
      body: 'Bonjour {client},\n\nNous vous remercions de votre paiement, que nous avons bien reçu. La facture {number} d’un montant de {total} est entièrement réglée.\n\nCordialement\n{business}',
    },
  },
  es: {
    reminders: [
      {
        subject: 'Recordatorio: factura {number} de {business}',
        body: 'Hola, {client}:\n\nLa factura {number} venció el {due} y queda pendiente un importe de {balance}. Quizá se trate de un simple olvido; se la adjuntamos de nuevo.\n\nSi ya ha realizado el pago, no tenga en cuenta este mensaje.\n\nUn saludo\n{business}',
      },
      {
        subject: 'Segundo recordatorio: factura {number} de {business}',
        body: 'Hola, {client}:\n\nYa le escribimos acerca de la factura {number}, que venció el {due}. Sigue pendiente un importe de {balance}. Le rogamos que lo abone en los próximos días o que nos avise si hay algún error en la factura.\n\nSi ya ha realizado el pago, no tenga en cuenta este mensaje.\n\nUn saludo\n{business}',
      },
      {
        subject: 'Recordatorio urgente: factura {number} de {business}',
        body: 'Hola, {client}:\n\nA pesar de nuestros recordatorios, sigue pendiente un importe de {balance} de la factura {number}, que venció el {due}. Le rogamos que lo abone en un plazo de siete días o que se ponga en contacto con nosotros para encontrar juntos una solución.\n\nSi ya ha realizado el pago, no tenga en cuenta este mensaje.\n\nUn saludo\n{business}',
      },
    ],
    receipt: {
      subject: 'Pago recibido: factura {number}',
      body: 'Hola, {client}:\n\nGracias, hemos recibido su pago. La factura {number} por importe de {total} está totalmente pagada.\n\nUn saludo\n{business}',
    },
  },
  it: {
    reminders: [
      {
        subject: 'Promemoria: fattura {number} di {business}',
        body: 'Buongiorno {client},\n\nla fattura {number} è scaduta il {due} e risulta ancora da pagare un importo di {balance}. Forse si tratta di una semplice dimenticanza: la alleghiamo di nuovo.\n\nSe avete già provveduto al pagamento, non tenete conto di questo messaggio.\n\nCordiali saluti\n{business}',
      },
      {
        subject: 'Secondo promemoria: fattura {number} di {business}',
        body: 'Buongiorno {client},\n\nvi abbiamo già scritto a proposito della fattura {number}, scaduta il {due}. Risulta ancora da pagare un importo di {balance}. Vi preghiamo di provvedere nei prossimi giorni o di segnalarci eventuali errori nella fattura.\n\nSe avete già provveduto al pagamento, non tenete conto di questo messaggio.\n\nCordiali saluti\n{business}',
      },
      {
        subject: 'Promemoria urgente: fattura {number} di {business}',
        body: 'Buongiorno {client},\n\nnonostante i nostri promemoria, della fattura {number}, scaduta il {due}, risulta ancora da pagare un importo di {balance}. Vi preghiamo di provvedere entro sette giorni o di contattarci per trovare insieme una soluzione.\n\nSe avete già provveduto al pagamento, non tenete conto di questo messaggio.\n\nCordiali saluti\n{business}',
      },
    ],
    receipt: {
      subject: 'Pagamento ricevuto: fattura {number}',
      body: 'Buongiorno {client},\n\ngrazie, abbiamo ricevuto il vostro pagamento. La fattura {number} di {total} è interamente pagata.\n\nCordiali saluti\n{business}',
    },
  },
  nl: {
    reminders: [
      {
        subject: 'Herinnering: factuur {number} van {business}',
        body: 'Beste {client},\n\nFactuur {number} had uiterlijk {due} betaald moeten zijn en er staat nog {balance} open. Misschien is dit aan uw aandacht ontsnapt; de factuur is opnieuw bijgevoegd.\n\nHebt u intussen betaald, dan kunt u dit bericht als niet verzonden beschouwen.\n\nMet vriendelijke groet\n{business}',
      },
      {
        subject: 'Tweede herinnering: factuur {number} van {business}',
        body: 'Beste {client},\n\nWij schreven u eerder over factuur {number}, die uiterlijk {due} betaald had moeten zijn. Er staat nog {balance} open. Wilt u dit bedrag in de komende dagen betalen, of ons laten weten als er iets niet klopt aan de factuur?\n\nHebt u intussen betaald, dan kunt u dit bericht als niet verzonden beschouwen.\n\nMet vriendelijke groet\n{business}',
      },
      {
        subject: 'Dringende herinnering: factuur {number} van {business}',
        body: 'Beste {client},\n\nOndanks onze herinneringen staat van factuur {number}, te betalen uiterlijk {due}, nog {balance} open. Wilt u dit bedrag binnen zeven dagen betalen, of contact met ons opnemen zodat we samen een oplossing vinden?\n\nHebt u intussen betaald, dan kunt u dit bericht als niet verzonden beschouwen.\n\nMet vriendelijke groet\n{business}',
      },
    ],
    receipt: {
      subject: 'Betaling ontvangen: factuur {number}',
      body: 'Beste {client},\n\nHartelijk dank, wij hebben uw betaling ontvangen. Factuur {number} van {total} is volledig betaald.\n\nMet vriendelijke groet\n{business}',
    },
  },
  pl: {
    reminders: [
      {
        subject: 'Przypomnienie: faktura {number} od {business}',
        body: 'Dzień dobry,\n\ntermin płatności faktury {number} minął {due}, a do zapłaty pozostało {balance}. Być może to zwykłe przeoczenie, dlatego przesyłamy fakturę ponownie w załączniku.\n\nJeśli płatność została już dokonana, prosimy nie zwracać uwagi na tę wiadomość.\n\nZ poważaniem\n{business}',
      },
      {
        subject: 'Drugie przypomnienie: faktura {number} od {business}',
        body: 'Dzień dobry,\n\npisaliśmy już w sprawie faktury {number}, której termin płatności minął {due}. Do zapłaty pozostało {balance}. Prosimy o uregulowanie tej kwoty w najbliższych dniach lub o informację, jeśli na fakturze jest błąd.\n\nJeśli płatność została już dokonana, prosimy nie zwracać uwagi na tę wiadomość.\n\nZ poważaniem\n{business}',
      },
      {
        subject: 'Pilne przypomnienie: faktura {number} od {business}',
        body: 'Dzień dobry,\n\nmimo naszych przypomnień z faktury {number}, której termin płatności minął {due}, nadal pozostaje do zapłaty {balance}. Prosimy o zapłatę w ciągu siedmiu dni lub o kontakt, abyśmy mogli wspólnie znaleźć rozwiązanie.\n\nJeśli płatność została już dokonana, prosimy nie zwracać uwagi na tę wiadomość.\n\nZ poważaniem\n{business}',
      },
    ],
    receipt: {
      subject: 'Otrzymaliśmy płatność: faktura {number}',
      body: 'Dzień dobry,\n\ndziękujemy, otrzymaliśmy płatność. Faktura {number} na kwotę {total} została w całości opłacona.\n\nZ poważaniem\n{business}',
    },
  },
};

/** The text of a reminder; `step` counts from 1, and the last text stays for all further ones. */
export function reminderTemplate(language: DocumentLanguage, step: number): MailTemplate {
  const { reminders } = TEXTS[language];
  const [first, second, further] = reminders;
  if (step <= 1) return first;
  return step === 2 ? second : further;
}

export function receiptTemplate(language: DocumentLanguage): MailTemplate {
  return TEXTS[language].receipt;
}
