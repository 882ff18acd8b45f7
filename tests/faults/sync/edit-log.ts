import { trace } from './trace';

/** A value that somebody typed into a field, and what he saw there before. */
interface Edit {
  readonly saw: string;
  readonly wrote: string;
}

/**
 * The whole model of merging: every value that is typed is a new word. When everything is quiet, a
 * word is what stands in its field, or was overwritten or given up by somebody who saw it, or is shown
 * in a conflict, a rejection or a notice. Anything else was silently lost.
 */
export class EditLog {
  readonly #edits = new Map<string, Edit[]>();
  /** What a person gave up who saw it, by the choice that did so. */
  readonly #letGo = new Map<string, readonly string[]>();
  #words = 0;

  /** A word that nobody has typed before. */
  newWord(): string {
    this.#words += 1;
    return `w${this.#words}`;
  }

  wrote(uid: string, field: string, saw: string, wrote: string): void {
    const key = `${uid} ${field}`;
    const edits = this.#edits.get(key) ?? [];
    trace(() => `  ${key}: ${saw} -> ${wrote}`);
    edits.push({ saw, wrote });
    this.#edits.set(key, edits);
  }

  /** A person who saw these words chose something else; `choice` names it for `takeBack`. */
  letGo(choice: string, words: readonly string[]): void {
    this.#letGo.set(choice, words);
  }

  takeBack(choice: string): void {
    this.#letGo.delete(choice);
  }

  /**
   * Words that are gone without a trace. `valuesOf`: what stands in a field, of each document that a
   * record became. `shown`: the words in all that any device shows as needing attention.
   */
  lost(
    valuesOf: (uid: string, field: string) => readonly string[],
    shown: ReadonlySet<string>,
    mayBeLost: (word: string) => boolean,
  ): readonly string[] {
    const lost: string[] = [];
    const letGo = new Set([...this.#letGo.values()].flat());
    for (const [key, edits] of this.#edits) {
      const [uid = '', field = ''] = key.split(' ');
      const values = valuesOf(uid, field);
      // The record was deleted by somebody who saw it so, or its creation is a rejection.
      if (values.length === 0) continue;
      // By words: what cannot be seen beside one may be left out on the way.
      const seen = new Set(edits.flatMap(({ saw }) => wordsIn(saw)));
      const kept = new Set(values.flatMap(wordsIn));
      for (const { wrote } of edits) {
        const [word = ''] = wordsIn(wrote);
        const isKept =
          kept.has(word) || seen.has(word) || letGo.has(word) || shown.has(word) || mayBeLost(word);
        if (!isKept) lost.push(`${key}: ${wrote} (now ${values.join(', ')})`);
      }
    }
    return lost;
  }
}

/** The words that stand in a text. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/\bw\d+/gu) ?? [];
}
