import type { DocumentLanguage } from '../../domain/tax';

/** ISO 3166-1 codes (and XK), in the order of the names below. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO ' +
  'BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ ' +
  'DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP ' +
  'GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG ' +
  'KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML ' +
  'MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE ' +
  'PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL ' +
  'SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM ' +
  'US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** Names from the Unicode CLDR, bundled so that every machine prints the same ones. */
const NAMES: Readonly<Record<DocumentLanguage, string>> = {
  en:
    'Andorra|United Arab Emirates|Afghanistan|Antigua & ' +
    'Barbuda|Anguilla|Albania|Armenia|Angola|Antarctica|Argentina|American ' +
    'Samoa|Austria|Australia|Aruba|Åland Islands|Azerbaijan|Bosnia & ' +
    'Herzegovina|Barbados|Bangladesh|Belgium|Burkina ' +
    'Faso|Bulgaria|Bahrain|Burundi|Benin|St. Barthélemy|Bermuda|Brunei|Bolivia|Caribbean ' +
    'Netherlands|Brazil|Bahamas|Bhutan|Bouvet Island|Botswana|Belarus|Belize|Canada|Cocos ' +
    '(Keeling) Islands|Congo - Kinshasa|Central African Republic|Congo - ' +
    'Brazzaville|Switzerland|Côte d’Ivoire|Cook Islands|Chile|Cameroon|China|Colombia|Costa ' +
    'Rica|Cuba|Cape Verde|Curaçao|Christmas ' +
    'Island|Cyprus|Czechia|Germany|Djibouti|Denmark|Dominica|Dominican ' +
    'Republic|Algeria|Ecuador|Estonia|Egypt|Western ' +
    'Sahara|Eritrea|Spain|Ethiopia|Finland|Fiji|Falkland Islands|Micronesia|Faroe ' +
    'Islands|France|Gabon|United Kingdom|Grenada|Georgia|French ' +
    'Guiana|Guernsey|Ghana|Gibraltar|Greenland|Gambia|Guinea|Guadeloupe|Equatorial ' +
    'Guinea|Greece|South Georgia & South Sandwich ' +
    'Islands|Guatemala|Guam|Guinea-Bissau|Guyana|Hong Kong SAR China|Heard & McDonald ' +
    'Islands|Honduras|Croatia|Haiti|Hungary|Indonesia|Ireland|Israel|Isle of ' +
    'Man|India|British Indian Ocean ' +
    'Territory|Iraq|Iran|Iceland|Italy|Jersey|Jamaica|Jordan|Japan|Kenya|Kyrgyzstan|Cambodia|Kiribati|Comoros|St. ' +
    'Kitts & Nevis|North Korea|South Korea|Kuwait|Cayman ' +
    'Islands|Kazakhstan|Laos|Lebanon|St. Lucia|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Lithuania|Luxembourg|Latvia|Libya|Morocco|Monaco|Moldova|Montenegro|St. ' +
    'Martin|Madagascar|Marshall Islands|North Macedonia|Mali|Myanmar (Burma)|Mongolia|Macao ' +
    'SAR China|Northern Mariana ' +
    'Islands|Martinique|Mauritania|Montserrat|Malta|Mauritius|Maldives|Malawi|Mexico|Malaysia|Mozambique|Namibia|New ' +
    'Caledonia|Niger|Norfolk ' +
    'Island|Nigeria|Nicaragua|Netherlands|Norway|Nepal|Nauru|Niue|New ' +
    'Zealand|Oman|Panama|Peru|French Polynesia|Papua New ' +
    'Guinea|Philippines|Pakistan|Poland|St. Pierre & Miquelon|Pitcairn Islands|Puerto ' +
    'Rico|Palestinian ' +
    'Territories|Portugal|Palau|Paraguay|Qatar|Réunion|Romania|Serbia|Russia|Rwanda|Saudi ' +
    'Arabia|Solomon Islands|Seychelles|Sudan|Sweden|Singapore|St. Helena|Slovenia|Svalbard ' +
    '& Jan Mayen|Slovakia|Sierra Leone|San Marino|Senegal|Somalia|Suriname|South Sudan|São ' +
    'Tomé & Príncipe|El Salvador|Sint Maarten|Syria|Eswatini|Turks & Caicos ' +
    'Islands|Chad|French Southern ' +
    'Territories|Togo|Thailand|Tajikistan|Tokelau|Timor-Leste|Turkmenistan|Tunisia|Tonga|Türkiye|Trinidad ' +
    '& Tobago|Tuvalu|Taiwan|Tanzania|Ukraine|Uganda|U.S. Outlying Islands|United ' +
    'States|Uruguay|Uzbekistan|Vatican City|St. Vincent & Grenadines|Venezuela|British ' +
    'Virgin Islands|U.S. Virgin Islands|Vietnam|Vanuatu|Wallis & ' +
    'Futuna|Samoa|Kosovo|Yemen|Mayotte|South Africa|Zambia|Zimbabwe',
  de:
    'Andorra|Vereinigte Arabische Emirate|Afghanistan|Antigua und ' +
    'Barbuda|Anguilla|Albanien|Armenien|Angola|Antarktis|Argentinien|Amerikanisch-Samoa|Österreich|Australien|Aruba|Ålandinseln|Aserbaidschan|Bosnien ' +
    'und Herzegowina|Barbados|Bangladesch|Belgien|Burkina ' +
    'Faso|Bulgarien|Bahrain|Burundi|Benin|St. Barthélemy|Bermuda|Brunei ' +
    'Darussalam|Bolivien|Karibische ' +
    'Niederlande|Brasilien|Bahamas|Bhutan|Bouvetinsel|Botsuana|Belarus|Belize|Kanada|Kokosinseln|Kongo-Kinshasa|Zentralafrikanische ' +
    'Republik|Kongo-Brazzaville|Schweiz|Côte ' +
    'd’Ivoire|Cookinseln|Chile|Kamerun|China|Kolumbien|Costa Rica|Kuba|Cabo ' +
    'Verde|Curaçao|Weihnachtsinsel|Zypern|Tschechien|Deutschland|Dschibuti|Dänemark|Dominica|Dominikanische ' +
    'Republik|Algerien|Ecuador|Estland|Ägypten|Westsahara|Eritrea|Spanien|Äthiopien|Finnland|Fidschi|Falklandinseln|Mikronesien|Färöer|Frankreich|Gabun|Vereinigtes ' +
    'Königreich|Grenada|Georgien|Französisch-Guayana|Guernsey|Ghana|Gibraltar|Grönland|Gambia|Guinea|Guadeloupe|Äquatorialguinea|Griechenland|Südgeorgien ' +
    'und die Südlichen ' +
    'Sandwichinseln|Guatemala|Guam|Guinea-Bissau|Guyana|Sonderverwaltungsregion ' +
    'Hongkong|Heard und ' +
    'McDonaldinseln|Honduras|Kroatien|Haiti|Ungarn|Indonesien|Irland|Israel|Isle of ' +
    'Man|Indien|Britisches Territorium im Indischen ' +
    'Ozean|Irak|Iran|Island|Italien|Jersey|Jamaika|Jordanien|Japan|Kenia|Kirgisistan|Kambodscha|Kiribati|Komoren|St. ' +
    'Kitts und Nevis|Nordkorea|Südkorea|Kuwait|Kaimaninseln|Kasachstan|Laos|Libanon|St. ' +
    'Lucia|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Litauen|Luxemburg|Lettland|Libyen|Marokko|Monaco|Republik ' +
    'Moldau|Montenegro|St. ' +
    'Martin|Madagaskar|Marshallinseln|Nordmazedonien|Mali|Myanmar|Mongolei|Sonderverwaltungsregion ' +
    'Macau|Nördliche ' +
    'Marianen|Martinique|Mauretanien|Montserrat|Malta|Mauritius|Malediven|Malawi|Mexiko|Malaysia|Mosambik|Namibia|Neukaledonien|Niger|Norfolkinsel|Nigeria|Nicaragua|Niederlande|Norwegen|Nepal|Nauru|Niue|Neuseeland|Oman|Panama|Peru|Französisch-Polynesien|Papua-Neuguinea|Philippinen|Pakistan|Polen|St. ' +
    'Pierre und Miquelon|Pitcairninseln|Puerto Rico|Palästinensische ' +
    'Autonomiegebiete|Portugal|Palau|Paraguay|Katar|Réunion|Rumänien|Serbien|Russland|Ruanda|Saudi-Arabien|Salomonen|Seychellen|Sudan|Schweden|Singapur|St. ' +
    'Helena|Slowenien|Spitzbergen und Jan Mayen|Slowakei|Sierra Leone|San ' +
    'Marino|Senegal|Somalia|Suriname|Südsudan|São Tomé und Príncipe|El Salvador|Sint ' +
    'Maarten|Syrien|Eswatini|Turks- und Caicosinseln|Tschad|Französische Süd- und ' +
    'Antarktisgebiete|Togo|Thailand|Tadschikistan|Tokelau|Timor-Leste|Turkmenistan|Tunesien|Tonga|Türkei|Trinidad ' +
    'und Tobago|Tuvalu|Taiwan|Tansania|Ukraine|Uganda|Amerikanische ' +
    'Überseeinseln|Vereinigte Staaten|Uruguay|Usbekistan|Vatikanstadt|St. Vincent und die ' +
    'Grenadinen|Venezuela|Britische Jungferninseln|Amerikanische ' +
    'Jungferninseln|Vietnam|Vanuatu|Wallis und ' +
    'Futuna|Samoa|Kosovo|Jemen|Mayotte|Südafrika|Sambia|Simbabwe',
  fr:
    'Andorre|Émirats arabes ' +
    'unis|Afghanistan|Antigua-et-Barbuda|Anguilla|Albanie|Arménie|Angola|Antarctique|Argentine|Samoa ' +
    'américaines|Autriche|Australie|Aruba|Îles ' +
    'Åland|Azerbaïdjan|Bosnie-Herzégovine|Barbade|Bangladesh|Belgique|Burkina ' +
    'Faso|Bulgarie|Bahreïn|Burundi|Bénin|Saint-Barthélemy|Bermudes|Brunei|Bolivie|Pays-Bas ' +
    'caribéens|Brésil|Bahamas|Bhoutan|Île Bouvet|Botswana|Biélorussie|Belize|Canada|Îles ' +
    'Cocos|Congo-Kinshasa|République centrafricaine|Congo-Brazzaville|Suisse|Côte ' +
    'd’Ivoire|Îles Cook|Chili|Cameroun|Chine|Colombie|Costa Rica|Cuba|Cap-Vert|Curaçao|Île ' +
    'Christmas|Chypre|Tchéquie|Allemagne|Djibouti|Danemark|Dominique|République ' +
    'dominicaine|Algérie|Équateur|Estonie|Égypte|Sahara ' +
    'occidental|Érythrée|Espagne|Éthiopie|Finlande|Fidji|Îles Malouines|Micronésie|Îles ' +
    'Féroé|France|Gabon|Royaume-Uni|Grenade|Géorgie|Guyane ' +
    'française|Guernesey|Ghana|Gibraltar|Groenland|Gambie|Guinée|Guadeloupe|Guinée ' +
    'équatoriale|Grèce|Géorgie du Sud-et-les Îles Sandwich du ' +
    'Sud|Guatemala|Guam|Guinée-Bissau|Guyana|R.A.S. chinoise de Hong Kong|Îles ' +
    'Heard-et-MacDonald|Honduras|Croatie|Haïti|Hongrie|Indonésie|Irlande|Israël|Île de ' +
    'Man|Inde|Territoire britannique de l’océan ' +
    'Indien|Irak|Iran|Islande|Italie|Jersey|Jamaïque|Jordanie|Japon|Kenya|Kirghizstan|Cambodge|Kiribati|Comores|Saint-Christophe-et-Niévès|Corée ' +
    'du Nord|Corée du Sud|Koweït|Îles ' +
    'Caïmans|Kazakhstan|Laos|Liban|Sainte-Lucie|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Lituanie|Luxembourg|Lettonie|Libye|Maroc|Monaco|Moldavie|Monténégro|Saint-Martin|Madagascar|Îles ' +
    'Marshall|Macédoine du Nord|Mali|Myanmar (Birmanie)|Mongolie|R.A.S. chinoise de ' +
    'Macao|Îles Mariannes du ' +
    'Nord|Martinique|Mauritanie|Montserrat|Malte|Maurice|Maldives|Malawi|Mexique|Malaisie|Mozambique|Namibie|Nouvelle-Calédonie|Niger|Île ' +
    'Norfolk|Nigeria|Nicaragua|Pays-Bas|Norvège|Népal|Nauru|Niue|Nouvelle-Zélande|Oman|Panama|Pérou|Polynésie ' +
    'française|Papouasie-Nouvelle-Guinée|Philippines|Pakistan|Pologne|Saint-Pierre-et-Miquelon|Îles ' +
    'Pitcairn|Porto Rico|Territoires palestiniens|Portugal|Palaos|Paraguay|Qatar|La ' +
    'Réunion|Roumanie|Serbie|Russie|Rwanda|Arabie saoudite|Îles ' +
    'Salomon|Seychelles|Soudan|Suède|Singapour|Sainte-Hélène|Slovénie|Svalbard et Jan ' +
    'Mayen|Slovaquie|Sierra Leone|Saint-Marin|Sénégal|Somalie|Suriname|Soudan du Sud|Sao ' +
    'Tomé-et-Principe|Salvador|Saint-Martin (partie néerlandaise)|Syrie|Eswatini|Îles ' +
    'Turques-et-Caïques|Tchad|Terres australes ' +
    'françaises|Togo|Thaïlande|Tadjikistan|Tokelau|Timor ' +
    'oriental|Turkménistan|Tunisie|Tonga|Turquie|Trinité-et-Tobago|Tuvalu|Taïwan|Tanzanie|Ukraine|Ouganda|Îles ' +
    'mineures éloignées des États-Unis|États-Unis|Uruguay|Ouzbékistan|État de la Cité du ' +
    'Vatican|Saint-Vincent-et-les Grenadines|Venezuela|Îles Vierges britanniques|Îles ' +
    'Vierges des États-Unis|Viêt ' +
    'Nam|Vanuatu|Wallis-et-Futuna|Samoa|Kosovo|Yémen|Mayotte|Afrique du Sud|Zambie|Zimbabwe',
  es:
    'Andorra|Emiratos Árabes Unidos|Afganistán|Antigua y ' +
    'Barbuda|Anguila|Albania|Armenia|Angola|Antártida|Argentina|Samoa ' +
    'Americana|Austria|Australia|Aruba|Islas Aland|Azerbaiyán|Bosnia y ' +
    'Herzegovina|Barbados|Bangladés|Bélgica|Burkina Faso|Bulgaria|Baréin|Burundi|Benín|San ' +
    'Bartolomé|Bermudas|Brunéi|Bolivia|Caribe neerlandés|Brasil|Bahamas|Bután|Isla ' +
    'Bouvet|Botsuana|Bielorrusia|Belice|Canadá|Islas Cocos|República Democrática del ' +
    'Congo|República Centroafricana|Congo|Suiza|Côte d’Ivoire|Islas ' +
    'Cook|Chile|Camerún|China|Colombia|Costa Rica|Cuba|Cabo Verde|Curazao|Isla de ' +
    'Navidad|Chipre|Chequia|Alemania|Yibuti|Dinamarca|Dominica|República ' +
    'Dominicana|Argelia|Ecuador|Estonia|Egipto|Sáhara ' +
    'Occidental|Eritrea|España|Etiopía|Finlandia|Fiyi|Islas Malvinas|Micronesia|Islas ' +
    'Feroe|Francia|Gabón|Reino Unido|Granada|Georgia|Guayana ' +
    'Francesa|Guernesey|Ghana|Gibraltar|Groenlandia|Gambia|Guinea|Guadalupe|Guinea ' +
    'Ecuatorial|Grecia|Islas Georgia del Sur y Sandwich del ' +
    'Sur|Guatemala|Guam|Guinea-Bisáu|Guyana|RAE de Hong Kong (China)|Islas Heard y ' +
    'McDonald|Honduras|Croacia|Haití|Hungría|Indonesia|Irlanda|Israel|Isla de ' +
    'Man|India|Territorio Británico del Océano ' +
    'Índico|Irak|Irán|Islandia|Italia|Jersey|Jamaica|Jordania|Japón|Kenia|Kirguistán|Camboya|Kiribati|Comoras|San ' +
    'Cristóbal y Nieves|Corea del Norte|Corea del Sur|Kuwait|Islas ' +
    'Caimán|Kazajistán|Laos|Líbano|Santa Lucía|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesoto|Lituania|Luxemburgo|Letonia|Libia|Marruecos|Mónaco|Moldavia|Montenegro|San ' +
    'Martín|Madagascar|Islas Marshall|Macedonia del Norte|Mali|Myanmar ' +
    '(Birmania)|Mongolia|RAE de Macao (China)|Islas Marianas del ' +
    'Norte|Martinica|Mauritania|Montserrat|Malta|Mauricio|Maldivas|Malaui|México|Malasia|Mozambique|Namibia|Nueva ' +
    'Caledonia|Níger|Isla Norfolk|Nigeria|Nicaragua|Países ' +
    'Bajos|Noruega|Nepal|Nauru|Niue|Nueva Zelanda|Omán|Panamá|Perú|Polinesia Francesa|Papúa ' +
    'Nueva Guinea|Filipinas|Pakistán|Polonia|San Pedro y Miquelón|Islas Pitcairn|Puerto ' +
    'Rico|Territorios ' +
    'Palestinos|Portugal|Palaos|Paraguay|Catar|Reunión|Rumanía|Serbia|Rusia|Ruanda|Arabia ' +
    'Saudí|Islas Salomón|Seychelles|Sudán|Suecia|Singapur|Santa Elena|Eslovenia|Svalbard y ' +
    'Jan Mayen|Eslovaquia|Sierra Leona|San Marino|Senegal|Somalia|Surinam|Sudán del ' +
    'Sur|Santo Tomé y Príncipe|El Salvador|Sint Maarten|Siria|Esuatini|Islas Turcas y ' +
    'Caicos|Chad|Territorios Australes ' +
    'Franceses|Togo|Tailandia|Tayikistán|Tokelau|Timor-Leste|Turkmenistán|Túnez|Tonga|Turquía|Trinidad ' +
    'y Tobago|Tuvalu|Taiwán|Tanzania|Ucrania|Uganda|Islas menores alejadas de EE. ' +
    'UU.|Estados Unidos|Uruguay|Uzbekistán|Ciudad del Vaticano|San Vicente y las ' +
    'Granadinas|Venezuela|Islas Vírgenes Británicas|Islas Vírgenes de EE. ' +
    'UU.|Vietnam|Vanuatu|Wallis y ' +
    'Futuna|Samoa|Kosovo|Yemen|Mayotte|Sudáfrica|Zambia|Zimbabue',
  it:
    'Andorra|Emirati Arabi Uniti|Afghanistan|Antigua e ' +
    'Barbuda|Anguilla|Albania|Armenia|Angola|Antartide|Argentina|Samoa ' +
    'Americane|Austria|Australia|Aruba|Isole Åland|Azerbaigian|Bosnia ed ' +
    'Erzegovina|Barbados|Bangladesh|Belgio|Burkina ' +
    'Faso|Bulgaria|Bahrein|Burundi|Benin|Saint-Barthélemy|Bermuda|Brunei|Bolivia|Caraibi ' +
    'Olandesi|Brasile|Bahamas|Bhutan|Isola Bouvet|Botswana|Bielorussia|Belize|Canada|Isole ' +
    'Cocos (Keeling)|Congo - Kinshasa|Repubblica ' +
    'Centrafricana|Congo-Brazzaville|Svizzera|Costa d’Avorio|Isole ' +
    'Cook|Cile|Camerun|Cina|Colombia|Costa Rica|Cuba|Capo Verde|Curaçao|Isola ' +
    'Christmas|Cipro|Cechia|Germania|Gibuti|Danimarca|Dominica|Repubblica ' +
    'Dominicana|Algeria|Ecuador|Estonia|Egitto|Sahara ' +
    'Occidentale|Eritrea|Spagna|Etiopia|Finlandia|Figi|Isole Falkland|Micronesia|Isole Fær ' +
    'Øer|Francia|Gabon|Regno Unito|Grenada|Georgia|Guyana ' +
    'Francese|Guernsey|Ghana|Gibilterra|Groenlandia|Gambia|Guinea|Guadalupa|Guinea ' +
    'Equatoriale|Grecia|Georgia del Sud e Sandwich ' +
    'Australi|Guatemala|Guam|Guinea-Bissau|Guyana|RAS di Hong Kong|Isole Heard e ' +
    'McDonald|Honduras|Croazia|Haiti|Ungheria|Indonesia|Irlanda|Israele|Isola di ' +
    'Man|India|Territorio Britannico dell’Oceano ' +
    'Indiano|Iraq|Iran|Islanda|Italia|Jersey|Giamaica|Giordania|Giappone|Kenya|Kirghizistan|Cambogia|Kiribati|Comore|Saint ' +
    'Kitts e Nevis|Corea del Nord|Corea del Sud|Kuwait|Isole ' +
    'Cayman|Kazakistan|Laos|Libano|Saint Lucia|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Lituania|Lussemburgo|Lettonia|Libia|Marocco|Monaco|Moldavia|Montenegro|Saint ' +
    'Martin|Madagascar|Isole Marshall|Macedonia del Nord|Mali|Myanmar ' +
    '(Birmania)|Mongolia|RAS di Macao|Isole Marianne ' +
    'Settentrionali|Martinica|Mauritania|Montserrat|Malta|Mauritius|Maldive|Malawi|Messico|Malaysia|Mozambico|Namibia|Nuova ' +
    'Caledonia|Niger|Isola Norfolk|Nigeria|Nicaragua|Paesi ' +
    'Bassi|Norvegia|Nepal|Nauru|Niue|Nuova Zelanda|Oman|Panama|Perù|Polinesia ' +
    'Francese|Papua Nuova Guinea|Filippine|Pakistan|Polonia|Saint-Pierre e Miquelon|Isole ' +
    'Pitcairn|Portorico|Territori ' +
    'Palestinesi|Portogallo|Palau|Paraguay|Qatar|Riunione|Romania|Serbia|Russia|Ruanda|Arabia ' +
    'Saudita|Isole Salomone|Seychelles|Sudan|Svezia|Singapore|Sant’Elena|Slovenia|Svalbard ' +
    'e Jan Mayen|Slovacchia|Sierra Leone|San Marino|Senegal|Somalia|Suriname|Sud Sudan|São ' +
    'Tomé e Príncipe|El Salvador|Sint Maarten|Siria|Eswatini|Isole Turks e ' +
    'Caicos|Ciad|Terre Australi Francesi|Togo|Thailandia|Tagikistan|Tokelau|Timor ' +
    'Est|Turkmenistan|Tunisia|Tonga|Turchia|Trinidad e ' +
    'Tobago|Tuvalu|Taiwan|Tanzania|Ucraina|Uganda|Isole Minori Esterne degli Stati ' +
    'Uniti|Stati Uniti|Uruguay|Uzbekistan|Città del Vaticano|Saint Vincent e ' +
    'Grenadine|Venezuela|Isole Vergini Britanniche|Isole Vergini ' +
    'Americane|Vietnam|Vanuatu|Wallis e ' +
    'Futuna|Samoa|Kosovo|Yemen|Mayotte|Sudafrica|Zambia|Zimbabwe',
  nl:
    'Andorra|Verenigde Arabische Emiraten|Afghanistan|Antigua en ' +
    'Barbuda|Anguilla|Albanië|Armenië|Angola|Antarctica|Argentinië|Amerikaans-Samoa|Oostenrijk|Australië|Aruba|Åland|Azerbeidzjan|Bosnië ' +
    'en Herzegovina|Barbados|Bangladesh|België|Burkina ' +
    'Faso|Bulgarije|Bahrein|Burundi|Benin|Saint-Barthélemy|Bermuda|Brunei|Bolivia|Caribisch ' +
    'Nederland|Brazilië|Bahama’s|Bhutan|Bouveteiland|Botswana|Belarus|Belize|Canada|Cocoseilanden|Congo-Kinshasa|Centraal-Afrikaanse ' +
    'Republiek|Congo-Brazzaville|Zwitserland|Ivoorkust|Cookeilanden|Chili|Kameroen|China|Colombia|Costa ' +
    'Rica|Cuba|Kaapverdië|Curaçao|Christmaseiland|Cyprus|Tsjechië|Duitsland|Djibouti|Denemarken|Dominica|Dominicaanse ' +
    'Republiek|Algerije|Ecuador|Estland|Egypte|Westelijke ' +
    'Sahara|Eritrea|Spanje|Ethiopië|Finland|Fiji|Falklandeilanden|Micronesia|Faeröer|Frankrijk|Gabon|Verenigd ' +
    'Koninkrijk|Grenada|Georgië|Frans-Guyana|Guernsey|Ghana|Gibraltar|Groenland|Gambia|Guinee|Guadeloupe|Equatoriaal-Guinea|Griekenland|Zuid-Georgia ' +
    'en Zuidelijke Sandwicheilanden|Guatemala|Guam|Guinee-Bissau|Guyana|Hongkong SAR van ' +
    'China|Heard en ' +
    'McDonaldeilanden|Honduras|Kroatië|Haïti|Hongarije|Indonesië|Ierland|Israël|Isle of ' +
    'Man|India|Brits Indische ' +
    'Oceaanterritorium|Irak|Iran|IJsland|Italië|Jersey|Jamaica|Jordanië|Japan|Kenia|Kirgizië|Cambodja|Kiribati|Comoren|Saint ' +
    'Kitts en ' +
    'Nevis|Noord-Korea|Zuid-Korea|Koeweit|Kaaimaneilanden|Kazachstan|Laos|Libanon|Saint ' +
    'Lucia|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Litouwen|Luxemburg|Letland|Libië|Marokko|Monaco|Moldavië|Montenegro|Saint-Martin|Madagaskar|Marshalleilanden|Noord-Macedonië|Mali|Myanmar ' +
    '(Birma)|Mongolië|Macau SAR van China|Noordelijke ' +
    'Marianen|Martinique|Mauritanië|Montserrat|Malta|Mauritius|Maldiven|Malawi|Mexico|Maleisië|Mozambique|Namibië|Nieuw-Caledonië|Niger|Norfolk|Nigeria|Nicaragua|Nederland|Noorwegen|Nepal|Nauru|Niue|Nieuw-Zeeland|Oman|Panama|Peru|Frans-Polynesië|Papoea-Nieuw-Guinea|Filipijnen|Pakistan|Polen|Saint-Pierre ' +
    'en Miquelon|Pitcairneilanden|Puerto Rico|Palestijnse ' +
    'gebieden|Portugal|Palau|Paraguay|Qatar|Réunion|Roemenië|Servië|Rusland|Rwanda|Saoedi-Arabië|Salomonseilanden|Seychellen|Soedan|Zweden|Singapore|Sint-Helena|Slovenië|Spitsbergen ' +
    'en Jan Mayen|Slowakije|Sierra Leone|San ' +
    'Marino|Senegal|Somalië|Suriname|Zuid-Soedan|Sao Tomé en Principe|El ' +
    'Salvador|Sint-Maarten|Syrië|Eswatini|Turks- en Caicoseilanden|Tsjaad|Franse Gebieden ' +
    'in de zuidelijke Indische ' +
    'Oceaan|Togo|Thailand|Tadzjikistan|Tokelau|Oost-Timor|Turkmenistan|Tunesië|Tonga|Turkije|Trinidad ' +
    'en Tobago|Tuvalu|Taiwan|Tanzania|Oekraïne|Oeganda|Kleine afgelegen eilanden van de ' +
    'Verenigde Staten|Verenigde Staten|Uruguay|Oezbekistan|Vaticaanstad|Saint Vincent en de ' +
    'Grenadines|Venezuela|Britse Maagdeneilanden|Amerikaanse ' +
    'Maagdeneilanden|Vietnam|Vanuatu|Wallis en ' +
    'Futuna|Samoa|Kosovo|Jemen|Mayotte|Zuid-Afrika|Zambia|Zimbabwe',
  pl:
    'Andora|Zjednoczone Emiraty Arabskie|Afganistan|Antigua i ' +
    'Barbuda|Anguilla|Albania|Armenia|Angola|Antarktyda|Argentyna|Samoa ' +
    'Amerykańskie|Austria|Australia|Aruba|Wyspy Alandzkie|Azerbejdżan|Bośnia i ' +
    'Hercegowina|Barbados|Bangladesz|Belgia|Burkina ' +
    'Faso|Bułgaria|Bahrajn|Burundi|Benin|Saint-Barthélemy|Bermudy|Brunei|Boliwia|Niderlandy ' +
    'Karaibskie|Brazylia|Bahamy|Bhutan|Wyspa Bouveta|Botswana|Białoruś|Belize|Kanada|Wyspy ' +
    'Kokosowe|Demokratyczna Republika Konga|Republika ' +
    'Środkowoafrykańska|Kongo|Szwajcaria|Côte d’Ivoire|Wyspy ' +
    'Cooka|Chile|Kamerun|Chiny|Kolumbia|Kostaryka|Kuba|Republika Zielonego ' +
    'Przylądka|Curaçao|Wyspa Bożego ' +
    'Narodzenia|Cypr|Czechy|Niemcy|Dżibuti|Dania|Dominika|Dominikana|Algieria|Ekwador|Estonia|Egipt|Sahara ' +
    'Zachodnia|Erytrea|Hiszpania|Etiopia|Finlandia|Fidżi|Falklandy|Mikronezja|Wyspy ' +
    'Owcze|Francja|Gabon|Wielka Brytania|Grenada|Gruzja|Gujana ' +
    'Francuska|Guernsey|Ghana|Gibraltar|Grenlandia|Gambia|Gwinea|Gwadelupa|Gwinea ' +
    'Równikowa|Grecja|Georgia Południowa i Sandwich Południowy|Gwatemala|Guam|Gwinea ' +
    'Bissau|Gujana|SRA Hongkong (Chiny)|Wyspy Heard i ' +
    'McDonalda|Honduras|Chorwacja|Haiti|Węgry|Indonezja|Irlandia|Izrael|Wyspa ' +
    'Man|Indie|Brytyjskie Terytorium Oceanu ' +
    'Indyjskiego|Irak|Iran|Islandia|Włochy|Jersey|Jamajka|Jordania|Japonia|Kenia|Kirgistan|Kambodża|Kiribati|Komory|Saint ' +
    'Kitts i Nevis|Korea Północna|Korea ' +
    'Południowa|Kuwejt|Kajmany|Kazachstan|Laos|Liban|Saint Lucia|Liechtenstein|Sri ' +
    'Lanka|Liberia|Lesotho|Litwa|Luksemburg|Łotwa|Libia|Maroko|Monako|Mołdawia|Czarnogóra|Saint-Martin|Madagaskar|Wyspy ' +
    'Marshalla|Macedonia Północna|Mali|Mjanma (Birma)|Mongolia|SRA Makau (Chiny)|Mariany ' +
    'Północne|Martynika|Mauretania|Montserrat|Malta|Mauritius|Malediwy|Malawi|Meksyk|Malezja|Mozambik|Namibia|Nowa ' +
    'Kaledonia|Niger|Norfolk|Nigeria|Nikaragua|Holandia|Norwegia|Nepal|Nauru|Niue|Nowa ' +
    'Zelandia|Oman|Panama|Peru|Polinezja Francuska|Papua-Nowa ' +
    'Gwinea|Filipiny|Pakistan|Polska|Saint-Pierre i Miquelon|Pitcairn|Portoryko|Terytoria ' +
    'Palestyńskie|Portugalia|Palau|Paragwaj|Katar|Reunion|Rumunia|Serbia|Rosja|Rwanda|Arabia ' +
    'Saudyjska|Wyspy Salomona|Seszele|Sudan|Szwecja|Singapur|Wyspa Świętej ' +
    'Heleny|Słowenia|Svalbard i Jan Mayen|Słowacja|Sierra Leone|San ' +
    'Marino|Senegal|Somalia|Surinam|Sudan Południowy|Wyspy Świętego Tomasza i ' +
    'Książęca|Salwador|Sint Maarten|Syria|Eswatini|Turks i Caicos|Czad|Francuskie Terytoria ' +
    'Południowe i Antarktyczne|Togo|Tajlandia|Tadżykistan|Tokelau|Timor ' +
    'Wschodni|Turkmenistan|Tunezja|Tonga|Turcja|Trynidad i ' +
    'Tobago|Tuvalu|Tajwan|Tanzania|Ukraina|Uganda|Dalekie Wyspy Mniejsze Stanów ' +
    'Zjednoczonych|Stany Zjednoczone|Urugwaj|Uzbekistan|Watykan|Saint Vincent i ' +
    'Grenadyny|Wenezuela|Brytyjskie Wyspy Dziewicze|Wyspy Dziewicze Stanów ' +
    'Zjednoczonych|Wietnam|Vanuatu|Wallis i Futuna|Samoa|Kosowo|Jemen|Majotta|Republika ' +
    'Południowej Afryki|Zambia|Zimbabwe',
};

const tables = new Map<DocumentLanguage, ReadonlyMap<string, string>>();

/** The name of a country in the document's language; the code itself when it is unknown. */
export function countryName(country: string, language: DocumentLanguage): string {
  let table = tables.get(language);
  if (table === undefined) {
    const names = NAMES[language].split('|');
    table = new Map(CODES.split(' ').map((code, index) => [code, names[index] ?? code]));
    tables.set(language, table);
  }
  return table.get(country) ?? country;
}
