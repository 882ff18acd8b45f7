import type { TFunction } from 'i18next';

import type { PaymentTerms } from '../../shared/domain/payment-terms';

/** Payment terms in words: "30 days after the invoice date". */
export function termsText(t: TFunction, terms: PaymentTerms): string {
  switch (terms.kind) {
    case 'on_receipt':
      return t('terms.on_receipt');
    case 'net_days':
      return t('terms.netDays', { count: terms.days });
    case 'end_of_month':
      return t('terms.endOfMonth', { count: terms.days });
  }
}
