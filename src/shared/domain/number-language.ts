import type { PatternPart } from './pattern-part';

/** Sequence numbers have at most this many digits. */
export const SEQUENCE_DIGITS_MAX = 9;

/**
 * The set of numbers that a series can ever print, as a finite automaton without cycles: state 0
 * is the start, `steps[state]` lists (characters, next state), `finals` the accepting states.
 */
export interface NumberLanguage {
  readonly steps: readonly (readonly Step[])[];
  readonly finals: ReadonlySet<number>;
}

interface Step {
  readonly characters: string;
  readonly next: number;
}

const DIGITS = '0123456789';
const NON_ZERO = '123456789';

class Builder {
  readonly steps: Step[][] = [[]];

  constructor(readonly maxDigits: number) {}

  state(): number {
    this.steps.push([]);
    return this.steps.length - 1;
  }

  step(from: number, characters: string, next: number): void {
    this.steps[from]?.push({ characters, next });
  }

  /** Reads one character of each set in turn; returns the state behind them. */
  chain(from: number, sets: readonly string[]): number {
    let state = from;
    for (const characters of sets) {
      const next = this.state();
      this.step(state, characters, next);
      state = next;
    }
    return state;
  }
}

/**
 * The language of a valid pattern. Capitals and small letters count as alike, as they do to people
 * and in file names. Years run from 1900 to 9999, the years that a calendar date can have;
 * sequence numbers have up to `maxDigits` digits, and at least the pattern's width.
 */
export function languageOf(
  parts: readonly PatternPart[],
  letter: string,
  maxDigits: number = SEQUENCE_DIGITS_MAX,
): NumberLanguage {
  const builder = new Builder(maxDigits);
  let ends: readonly number[] = [0];
  for (const part of parts) ends = append(builder, ends, part, letter);
  return { steps: builder.steps, finals: new Set(ends) };
}

function append(
  builder: Builder,
  ends: readonly number[],
  part: PatternPart,
  letter: string,
): readonly number[] {
  switch (part.kind) {
    case 'text':
    case 'unknown':
      return ends.map((end) => builder.chain(end, Array.from(part.text.toUpperCase())));
    case 'series':
      return ends.map((end) => builder.chain(end, Array.from(letter)));
    case 'year2':
      return ends.map((end) => builder.chain(end, [DIGITS, DIGITS]));
    case 'year4':
      return ends.flatMap((end) => [
        builder.chain(end, ['1', '9', DIGITS, DIGITS]),
        builder.chain(end, ['23456789', DIGITS, DIGITS, DIGITS]),
      ]);
    case 'sequence':
      return ends.flatMap((end) => appendSequence(builder, end, part.width));
  }
}

/** `width` digits that are not all zero, or more digits of which the first is not zero. */
function appendSequence(builder: Builder, start: number, width: number): readonly number[] {
  const ends: number[] = [];
  let zeros = start;
  let digits: number | null = null;
  for (let position = 0; position < width; position += 1) {
    const next = builder.state();
    builder.step(zeros, NON_ZERO, next);
    if (digits !== null) builder.step(digits, DIGITS, next);
    digits = next;
    if (position < width - 1) zeros = builder.chain(zeros, ['0']);
  }
  if (digits !== null) ends.push(digits);
  let longer = start;
  for (let length = 1; length <= builder.maxDigits; length += 1) {
    longer = builder.chain(longer, [length === 1 ? NON_ZERO : DIGITS]);
    if (length > width) ends.push(longer);
  }
  return ends;
}

/** Whether some text belongs to both languages: a walk through the product of the automata. */
export function languagesIntersect(a: NumberLanguage, b: NumberLanguage): boolean {
  const seen = new Set<number>();
  const pending: [number, number][] = [[0, 0]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [left, right] = pair;
    if (a.finals.has(left) && b.finals.has(right)) return true;
    for (const mine of a.steps[left] ?? []) {
      for (const theirs of b.steps[right] ?? []) {
        const key = mine.next * b.steps.length + theirs.next;
        if (seen.has(key) || !shareCharacter(mine.characters, theirs.characters)) continue;
        seen.add(key);
        pending.push([mine.next, theirs.next]);
      }
    }
  }
  return false;
}

function shareCharacter(a: string, b: string): boolean {
  return Array.from(a).some((character) => b.includes(character));
}
