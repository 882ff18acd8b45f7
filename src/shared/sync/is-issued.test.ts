import { describe, expect, it } from 'vitest';

import { isSameIssue } from './is-issued';

const issued = { number: 'INV-1', finalisedAt: '2026-03-02T09:00:00.000Z', pdfSha256: null };

describe('isSameIssue', () => {
  it('R63 is one number, given at one moment, whether it was printed by then or not', () => {
    expect(isSameIssue(issued, { ...issued, pdfSha256: 'a'.repeat(64) })).toBe(true);
    expect(isSameIssue(issued, { ...issued, number: 'INV-2' })).toBe(false);
    expect(isSameIssue(issued, { ...issued, finalisedAt: '2026-03-02T09:00:00.001Z' })).toBe(false);
  });

  it('R63 is no draft', () => {
    const draft = { ...issued, number: null, finalisedAt: null };
    expect([isSameIssue(draft, issued), isSameIssue(issued, draft)]).toEqual([false, false]);
    expect(isSameIssue(draft, draft)).toBe(false);
  });
});
