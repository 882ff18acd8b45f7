import { describe, expect, it } from 'vitest';

import { gatherDateEvidence, judgeDates, noDateEvidence, parseDate } from './dates';

const plain = (format: 'ymd' | 'dmy' | 'mdy') => ({ format, zone: null });

describe('parseDate', () => {
  it.each([
    ['2026-03-01', 'dmy', '2026-03-01'],
    ['2026/3/1', 'mdy', '2026-03-01'],
    ['20260301', 'dmy', '2026-03-01'],
    ['01/02/2026', 'dmy', '2026-02-01'],
    ['01/02/2026', 'mdy', '2026-01-02'],
    ['1.2.26', 'dmy', '2026-02-01'],
    ['26-02-01', 'ymd', '2026-02-01'],
    ['31-12-99', 'dmy', '1999-12-31'],
    ['1 March 2026', 'mdy', '2026-03-01'],
    ['Mar 1, 2026', 'dmy', '2026-03-01'],
    ['01-Mar-26', 'mdy', '2026-03-01'],
    ['1. März 2026', 'dmy', '2026-03-01'],
    ['1er février 2026', 'dmy', '2026-02-01'],
    ['3 juillet 2026', 'dmy', '2026-07-03'],
    ['3 juin 2026', 'dmy', '2026-06-03'],
    ['5 wrz 2026', 'dmy', '2026-09-05'],
    ['2026年3月1日', 'dmy', '2026-03-01'],
    ['2026-03-01T23:30:00Z', 'dmy', '2026-03-01'],
    ['03/01/2026 11:30 PM', 'mdy', '2026-03-01'],
  ] as const)('reads %s as %s', (text, format, expected) => {
    expect(parseDate(text, plain(format))).toBe(expected);
  });

  it.each([
    ['13/13/2026', 'dmy'],
    ['31/02/2026', 'dmy'],
    ['12/31/2026', 'dmy'],
    ['01/02/2026', 'ymd'],
    ['soon', 'dmy'],
    ['', 'dmy'],
    ['1234', 'dmy'],
  ] as const)('refuses %s under %s', (text, format) => {
    expect(parseDate(text, plain(format))).toBeNull();
  });

  it('takes the day in the zone of the business where times are UTC', () => {
    const reading = { format: 'ymd', zone: 'Europe/Berlin' } as const;
    expect(parseDate('2026-03-01 23:30', reading)).toBe('2026-03-02');
    expect(parseDate('2026-03-01', reading)).toBe('2026-03-01');
  });
});

describe('judgeDates', () => {
  function judge(texts: readonly string[], usual: 'ymd' | 'dmy' | 'mdy' = 'dmy') {
    const evidence = noDateEvidence();
    for (const text of texts) gatherDateEvidence(text, evidence);
    return judgeDates(evidence, usual);
  }

  it('finds the order that one date gives away', () => {
    expect(judge(['01/02/2026', '25/02/2026'])).toEqual({ format: 'dmy', isAmbiguous: false });
    expect(judge(['01/02/2026', '02/25/2026'])).toEqual({ format: 'mdy', isAmbiguous: false });
    expect(judge(['2026-02-01'])).toEqual({ format: 'ymd', isAmbiguous: false });
  });

  it('asks when no date or contradicting dates tell', () => {
    expect(judge(['01/02/2026'], 'mdy')).toEqual({ format: 'mdy', isAmbiguous: true });
    expect(judge(['25/02/2026', '02/25/2026', '26/02/2026'])).toEqual({
      format: 'dmy',
      isAmbiguous: true,
    });
  });

  it('does not ask about dates that read alike', () => {
    expect(judge(['03/03/2026'])).toEqual({ format: 'dmy', isAmbiguous: false });
  });
});
