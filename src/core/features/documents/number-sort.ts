/** Digits enough for every number that a series can reach. */
const WIDTH = 12;

/** Sorts numbers as people read them: each run of digits by its value, so that 10 follows 9. */
export function numberSortOf(number: string | null): string {
  if (number === null) return '';
  return number.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(WIDTH, '0'));
}
