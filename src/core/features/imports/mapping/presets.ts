import type { ImportKind, ImportPreset } from '../../../../shared/contracts/app-api/imports';
import { headerKey } from './header-key';

/**
 * The exports of five programs, recognised by their headers. The headers are facts about those
 * files as their vendors and users publish them; a program that has several exports of a kind has
 * several layouts.
 */
export interface Layout {
  readonly preset: ImportPreset;
  readonly kind: ImportKind;
  /** All of them stand in the file. */
  readonly signature: readonly string[];
  /** Field → the headers that fill it; the first one in the file counts. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

type Columns = Readonly<Record<string, string>>;

function layout(
  preset: ImportPreset,
  kind: ImportKind,
  signature: string,
  columns: Columns,
): Layout {
  return {
    preset,
    kind,
    signature: signature.split('|').map(headerKey),
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, headers]) => [name, headers.split('|').map(headerKey)]),
    ),
  };
}

const XERO_ADDRESS: Columns = {
  address1: 'POAddressLine1',
  address2: 'POAddressLine2',
  city: 'POCity',
  region: 'PORegion',
  postalCode: 'POPostalCode',
  country: 'POCountry',
};

const ZOHO_ADDRESS: Columns = {
  address1: 'Billing Address|Billing Street',
  address2: 'Billing Street2',
  city: 'Billing City',
  region: 'Billing State',
  postalCode: 'Billing Code|Billing Zip',
  country: 'Billing Country',
  vatNumber:
    'VAT Number|Tax Registration Number|GST Identification Number (GSTIN)|TRN|VAT Registration Number',
};

const QUICKBOOKS: readonly Layout[] = [
  layout('quickbooks', 'invoices', 'InvoiceNo|Customer|InvoiceDate', {
    number: 'InvoiceNo',
    clientName: 'Customer',
    issueDate: 'InvoiceDate',
    dueDate: 'DueDate',
    terms: 'Terms',
    notes: 'Memo',
    currency: 'Currency',
    itemName: 'Item(Product/Service)|Item',
    description: 'ItemDescription',
    quantity: 'ItemQuantity',
    unitPrice: 'ItemRate',
    lineAmount: 'ItemAmount',
    taxName: 'ItemTaxCode',
    taxAmount: 'ItemTaxAmount',
  }),
  layout('quickbooks', 'invoices', 'Num|Name|Amount|Open Balance', {
    number: 'Num',
    clientName: 'Name',
    issueDate: 'Date|Transaction date',
    dueDate: 'Due Date',
    type: 'Transaction Type',
    description: 'Memo/Description',
    currency: 'Currency',
    total: 'Amount',
    balance: 'Open Balance',
    status: 'Status|A/R paid',
  }),
  layout('quickbooks', 'invoices', 'Num|Customer|Amount', {
    number: 'Num',
    clientName: 'Customer|Customer full name',
    issueDate: 'Date|Transaction date|Invoice date',
    dueDate: 'Due Date',
    type: 'Transaction Type|Type',
    description: 'Memo/Description|Memo',
    currency: 'Currency',
    total: 'Amount',
    balance: 'Open Balance|Balance',
    status: 'Status|A/R paid',
  }),
  layout('quickbooks', 'invoices', 'Type|No.|Customer|Amount|Status', {
    number: 'No.',
    clientName: 'Customer',
    issueDate: 'Date',
    dueDate: 'Due Date',
    type: 'Type',
    description: 'Memo',
    currency: 'Currency',
    total: 'Amount|Total',
    balance: 'Balance',
    status: 'Status',
  }),
  layout('quickbooks', 'clients', 'Name|Street Address|Zip|Open Balance', {
    name: 'Company name|Company|Name',
    contactName: 'Name',
    email: 'Email',
    phone: 'Phone',
    mobile: 'Mobile',
    address1: 'Street Address',
    city: 'City',
    region: 'State',
    postalCode: 'Zip',
    country: 'Country',
    currency: 'Currency',
    terms: 'Terms',
    notes: 'Notes',
  }),
  layout('quickbooks', 'clients', 'Customer full name|Phone numbers|Email', {
    name: 'Customer full name',
    contactName: 'Full name',
    email: 'Email',
    phone: 'Phone numbers',
    address1: 'Bill address|Billing address',
  }),
  layout('quickbooks', 'clients', 'Customer|Phone numbers|Email', {
    name: 'Customer',
    contactName: 'Full name',
    email: 'Email',
    phone: 'Phone numbers',
    address1: 'Billing address|Bill address',
  }),
  layout('quickbooks', 'products', 'Product/Service Name|Sales Price / Rate', {
    name: 'Product/Service Name',
    code: 'SKU',
    unitPrice: 'Sales Price / Rate',
  }),
  layout('quickbooks', 'products', 'Product/Service|Sales Description|Price', {
    name: 'Product/Service',
    code: 'SKU',
    unitPrice: 'Price',
  }),
];

const XERO: readonly Layout[] = [
  layout('xero', 'invoices', 'ContactName|InvoiceNumber|InvoiceDate|UnitAmount', {
    number: 'InvoiceNumber',
    clientName: 'ContactName',
    clientEmail: 'EmailAddress',
    ...XERO_ADDRESS,
    buyerReference: 'Reference',
    issueDate: 'InvoiceDate',
    dueDate: 'DueDate',
    total: 'Total',
    taxTotal: 'TaxTotal',
    amountPaid: 'InvoiceAmountPaid',
    balance: 'InvoiceAmountDue',
    productCode: 'InventoryItemCode',
    description: 'Description',
    quantity: 'Quantity',
    unitPrice: 'UnitAmount',
    lineDiscountPercent: 'Discount',
    lineAmount: 'LineAmount',
    taxName: 'TaxType',
    taxAmount: 'TaxAmount',
    currency: 'Currency',
    type: 'Type',
    status: 'Status',
  }),
  layout('xero', 'clients', 'ContactName|AccountNumber|EmailAddress', {
    name: 'ContactName',
    firstName: 'FirstName',
    lastName: 'LastName',
    email: 'EmailAddress',
    phone: 'PhoneNumber',
    mobile: 'MobileNumber',
    ...XERO_ADDRESS,
    vatNumber: 'TaxNumber',
    companyNumber: 'CompanyNumber',
    currency: 'Currency|DefaultCurrency',
  }),
  layout('xero', 'products', 'ItemCode|ItemName|SalesUnitPrice', {
    code: 'ItemCode',
    name: 'ItemName',
    unitPrice: 'SalesUnitPrice',
    taxName: 'SalesTaxRate',
  }),
];

const FRESHBOOKS: readonly Layout[] = [
  layout('freshbooks', 'invoices', 'Client Name|Invoice #|Date Issued|Line Total', {
    number: 'Invoice #',
    clientName: 'Client Name',
    issueDate: 'Date Issued',
    dueDate: 'Date Due',
    status: 'Invoice Status',
    paidDate: 'Date Paid',
    itemName: 'Item Name',
    description: 'Item Description',
    unitPrice: 'Rate',
    quantity: 'Quantity',
    discountPercent: 'Discount Percentage',
    lineAmount: 'Line Subtotal',
    taxName: 'Tax 1 Type',
    taxAmount: 'Tax 1 Amount',
    secondTaxName: 'Tax 2 Type',
    secondTaxAmount: 'Tax 2 Amount',
    lineTotal: 'Line Total',
    currency: 'Currency',
  }),
  layout('freshbooks', 'clients', 'Organization|First Name|Last Name|Email', {
    name: 'Organization',
    firstName: 'First Name',
    lastName: 'Last Name',
    email: 'Email',
    phone: 'Phone|Business Phone|Home Phone',
    mobile: 'Mobile Phone|Mobile',
    address1: 'Address Line 1|Address 1|Street',
    address2: 'Address Line 2|Address 2|Street 2',
    city: 'City',
    region: 'Province/State|State/Province|State',
    postalCode: 'Postal Code|Zip/Postal Code|Zip',
    country: 'Country',
    currency: 'Currency',
    vatNumber: 'VAT Number|Tax Number',
    notes: 'Notes|Note',
  }),
  layout('freshbooks', 'products', 'Name|Rate|Income Account', {
    name: 'Name',
    unitPrice: 'Rate',
    code: 'SKU',
    currency: 'Currency',
    taxName: 'Tax 1',
  }),
  layout('freshbooks', 'products', 'Name|Description|Rate|Current Stock', {
    name: 'Name',
    unitPrice: 'Rate',
    code: 'SKU',
    currency: 'Currency',
    taxName: 'Tax 1',
  }),
];

const ZOHO: readonly Layout[] = [
  layout('zoho', 'invoices', 'Invoice Number|Invoice Status|Customer Name|Item Price', {
    number: 'Invoice Number',
    status: 'Invoice Status',
    clientName: 'Customer Name',
    clientEmail: 'Primary Contact EmailID|Customer Email|EmailID',
    issueDate: 'Invoice Date',
    dueDate: 'Due Date',
    terms: 'Payment Terms',
    buyerReference: 'PurchaseOrder|Purchase Order',
    currency: 'Currency Code',
    exchangeRate: 'Exchange Rate',
    pricesIncludeTax: 'Is Inclusive Tax',
    itemName: 'Item Name',
    description: 'Item Desc',
    productCode: 'SKU|Item Code',
    quantity: 'Quantity',
    unit: 'Usage unit',
    unitPrice: 'Item Price',
    lineDiscountAmount: 'Discount Amount',
    lineAmount: 'Item Total',
    taxName: 'Item Tax',
    taxRate: 'Item Tax %',
    taxAmount: 'Item Tax Amount',
    discountAmount: 'Entity Discount Amount',
    discountPercent: 'Entity Discount Percent',
    shipping: 'Shipping Charge',
    adjustment: 'Adjustment|Round Off',
    subtotal: 'SubTotal',
    total: 'Total',
    balance: 'Balance',
    paidDate: 'Last Payment Date',
    notes: 'Notes',
    ...ZOHO_ADDRESS,
  }),
  layout('zoho', 'clients', 'Display Name|Company Name|Billing Address', {
    name: 'Display Name',
    firstName: 'First Name',
    lastName: 'Last Name',
    email: 'EmailID|Email ID|Email',
    phone: 'Phone',
    mobile: 'MobilePhone',
    currency: 'Currency Code',
    terms: 'Payment Terms',
    notes: 'Notes',
    ...ZOHO_ADDRESS,
  }),
  layout('zoho', 'products', 'Item Name|Rate|Product Type', {
    name: 'Item Name',
    code: 'SKU',
    unit: 'Usage unit|Unit Name|Unit',
    unitPrice: 'Rate',
    taxName: 'Tax Name|Tax1 Name',
    taxRate: 'Tax Percentage|Tax1 Percentage',
    currency: 'Currency Code',
  }),
];

const STRIPE: readonly Layout[] = [
  layout('stripe', 'invoices', 'id|Number|Currency|Total|Amount Paid', {
    number: 'Number',
    clientName: 'Customer Name|Customer Description|Customer Email',
    clientEmail: 'Customer Email',
    issueDate: 'Date (UTC)|Finalized At (UTC)|Created (UTC)',
    dueDate: 'Due Date (UTC)',
    currency: 'Currency',
    description: 'Description',
    subtotal: 'Subtotal',
    discountAmount: 'Total Discount Amount',
    taxTotal: 'Tax',
    taxRate: 'Tax Percent',
    total: 'Total',
    amountPaid: 'Amount Paid',
    paidDate: 'Paid At (UTC)',
    status: 'Status',
    address1: 'Customer Address Line1',
    address2: 'Customer Address Line2',
    city: 'Customer Address City',
    region: 'Customer Address State',
    postalCode: 'Customer Address Zip|Customer Address Postal Code',
    country: 'Customer Address Country',
    vatNumber: 'Customer VAT|Customer Tax Id',
  }),
  layout('stripe', 'clients', 'id|Email|Name|Created (UTC)|Delinquent', {
    name: 'Name',
    email: 'Email',
    phone: 'Phone',
    currency: 'Currency',
    vatNumber: 'Business Vat ID|Tax Info Tax ID',
    notes: 'Description',
    address1: 'Address Line1|Card Address Line1|Shipping Address Line1',
    address2: 'Address Line2|Card Address Line2|Shipping Address Line2',
    city: 'Address City|Card Address City|Shipping Address City',
    region: 'Address State|Card Address State|Shipping Address State',
    postalCode: 'Address Postal Code|Address Zip|Card Address Zip|Shipping Address Postal Code',
    country: 'Address Country|Card Address Country|Shipping Address Country',
  }),
  layout('stripe', 'products', 'Price ID|Product ID|Product Name|Amount', {
    name: 'Product Name',
    unitPrice: 'Amount',
    currency: 'Currency',
  }),
];

/** Where several fit, the one that fills the most fields counts. */
export const LAYOUTS: readonly Layout[] = [
  ...QUICKBOOKS,
  ...XERO,
  ...FRESHBOOKS,
  ...ZOHO,
  ...STRIPE,
];
