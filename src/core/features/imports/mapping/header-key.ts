import { fold } from '../../../../shared/domain/fold';

/**
 * What headers are compared by: folded, without spaces and signs, so that `E-Mail`, `*EmailAddress`
 * and `email address` meet. `%` and `#` stay: `Item Tax %` is not `Item Tax`.
 */
export function headerKey(header: string): string {
  return fold(header)
    .replace(/\(utc\)/gu, '')
    .replace(/[^\p{L}\p{N}%#]/gu, '');
}

/** Programs that write moments in UTC say so in the header. */
export function isUtcHeader(header: string): boolean {
  return /\(utc\)/iu.test(header);
}
