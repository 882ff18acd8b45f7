/**
 * How much a text looks like language. Tables that were decoded with the wrong encoding contain
 * letters that no language has side by side, signs inside words and capitals in the middle of
 * them; names and addresses are too short for byte statistics alone.
 */

/** Letters beyond ASCII, by language or family of scripts; small letters only. */
const ALPHABETS: readonly string[] = [
  'äöüß',
  'àâæçèéêëîïôœùûüÿ',
  'áéíñóúü',
  'áâãàçéêíóôõú',
  'àèéìòùó',
  'ëïéèöüá',
  'åäöé',
  'æøåéö',
  'áæéíðóöþúý',
  'ąćęłńóśźż',
  'áčďéěíňóřšťúůýž',
  'áäčďéíĺľňóôŕšťúýž',
  'áéíóöőúüű',
  'ăâîșțşţ',
  'čćđšž',
  'âçğıîöşûü',
  'āčēģīķļņšūž',
  'ąčęėįšųūž',
  'õäöüšž',
];

const GREEK = /[\u0370-\u03ff]/u;
const GREEK_ACCENTED = /[ΆΈΉΊΌΎΏάέήίόύώς]/u;
const CYRILLIC = /[\u0400-\u045f\u0490\u0491]/u;
const HEBREW = /[\u05d0-\u05ea]/u;
const ARABIC = /[\u0621-\u064a\u067e\u0686\u06a9\u06af\u06cc]/u;
const KANA = /[\u3041-\u30ff]/u;
const HANGUL = /[\uac00-\ud7a3]/u;
const HAN = /[\u4e00-\u9fff]/u;
const CJK_SIGNS = /[\u3000-\u303f\uff00-\uff60]/u;
const LETTER = /\p{L}/u;
/** Signs that stand in ordinary text, mostly beside words and not inside them. */
const USUAL_SIGNS = '€£¥§°«»„“”‘’‚–—…·•©®™№ºª¿¡´¨\u00a0';

/** Characters that fill names of companies, places and headings; they tell CJK encodings apart. */
const COMMON_HANGUL =
  '주식회사서울특별시대한국구동로의이가나다라마바자하기스리전정인상도산수원부고객명번호금액일세계청유강남북중경성신무업상품보통화제조현물유통';
const COMMON_JAPANESE =
  '株式会社東京都市区町村県大阪横浜名古屋商店店請求書有限山田中村本井上木川島小藤日付番号金額税込客様数量単価電話住所道北海福岡';
const COMMON_CHINESE =
  '有限公司北京上海市区路省号技发展商贸科中国广州深圳东西南大新天电子工业贸易客户名称日期金额发票数量单价税地址人民';
const COMMON_CHINESE_TRADITIONAL =
  '有限公司台灣臺北市區路段號縣股份科技發展商貿香港中國國際電子工業貿易客戶名稱日期金額發票數量單價稅地址信義';

type Tally = (character: string) => number;

const TALLIES: readonly Tally[] = [
  ...ALPHABETS.map((letters): Tally => {
    const known = new Set(letters);
    return (character) => (known.has(character.toLowerCase()) ? 1 : -1);
  }),
  // Every Greek word of two syllables carries an accent; Hebrew read as Greek has none.
  (character) => (GREEK_ACCENTED.test(character) ? 2 : GREEK.test(character) ? 0.8 : -1),
  scriptTally(CYRILLIC, 'оеаинтсрвлкмдпуі'),
  scriptTally(HEBREW, 'ויהלארתבשמ'),
  scriptTally(ARABIC, 'المنيرتوةبسعد'),
  cjkTally(COMMON_HANGUL, (character) => (HANGUL.test(character) ? 0.4 : -0.5)),
  cjkTally(COMMON_JAPANESE, (character) =>
    KANA.test(character) ? 3 : HAN.test(character) ? 0.4 : -1,
  ),
  cjkTally(COMMON_CHINESE, (character) => (HAN.test(character) ? 0.4 : -1)),
  cjkTally(COMMON_CHINESE_TRADITIONAL, (character) => (HAN.test(character) ? 0.4 : -1)),
];

/** The frequent letters of a script weigh more: its rare ones are often another script's bytes. */
function scriptTally(script: RegExp, frequent: string): Tally {
  const known = new Set(frequent);
  return (character) => {
    if (known.has(character.toLowerCase())) return 1.2;
    return script.test(character) ? 0.7 : -1;
  };
}

/** A character of two bytes counts for two of one byte. */
function cjkTally(common: string, other: Tally): Tally {
  const known = new Set(common);
  return (character) => {
    if (known.has(character)) return 5;
    return CJK_SIGNS.test(character) ? 1 : other(character) * 2;
  };
}

/**
 * Between about -3 (no language) and 2.5 (every character fits); ASCII does not count. A text
 * without other characters scores 0.
 */
export function languageScore(text: string, highBytes: number): number {
  if (highBytes === 0) return 0;
  const letters: string[] = [];
  let penalty = 0;
  const characters = Array.from(text);
  characters.forEach((character, index) => {
    if (character <= '\x7f') return;
    const [before = ' ', after = ' '] = [characters[index - 1], characters[index + 1]];
    if (LETTER.test(character)) {
      letters.push(character);
      penalty += letterPenalty(character, before, after);
    } else if (!CJK_SIGNS.test(character)) {
      penalty += signPenalty(character, before, after);
    }
  });
  const best = Math.max(...TALLIES.map((tally) => sum(letters.map(tally))));
  return ((letters.length === 0 ? 0 : best) - penalty) / highBytes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Capitals behind small letters, and scripts mixed within a word. */
function letterPenalty(character: string, before: string, after: string): number {
  const isCapital = character !== character.toLowerCase();
  const followsSmall = LETTER.test(before) && before !== before.toUpperCase();
  let penalty = isCapital && followsSmall ? 2 : 0;
  if (isOtherScript(character) && (isLatin(before) || isLatin(after))) penalty += 2;
  return penalty;
}

/** Scripts that stand beside Latin letters in no word. */
function isOtherScript(character: string): boolean {
  return /[\u0370-\u06ff\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/u.test(character);
}

function isLatin(character: string): boolean {
  return /[A-Za-z\u00c0-\u024f]/u.test(character);
}

function signPenalty(character: string, before: string, after: string): number {
  if (character === '\ufffd' || /[\u0080-\u009f\ue000-\uf8ff]/u.test(character)) return 6;
  if (USUAL_SIGNS.includes(character)) {
    return character !== '’' && LETTER.test(before) && LETTER.test(after) ? 2 : 0;
  }
  return LETTER.test(before) || LETTER.test(after) ? 3 : 1;
}
