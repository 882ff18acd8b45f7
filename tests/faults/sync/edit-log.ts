import { trace } from './trace';

/** A value that somebody typed into a field, and what he saw there before. */
interface Edit {
  readonly saw: string;
  readonly wrote: string;
}

/**
 * The whole model of merging: every value that is typed is a new word. When everything is quiet, a
 * word is what stands in its field, or was overwritten by somebody who saw it, or is told in a
 * conflict, a rejection or a notice. Anything else was silently lost.
 */
export class EditLog {
  readonly #edits = new Map<string, Edit[]>();
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

  /**
   * Words that are gone without a trace. `valuesOf`: what stands in a field, of each document that a
   * record became. `told`: all that any device tells its user.
   */
  lost(
    valuesOf: (uid: string, field: string) => readonly string[],
    told: string,
    mayBeLost: (word: string) => boolean,
  ): readonly string[] {
    const lost: string[] = [];
    for (const [key, edits] of this.#edits) {
      const [uid = '', field = ''] = key.split(' ');
      const values = valuesOf(uid, field);
      // The record was deleted by somebody who saw it so, or its creation is a rejection.
      if (values.length === 0) continue;
      const seen = new Set(edits.map(({ saw }) => saw));
      for (const { wrote } of edits) {
        const isKept =
          values.includes(wrote) ||
          seen.has(wrote) ||
          told.includes(`"${wrote}"`) ||
          mayBeLost(wrote);
        if (!isKept) lost.push(`${key}: ${wrote} (now ${values.join(', ')})`);
      }
    }
    return lost;
  }
}

/** The words that stand in a text. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/w\d+/gu) ?? [];
}
