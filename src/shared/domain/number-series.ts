import { z } from 'zod';

import { seriesUid } from './ids';

export const seriesKind = z.enum(['invoice', 'credit_note', 'order', 'imported']);
export type SeriesKind = z.infer<typeof seriesKind>;

/**
 * A series of numbers, owned by one issuer (DOMAIN 12). `pattern` is literal text with the tokens
 * `{YYYY}`, `{YY}`, `{SERIES}` (the letter) and one run of zeros in braces, `{0000}`, for the
 * sequence padded to that width.
 */
export const numberSeries = z.object({
  uid: seriesUid,
  kind: seriesKind,
  /** A device uid, `cloud` or `import`. */
  issuer: z.string(),
  /** Empty for the first device of a business, `B` for the second, and so on. */
  letter: z.string().regex(/^[A-Z]{0,3}$/),
  pattern: z.string().trim().min(1).max(40),
  resetsYearly: z.boolean(),
});
export type NumberSeries = z.infer<typeof numberSeries>;
