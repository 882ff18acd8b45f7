import type { ImportKind } from '../../../../shared/contracts/app-api/imports';
import { headerKey } from './header-key';

/** How the cells of a field are read, where that decides something about the file. */
export type FieldType = 'text' | 'date' | 'number';

export interface ImportField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: FieldType;
  /** Headers that mean it, in the languages that files come in. */
  readonly headers: ReadonlySet<string>;
}

function field(name: string, headers: string, options: Partial<ImportField> = {}): ImportField {
  const keys = headers.split('|').map(headerKey);
  return {
    name,
    isRequired: false,
    type: 'text',
    headers: new Set([headerKey(name), ...keys]),
    ...options,
  };
}

const required = { isRequired: true };
const number = { type: 'number' } as const;
const date = { type: 'date' } as const;

const NAME_HEADERS =
  'client|client name|customer|customer name|company|company name|organization|organisation|' +
  'business name|account name|display name|bill to|sold to|kunde|kundenname|firma|firmenname|' +
  'unternehmen|auftraggeber|nom|nom du client|raison sociale|société|entreprise|razón social|' +
  'cliente|nombre del cliente|empresa|nombre|ragione sociale|azienda|klant|klantnaam|bedrijf|' +
  'bedrijfsnaam|naam|klient|nazwa|nazwa firmy|kontrahent|nabywca|zákazník|firma název|cég|' +
  'ügyfél|kund|kundnamn|asiakas|会社名|顧客名|取引先|客户|客户名称|公司|고객명|회사명|клиент|' +
  'название|компания|контрагент|πελάτης|επωνυμία';
const EMAIL_HEADERS =
  'email|e-mail|mail|email address|e-mail address|e-mail-adresse|email adresse|courriel|' +
  'adresse e-mail|adresse mail|correo|correo electrónico|indirizzo email|posta elettronica|' +
  'e-mailadres|adres e-mail|adres email|billing email|メール|メールアドレス|邮箱|电子邮件|이메일|' +
  'электронная почта|почта|ηλεκτρονικό ταχυδρομείο';
const CURRENCY_HEADERS =
  'currency|currency code|währung|devise|monnaie|moneda|divisa|valuta|waluta|měna|通貨|货币|' +
  '통화|валюта|νόμισμα';
const TERMS_HEADERS =
  'terms|payment terms|zahlungsbedingungen|zahlungsziel|conditions de paiement|' +
  'condiciones de pago|condizioni di pagamento|betalingstermijn|termin płatności dni';

const ADDRESS_FIELDS: readonly ImportField[] = [
  field(
    'address1',
    'address|address 1|address line 1|street|street address|billing address|billing street|' +
      'straße|anschrift|adresse|adresse 1|straße und hausnummer|rue|dirección|domicilio|calle|' +
      'indirizzo|via|adres|straat|ulica|住所|地址|주소|адрес|улица|διεύθυνση',
  ),
  field(
    'address2',
    'address 2|address line 2|street 2|billing street 2|adresszusatz|adresse 2|' +
      "complément d'adresse|dirección 2|indirizzo 2|adres 2",
  ),
  field(
    'postalCode',
    'zip|zip code|postal code|postcode|post code|plz|postleitzahl|code postal|código postal|cap|' +
      'kod pocztowy|psč|irányítószám|郵便番号|邮编|邮政编码|우편번호|индекс|ταχ κώδικας',
  ),
  field(
    'city',
    'town|locality|ort|stadt|ville|commune|ciudad|población|città|comune|plaats|stad|miasto|' +
      'miejscowość|město|város|市|城市|도시|город|πόλη',
  ),
  field(
    'region',
    'state|province|county|province/state|state/province|region|bundesland|kanton|région|' +
      'département|provincia|provincie|województwo|都道府県|省|область',
  ),
  field(
    'country',
    'country code|land|staat|pays|país|paese|nazione|kraj|země|ország|国|国家|국가|страна|χώρα',
  ),
  field(
    'vatNumber',
    'vat|vat number|vat no|vat id|vat registration number|tax number|tax id|tax no|' +
      'tax registration number|gst number|gstin|abn|ust-id|ust-idnr|ust-id-nr|' +
      'umsatzsteuer-id|uid-nummer|numéro de tva|n° tva|tva intracommunautaire|nif|cif|nif/cif|' +
      'partita iva|p.iva|btw-nummer|nip|dič|adószám|инн|αφμ|税号',
  ),
];

const CLIENT_FIELDS: readonly ImportField[] = [
  field('name', `${NAME_HEADERS}|contact name|full name`, required),
  field(
    'contactName',
    'contact|contact person|primary contact|attention|ansprechpartner|kontaktperson|' +
      'interlocuteur|contact principal|persona de contacto|referente|contactpersoon|osoba kontaktowa',
  ),
  field('firstName', 'first name|given name|vorname|prénom|nome di battesimo|voornaam|imię'),
  field(
    'lastName',
    'last name|surname|family name|nachname|nom de famille|apellido|apellidos|cognome|' +
      'achternaam|nazwisko',
  ),
  field('email', EMAIL_HEADERS),
  field(
    'phone',
    'telephone|phone number|phone numbers|tel|telefon|telefonnummer|téléphone|teléfono|telefono|' +
      'telefoon|電話|电话|전화|телефон|τηλέφωνο',
  ),
  field(
    'mobile',
    'mobile phone|mobile number|cell|cell phone|handy|mobil|portable|móvil|cellulare|mobiel|komórka',
  ),
  ...ADDRESS_FIELDS,
  field(
    'companyNumber',
    'company number|company no|registration number|business number|handelsregisternummer|hrb|' +
      'siren|siret|kvk|kvk-nummer|regon|krs|ičo|reg no',
  ),
  field('currency', CURRENCY_HEADERS),
  field('language', 'sprache|langue|idioma|lingua|taal|język'),
  field('terms', TERMS_HEADERS),
  field('notes', 'note|comment|comments|memo|notiz|notizen|bemerkung|remarques|notas|uwagi|備考'),
];

const TAX_RATE_HEADERS =
  'tax rate|tax %|tax percent|tax percentage|vat rate|vat %|gst rate|steuersatz|ust %|mwst %|' +
  'mwst-satz|mwst|ust|taux de tva|tva %|taux tva|tipo de iva|iva %|aliquota|aliquota iva|' +
  'btw %|btw-tarief|stawka vat|stawka vat %|税率';

const PRODUCT_FIELDS: readonly ImportField[] = [
  field(
    'name',
    'product|product name|item|item name|service|service name|product/service|title|' +
      'artikel|artikelname|produkt|leistung|bezeichnung|produit|article|désignation|nom|producto|' +
      'artículo|servicio|nombre|prodotto|articolo|productnaam|naam|nazwa|nazwa produktu|towar|' +
      'usługa|商品名|品名|产品名称|제품명|товар|наименование|προϊόν',
    required,
  ),
  field(
    'code',
    'sku|item code|product code|item number|article number|artikelnummer|artikel-nr|art.-nr.|' +
      'référence|réf|código|referencia|codice|codice articolo|artikelcode|kod|symbol|indeks|' +
      '商品コード|编码|артикул',
  ),
  field('unit', 'unit name|uom|usage unit|einheit|unité|unidad|unità|eenheid|jednostka|j.m.|単位'),
  field(
    'unitPrice',
    'price|rate|unit price|sales price|selling price|list price|net price|amount|preis|' +
      'einzelpreis|verkaufspreis|nettopreis|prix|prix unitaire|prix ht|precio|precio unitario|' +
      'prezzo|prezzo unitario|prijs|cena|cena netto|cena jednostkowa|単価|单价|단가|цена|τιμή',
    number,
  ),
  field('currency', CURRENCY_HEADERS),
  field('taxRate', TAX_RATE_HEADERS, number),
  field('taxName', 'tax|tax name|tax code|vat|steuer|steuerschlüssel|taxe|tva|impuesto|iva'),
];

const INVOICE_FIELDS: readonly ImportField[] = [
  field(
    'number',
    'invoice number|invoice no|invoice #|invoice id|invoice|document number|doc number|num|no|' +
      'rechnungsnummer|rechnungsnr|rechnungs-nr|rechnung nr|belegnummer|numéro de facture|' +
      'n° facture|numéro|facture|número de factura|nº factura|factura|número|numero fattura|' +
      'fattura|factuurnummer|numer faktury|nr faktury|faktura|číslo faktury|számlaszám|請求書番号|' +
      '发票号|发票号码|송장번호|номер счета|номер|αριθμός τιμολογίου',
    required,
  ),
  field('clientName', `${NAME_HEADERS}|contact name|contact|name`, required),
  field('clientEmail', `${EMAIL_HEADERS}|client email|customer email`),
  field(
    'issueDate',
    'invoice date|issue date|date issued|date|issued|rechnungsdatum|datum|belegdatum|' +
      "date de facture|date d'émission|date facture|fecha|fecha de factura|fecha de emisión|" +
      'data|data fattura|data emissione|factuurdatum|data wystawienia|data faktury|' +
      'datum vystavení|kelt|請求日|発行日|开票日期|日期|발행일|дата|дата счета|ημερομηνία',
    { ...required, ...date },
  ),
  field(
    'dueDate',
    "due|due on|payment due|fällig|fällig am|fälligkeit|fälligkeitsdatum|échéance|date d'échéance|" +
      'vencimiento|fecha de vencimiento|scadenza|data scadenza|vervaldatum|termin płatności|' +
      'datum splatnosti|支払期限|到期日|срок оплаты|ημερομηνία λήξης',
    date,
  ),
  field('terms', TERMS_HEADERS),
  field('currency', CURRENCY_HEADERS),
  field('exchangeRate', 'exchange rate|wechselkurs|taux de change|tipo de cambio|kurs', number),
  field('status', 'invoice status|state|zustand|statut|état|estado|stato|stan|状態|状态|статус'),
  field('type', 'transaction type|document type|typ|belegart|art'),
  field(
    'total',
    'invoice total|total amount|grand total|amount|gross|gross amount|total gross|gesamtbetrag|' +
      'gesamt|summe|betrag|bruttobetrag|brutto|rechnungsbetrag|total ttc|montant ttc|montant|' +
      'importe|importe total|total factura|totale|importo|totaal|bedrag|suma|kwota|kwota brutto|' +
      'wartość brutto|合計|請求金額|总额|金额|합계|сумма|итого|σύνολο',
    number,
  ),
  field(
    'subtotal',
    'sub total|net|net amount|total net|nettobetrag|netto|zwischensumme|total ht|montant ht|' +
      'base imponible|imponibile|kwota netto|wartość netto|小計',
    number,
  ),
  field(
    'taxTotal',
    'tax total|total tax|tax amount|tax|vat|vat amount|gst|sales tax|mwst betrag|ust betrag|' +
      'steuerbetrag|steuer|tva|montant tva|iva|importe iva|imposta|btw|btw bedrag|kwota vat|' +
      'podatek|税额|消費税',
    number,
  ),
  field(
    'amountPaid',
    'paid|paid amount|amount received|payments|bezahlt|gezahlt|bezahlter betrag|payé|montant payé|' +
      'pagado|importe pagado|pagato|betaald|zapłacono|入金額|已付|оплачено',
    number,
  ),
  field(
    'balance',
    'balance due|amount due|open balance|outstanding|open amount|offen|offener betrag|restbetrag|' +
      'reste à payer|solde|saldo|pendiente|saldo pendiente|openstaand|pozostało|do zapłaty|未払|' +
      'остаток',
    number,
  ),
  field(
    'paidDate',
    'date paid|paid on|payment date|paid at|last payment date|bezahlt am|zahlungsdatum|' +
      'date de paiement|payé le|fecha de pago|data pagamento|betaald op|data zapłaty|入金日',
    date,
  ),
  field(
    'buyerReference',
    'reference|po|po number|purchase order|purchase order number|order number|customer reference|' +
      'bestellnummer|kundenreferenz|ihre referenz|référence client|bon de commande|pedido|' +
      'referentie|zamówienie',
  ),
  field('notes', 'note|memo|comment|message|notiz|bemerkung|remarques|notas|uwagi|備考'),
  field('pricesIncludeTax', 'is inclusive tax|tax inclusive|prices include tax|bruttopreise'),
  field('productCode', 'sku|item code|product code|artikelnummer|référence article|kod'),
  field(
    'itemName',
    'item|product|product/service|service|artikel|produkt|leistung|article|produit|producto|' +
      'artículo|prodotto|articolo|towar|usługa|品名|产品',
  ),
  field(
    'description',
    'item description|line description|details|beschreibung|bezeichnung|text|désignation|libellé|' +
      'descripción|concepto|descrizione|omschrijving|opis|nazwa towaru|摘要|描述|описание',
  ),
  field(
    'quantity',
    'qty|hours|menge|anzahl|stunden|quantité|qté|cantidad|quantità|aantal|ilość|množství|数量|' +
      '수량|количество|ποσότητα',
    number,
  ),
  field('unit', 'uom|usage unit|einheit|unité|unidad|unità|eenheid|jednostka|j.m.|単位|单位'),
  field(
    'unitPrice',
    'price|rate|unit amount|item price|einzelpreis|preis|stückpreis|prix unitaire|prix|' +
      'prix unitaire ht|precio|precio unitario|prezzo|prezzo unitario|prijs|stukprijs|cena|' +
      'cena netto|cena jednostkowa|単価|单价|단가|цена',
    number,
  ),
  field('discountPercent', 'discount %|discount percent|rabatt %|remise %|rabat %', number),
  field('discountAmount', 'discount|rabatt|remise|descuento|sconto|korting|rabat', number),
  field('lineDiscountPercent', 'line discount %|item discount %', number),
  field('lineDiscountAmount', 'line discount|item discount', number),
  field(
    'lineAmount',
    'line total|item amount|item total|extended price|line net|positionsbetrag|positionssumme|' +
      'gesamtpreis|total ligne|montant ligne|importe línea|totale riga|regelbedrag|wartość',
    number,
  ),
  field('lineTotal', 'line gross|line total incl tax|total ligne ttc', number),
  field('taxRate', `${TAX_RATE_HEADERS}|item tax %|line tax rate`, number),
  field('taxName', 'tax name|tax code|tax type|item tax|steuerschlüssel|code tva'),
  field('taxAmount', 'line tax|line tax amount|item tax amount', number),
  field('secondTaxName', ''),
  field('secondTaxAmount', '', number),
  field('shipping', 'shipping charge|freight|versand|versandkosten|frais de port|envío', number),
  field('adjustment', 'rounding|round off|anpassung', number),
  ...ADDRESS_FIELDS,
];

const FIELDS: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  clients: CLIENT_FIELDS,
  products: PRODUCT_FIELDS,
  invoices: INVOICE_FIELDS,
};

/** What a kind of import can fill in, in the order in which a person would map it. */
export function fieldsOf(kind: ImportKind): readonly ImportField[] {
  return FIELDS[kind];
}
