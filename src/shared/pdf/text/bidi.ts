import createBidi from 'bidi-js';

const bidi = createBidi();

/**
 * Embedding level of each UTF-16 unit by the Unicode bidirectional algorithm (UAX 9), odd where
 * the text runs from right to left. The first strong letter decides the paragraph's direction.
 */
export function levelsOf(text: string): Uint8Array {
  return bidi.getEmbeddingLevels(text).levels;
}

/** Rule L2: from the highest level down, what is at least as deep is turned around. */
export function visualOrder<T extends { readonly level: number }>(
  pieces: readonly T[],
): readonly T[] {
  const ordered = [...pieces];
  const deepest = Math.max(...ordered.map((piece) => piece.level));
  for (let level = deepest; level > 0; level -= 1) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end += 1;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}
