/** Every word that the paper prints by itself. `{name}` stands for a value filled in. */
export interface Labels {
  readonly invoice: string;
  readonly creditNote: string;
  /** Watermark, and in place of the number. */
  readonly draft: string;
  /** `{number}`, `{date}`. */
  readonly corrects: string;

  readonly invoiceNumber: string;
  readonly creditNoteNumber: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly supplyDate: string;
  readonly supplyPeriod: string;
  readonly buyerReference: string;
  readonly orderNumber: string;
  /** The client's own registrations. */
  readonly clientVatNumber: string;
  readonly clientCompanyNumber: string;

  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount: string;
  readonly tax: string;
  readonly amount: string;

  readonly subtotal: string;
  readonly net: string;
  readonly taxTotal: string;
  readonly total: string;
  readonly creditTotal: string;
  /** Rows below a total whose prices include the tax. */
  readonly includedNet: string;
  readonly includedTax: string;

  readonly taxSummary: string;
  readonly summaryNet: string;
  readonly summaryTax: string;
  readonly summaryGross: string;
  /** `{currency}`: the tax told in the seller's currency. */
  readonly taxInCurrency: string;
  /** `{from}`, `{rate}`, `{to}`, `{date}`. */
  readonly exchangeRate: string;

  readonly payment: string;
  readonly terms: string;
  readonly termsOnReceipt: string;
  /** `{days}`. */
  readonly termsDays: string;
  readonly termsOneDay: string;
  readonly termsEndOfMonth: string;
  /** `{days}`. */
  readonly termsEndOfMonthDays: string;
  readonly accountHolder: string;
  readonly bank: string;
  readonly bankDetails: string;
  readonly sortCode: string;
  readonly routingNumber: string;
  readonly accountNumber: string;
  readonly paymentReference: string;
  readonly scanToPay: string;
  readonly notes: string;

  readonly page: string;
  readonly vatNumber: string;
  readonly companyNumber: string;
}
