import { fold } from '../../shared/domain/fold';

/** Scripts that put no space between words: each of their letters is a word of its own. */
const UNSPACED =
  '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}]';
/** Folding takes Korean syllables apart: one is its leading consonant with what follows. */
const SYLLABLE = '[\\u1100-\\u115f\\ua960-\\ua97c][\\u1160-\\u11ff\\ud7b0-\\ud7fb]*';
const LETTERS = `(?:(?!${UNSPACED}|${SYLLABLE})[\\p{L}\\p{M}\\p{Co}])+`;
const WORD = new RegExp(`(?=[\\p{L}\\p{N}])${UNSPACED}|${SYLLABLE}|\\p{N}+|${LETTERS}`, 'gu');

const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[a-z]+|\d+/g;
const ZERO_PADDED = /^0+[1-9]\d*$/;

/**
 * The words of a text as the index holds them: folded; letters and digits apart, so that parts of
 * numbers and e-mail addresses are words; letters of scripts without spaces one by one, so that
 * any part of a name is found.
 */
export function wordsOf(text: string): readonly string[] {
  return splitFolded(fold(text));
}

function splitFolded(folded: string): readonly string[] {
  return folded.match(ASCII.test(folded) ? ASCII_WORD : WORD) ?? [];
}

/**
 * What the full text index keeps of a record: its words in their order, separated by spaces, so
 * that the index splits nothing itself. Padded numbers are found without their zeros as well
 * (`17` finds INV-2026-0017).
 */
export function searchWords(...texts: readonly string[]): string {
  // Split all at once, which is faster; folded one by one, since few of them are not ASCII.
  const words = splitFolded(texts.map(fold).join(' '));
  const unpadded = words.filter((word) => ZERO_PADDED.test(word)).map(withoutZeros);
  return [...words, ...unpadded].join(' ');
}

function withoutZeros(word: string): string {
  return word.replace(/^0+/, '');
}

/** What was typed between two spaces: its words stand next to each other in what is found. */
export function searchPhrases(text: string): readonly (readonly string[])[] {
  return text
    .split(/\s+/u)
    .map(wordsOf)
    .filter((words) => words.length > 0);
}
