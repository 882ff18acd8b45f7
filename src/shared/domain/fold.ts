/** Letters whose accent or stroke is no combining mark, and letters that search treats as one. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...pairs('ł l ø o đ d ð d ħ h ŧ t ı i ŋ n ĸ k ƒ f ɨ i ɇ e ɉ j ɍ r ɏ y ƀ b ɓ b ɖ d ɗ d ɠ g ƙ k'),
  ...pairs("ß ss æ ae œ oe þ th ς σ ґ г ’ ' ‘ ' ʼ ' ʹ '"),
  // Arabic alef wasla, alef maksura, Farsi yeh, teh marbuta, keheh, Farsi heh forms.
  ...pairs('ٱ ا ى ي ی ي ې ي ة ه ۀ ه ە ه ہ ه ھ ه ک ك ۃ ه'),
  // Small kana sound as their large ones for the purpose of finding a name.
  ...pairs('ぁ あ ぃ い ぅ う ぇ え ぉ お っ つ ゃ や ゅ ゆ ょ よ ゎ わ'),
]);

/** The zeros of the decimal digits in use; NFKD has made the styled and wide ones ASCII already. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810,
];

const TATWEEL = /\u0640/gu;
/** Soft hyphen, zero-width characters, direction marks: invisible, so never part of a search. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const MARKS = /\p{M}/gu;
const ASCII = /^[\0-\x7f]*$/;

function pairs(text: string): readonly (readonly [string, string])[] {
  const parts = text.split(' ');
  return parts.flatMap((from, index) =>
    index % 2 === 0 ? [[from, parts[index + 1] ?? from] as const] : [],
  );
}

/**
 * Folds text for searching, so that what is typed without accents finds what is written with
 * them, in every script: case, combining marks (Latin, Greek, Cyrillic and the rest), strokes and
 * ligatures (`zazolc` finds Zażółć, `strasse` Straße), final sigma, Arabic letter variants and
 * tatweel, Hebrew points, katakana, half and full width, and native digits. Folding twice is
 * folding once. Both the index and the query go through it.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = text;
  // Lower-casing and mapping may uncover something to fold again (İ, ligatures); two rounds do.
  for (let previous = ''; previous !== folded;) {
    previous = folded;
    folded = foldOnce(previous);
  }
  return folded;
}

function foldOnce(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(TATWEEL, '')
    .replace(INVISIBLE, '')
    .toLowerCase();
  return ASCII.test(plain) ? plain : Array.from(plain, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  // Katakana ァ–ヶ and the iteration marks stand 0x60 above their hiragana.
  if ((code >= 0x30a1 && code <= 0x30f6) || code === 0x30fd || code === 0x30fe) {
    const hiragana = String.fromCodePoint(code - 0x60);
    return LETTERS.get(hiragana) ?? hiragana;
  }
  const digit = digitOf(code);
  return digit === null ? (LETTERS.get(character) ?? character) : String(digit);
}

function digitOf(code: number): number | null {
  if (code < 0x0660 || code > 0x1819) return null;
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? null : code - zero;
}
