/** What a code point means for setting text. Ranges are written out: no runtime decides them. */

/** Characters that steer and print nothing: joiners, direction marks, variation selectors. */
export function isInvisible(codePoint: number): boolean {
  return (
    codePoint === 0x00ad ||
    codePoint === 0x034f ||
    codePoint === 0x061c ||
    (codePoint >= 0x180b && codePoint <= 0x180f) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    codePoint === 0xfeff ||
    (codePoint >= 0xe0000 && codePoint <= 0xe0fff)
  );
}

/** White space inside a line; a tab is a space on paper. */
export function isSpace(codePoint: number): boolean {
  return (
    codePoint === 0x20 ||
    codePoint === 0x09 ||
    codePoint === 0x1680 ||
    (codePoint >= 0x2000 && codePoint <= 0x200a && codePoint !== 0x2007) ||
    codePoint === 0x205f ||
    codePoint === 0x3000
  );
}

/** Spaces at which a line never breaks. */
export function isFixedSpace(codePoint: number): boolean {
  return codePoint === 0xa0 || codePoint === 0x2007 || codePoint === 0x202f;
}

/** All that a person may type to begin a new line. */
export const LINE_BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

const COMBINING = /\p{M}/u;

/** Marks that belong to the character before them. */
export function isMark(codePoint: number): boolean {
  return codePoint >= 0x300 && COMBINING.test(String.fromCodePoint(codePoint));
}

export function isHangul(codePoint: number): boolean {
  return (
    (codePoint >= 0x1100 && codePoint <= 0x11ff) ||
    (codePoint >= 0x3130 && codePoint <= 0x318f) ||
    (codePoint >= 0xa960 && codePoint <= 0xa97f) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7ff)
  );
}

export function isKana(codePoint: number): boolean {
  return (
    (codePoint >= 0x3041 && codePoint <= 0x30ff) ||
    (codePoint >= 0x31f0 && codePoint <= 0x31ff) ||
    (codePoint >= 0xff66 && codePoint <= 0xff9f)
  );
}

/** Ideographs, kana and wide punctuation: a line may break between any two of them. */
export function isWide(codePoint: number): boolean {
  return (
    (codePoint >= 0x2e80 && codePoint <= 0x312f) ||
    (codePoint >= 0x3190 && codePoint <= 0xa4cf) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xfe30 && codePoint <= 0xfe4f) ||
    (codePoint >= 0xff01 && codePoint <= 0xff9f) ||
    (codePoint >= 0x20000 && codePoint <= 0x3ffff)
  );
}

const NEVER_FIRST = new Set(
  [
    ...'、。，．・：；？！ー」』）】〉》〕］｝’”々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡､･ﾞﾟ｣%,.:;?!)]}',
  ].map((character) => character.codePointAt(0) ?? 0),
);
const NEVER_LAST = new Set(
  [...'「『（【〈《〔［｛‘“｢([{$€£¥￥'].map((character) => character.codePointAt(0) ?? 0),
);

/** Closing marks and small kana, which no line begins with (JIS X 4051). */
export function isNeverFirst(codePoint: number): boolean {
  return NEVER_FIRST.has(codePoint);
}

/** Opening marks, which no line ends with. */
export function isNeverLast(codePoint: number): boolean {
  return NEVER_LAST.has(codePoint);
}

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Whether a text needs the bidirectional algorithm at all. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Letters whose joining or reordering only HarfBuzz knows, written from left to right. */
export function isIndic(codePoint: number): boolean {
  return (
    (codePoint >= 0x0900 && codePoint <= 0x097f) ||
    (codePoint >= 0x1cd0 && codePoint <= 0x1cff) ||
    (codePoint >= 0xa8e0 && codePoint <= 0xa8ff)
  );
}

const DECOMPOSED = /[^\p{M}]\p{M}+/gu;
const CONJOINING_JAMO = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+/g;
const HAS_DECOMPOSED = /\p{M}|[\u1100-\u11ff]/u;

/**
 * Joins letters with their separate marks, and Korean letters to syllables, where Unicode has
 * them joined. Nothing else is normalised: NFC as a whole would replace compatibility ideographs,
 * which tell names apart.
 */
export function composed(text: string): string {
  if (!HAS_DECOMPOSED.test(text)) return text;
  return text
    .replace(DECOMPOSED, (cluster) => cluster.normalize('NFC'))
    .replace(CONJOINING_JAMO, (letters) => letters.normalize('NFC'));
}
