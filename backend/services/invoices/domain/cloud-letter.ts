import { CLOUD_LETTER } from '../../../../src/shared/domain/number-series';

/** Without I and O, which look like digits beside digits, and C itself. */
const FOLLOWING = 'BDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The letter of the cloud's next series, for a database that was put back and may have forgotten
 * numbers (R64): `C`, `CB`, `CD` … `CZ`, `CBB` … `CZZ`. Throws when all are used up.
 */
export function cloudLetterAfter(letter: string): string {
  const all = [
    CLOUD_LETTER,
    ...[...FOLLOWING].map((second) => `${CLOUD_LETTER}${second}`),
    ...[...FOLLOWING].flatMap((second) =>
      [...FOLLOWING].map((third) => `${CLOUD_LETTER}${second}${third}`),
    ),
  ];
  const next = all[all.indexOf(letter) + 1];
  if (next === undefined) throw new Error('all letters of the cloud are used');
  return next;
}
