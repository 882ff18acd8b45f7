import { z } from 'zod';

/** Languages of the screens, apart from those of the documents. The catalogues have these names. */
export const screenLanguage = z.enum(['en', 'de']);
export type ScreenLanguage = z.infer<typeof screenLanguage>;

/**
 * The language the screens speak: the chosen one, else the first of the system's languages (BCP 47,
 * most wanted first) that they know, else English.
 */
export function pickScreenLanguage(
  chosen: ScreenLanguage | null,
  wanted: readonly string[],
): ScreenLanguage {
  if (chosen !== null) return chosen;
  for (const tag of wanted) {
    const known = screenLanguage.safeParse(tag.toLowerCase().split('-')[0]);
    if (known.success) return known.data;
  }
  return 'en';
}
