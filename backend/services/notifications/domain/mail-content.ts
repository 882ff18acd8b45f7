import type { PermittedMail } from '../../../../src/shared/contracts/internal/mail-permit';
import { documentFileName } from '../../../../src/shared/domain/document-file-name';
import type { DocumentLanguage } from '../../../../src/shared/domain/tax';
import { receiptTemplate, reminderTemplate } from '../../../../src/shared/mail/follow-up-texts';
import { mailLabelsIn } from '../../../../src/shared/mail/mail-labels';
import type { MailTemplate } from '../../../../src/shared/mail/mail-texts';
import { fillTemplate, mailTemplate } from '../../../../src/shared/mail/mail-texts';
import { createFormatter } from '../../../../src/shared/pdf/locale/formats';
import { labelsIn } from '../../../../src/shared/pdf/locale/labels';
import { headerText } from './header-text';

/** What a mail says, before it is set as text or HTML. Nothing in it is escaped. */
export interface MailContent {
  readonly language: DocumentLanguage;
  /** One line. */
  readonly subject: string;
  readonly business: string;
  /** "Invoice INV-2026-0001". */
  readonly title: string;
  /** The sum that matters, with its label. */
  readonly amount: Fact;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly fileName: string;
  readonly footer: string;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/**
 * The words of a mail in the client's language. The business's own words take the place of ours
 * for invoices and credit notes; reminders and receipts are worded by us.
 */
export function mailContent(mail: PermittedMail, hasAttachment: boolean): MailContent {
  const { language, currency, kind } = mail;
  const format = createFormatter(mail.formats, language);
  const money = (value: number) => `${format.amount(value, currency)} ${currency}`;
  const labels = labelsIn(language);
  const own = mailLabelsIn(language);
  const isCredit = mail.document_kind === 'credit_note';
  const values = {
    number: mail.number,
    client: mail.client_name,
    total: money(mail.total),
    balance: money(mail.balance),
    due: format.date(mail.due_date),
    business: mail.business_name,
  };
  const template = templateOf(mail);
  const fileName = documentFileName(mail.number, mail.client_name);
  const number = {
    label: isCredit ? labels.creditNoteNumber : labels.invoiceNumber,
    value: mail.number,
  };
  const total = { label: isCredit ? labels.creditTotal : labels.total, value: values.total };
  const amounts: Readonly<Record<PermittedMail['kind'], Fact>> = {
    invoice: total,
    reminder: { label: own.balance, value: values.balance },
    receipt: { label: own.paid, value: values.total },
  };
  const isOpen = kind !== 'receipt' && !isCredit;
  return {
    language,
    subject: headerText(mail.is_worded ? template.subject : fillTemplate(template.subject, values)),
    business: mail.business_name,
    title: `${isCredit ? labels.creditNote : labels.invoice} ${mail.number}`,
    amount: amounts[kind],
    body: (mail.is_worded ? template.body : fillTemplate(template.body, values))
      .replaceAll(/\r\n?/gu, '\n')
      .trim(),
    facts: [
      number,
      { label: labels.issueDate, value: format.date(mail.issue_date) },
      ...(isOpen ? [{ label: labels.dueDate, value: values.due }] : []),
      ...(kind === 'reminder' ? [total] : []),
      ...(hasAttachment ? [{ label: own.attached, value: fileName }] : []),
    ],
    fileName,
    footer: fillTemplate(own.footer, values),
  };
}

function templateOf(mail: PermittedMail): MailTemplate {
  switch (mail.kind) {
    case 'invoice': {
      const ours = mailTemplate(mail.language, mail.document_kind);
      return { subject: mail.subject.trim() || ours.subject, body: mail.body.trim() || ours.body };
    }
    case 'reminder':
      return mail.is_worded ? mail : reminderTemplate(mail.language, mail.reminder_step ?? 1);
    case 'receipt':
      return mail.is_worded ? mail : receiptTemplate(mail.language);
  }
}

/** The mail as plain text: its words, then the facts. */
export function plainMail(content: MailContent): string {
  const facts = [content.amount, ...content.facts].map(({ label, value }) => `${label}: ${value}`);
  return [content.body, '', ...facts, '', content.footer, ''].join('\n');
}
