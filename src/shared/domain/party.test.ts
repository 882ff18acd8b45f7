import { describe, expect, it } from 'vitest';

import { emailAddress, optionalEmail } from './party';

/** An address of this length, with the longest parts that there are. */
function addressOf(length: number): string {
  return `${'l'.repeat(64)}@${'a'.repeat(63)}.${'b'.repeat(63)}.`.padEnd(length, 'c');
}

describe('the longest e-mail addresses', () => {
  it.each([emailAddress, optionalEmail])('have 254 characters', (schema) => {
    expect(schema.safeParse(addressOf(254)).success).toBe(true);
    expect(schema.safeParse(addressOf(255)).success).toBe(false);
  });

  it('have 64 before the @ and 63 in each part after it', () => {
    expect(emailAddress.safeParse(`${'l'.repeat(65)}@example.com`).success).toBe(false);
    expect(emailAddress.safeParse(`l@${'a'.repeat(64)}.com`).success).toBe(false);
  });
});
