/** A piece of a parsed pattern. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'year4' }
  | { readonly kind: 'year2' }
  | { readonly kind: 'series' }
  | { readonly kind: 'sequence'; readonly width: number }
  | { readonly kind: 'unknown'; readonly text: string };

/** Splits a pattern into text and tokens. A stray or unknown brace becomes an `unknown` part. */
export function parsePattern(pattern: string): readonly PatternPart[] {
  const pieces = pattern.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? [];
  return pieces.map(readPiece);
}

function readPiece(text: string): PatternPart {
  if (!/[{}]/.test(text)) return { kind: 'text', text };
  if (text === '{YYYY}') return { kind: 'year4' };
  if (text === '{YY}') return { kind: 'year2' };
  if (text === '{SERIES}') return { kind: 'series' };
  return /^\{0+\}$/.test(text)
    ? { kind: 'sequence', width: text.length - 2 }
    : { kind: 'unknown', text };
}
