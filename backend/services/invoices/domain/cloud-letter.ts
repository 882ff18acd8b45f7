/** Without I and O, which look like digits beside digits, and C itself. */
const FOLLOWING = 'BDEFGHJKLMNPQRSTUVWXYZ';

/** What tells the cloud's own series from those of devices, whose letters never begin with C. */
export const FIRST_CLOUD_LETTER = 'C';

/**
 * The letter of the cloud's next series, for a database that was put back and may have forgotten
 * numbers (R64): `C`, `CB`, `CD` … `CZ`, `CBB` … `CZZ`. Throws when all are used up.
 */
export function cloudLetterAfter(letter: string): string {
  const all = [
    FIRST_CLOUD_LETTER,
    ...[...FOLLOWING].map((second) => `${FIRST_CLOUD_LETTER}${second}`),
    ...[...FOLLOWING].flatMap((second) =>
      [...FOLLOWING].map((third) => `${FIRST_CLOUD_LETTER}${second}${third}`),
    ),
  ];
  const next = all[all.indexOf(letter) + 1];
  if (next === undefined) throw new Error('all letters of the cloud are used');
  return next;
}
