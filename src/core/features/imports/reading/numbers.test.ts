import { describe, expect, it } from 'vitest';

import {
  gatherDecimalEvidence,
  judgeDecimals,
  noDecimalEvidence,
  parseAmount,
  parsePercent,
  splitAmount,
} from './numbers';

describe('parseAmount', () => {
  it.each([
    ['1,234.50', 'dot', 123450],
    ['1.234,50', 'comma', 123450],
    ['$1,234.50', 'dot', 123450],
    ['-$1,234.50', 'dot', -123450],
    ['$-1,234.50', 'dot', -123450],
    ['(12.00)', 'dot', -1200],
    ['($12.00)', 'dot', -1200],
    ['12,50 €', 'comma', 1250],
    ['€ 12,50', 'comma', 1250],
    ['INR 250.00', 'dot', 25000],
    ['250,00 zł', 'comma', 25000],
    ['1 234,50', 'comma', 123450],
    ["1'234.50", 'dot', 123450],
    ['12,50-', 'comma', -1250],
    ['CHF 1’250.00', 'dot', 125000],
    ['7', 'dot', 700],
  ] as const)('reads %s', (text, style, expected) => {
    expect(parseAmount(text, 2, style)).toEqual({ ok: true, value: expected });
  });

  it.each(['abc', '12.34.56', '1,2', '12.345', '--5', ''])('refuses %j', (text) => {
    expect(parseAmount(text, 2, 'dot').ok).toBe(false);
  });

  it('tells the currency beside the digits', () => {
    expect(splitAmount('INR 250.00')).toEqual({ digits: '250.00', currency: 'INR' });
    expect(splitAmount('12,50 €')).toEqual({ digits: '12,50', currency: '€' });
  });

  it('reads percentages', () => {
    expect(parsePercent('8,875 %', 'comma')).toEqual({ ok: true, value: 8875 });
    expect(parsePercent('20%', 'dot')).toEqual({ ok: true, value: 20000 });
  });
});

describe('judgeDecimals', () => {
  function judge(texts: readonly string[], usual: 'dot' | 'comma' = 'dot') {
    const evidence = noDecimalEvidence();
    for (const text of texts) gatherDecimalEvidence(text, evidence);
    return judgeDecimals(evidence, usual);
  }

  it.each([
    [['1,234', '12.50'], 'dot'],
    [['1.234', '12,5'], 'comma'],
    [['1.234.567'], 'comma'],
    [['€ 0,125'], 'comma'],
    [['10', '20'], 'dot'],
  ] as const)('finds the sign of %j', (texts, style) => {
    expect(judge(texts)).toEqual({ style, isAmbiguous: false });
  });

  it('asks when only thousands or three decimals appear, or both signs', () => {
    expect(judge(['1,234'])).toEqual({ style: 'dot', isAmbiguous: true });
    expect(judge(['1.234'], 'comma')).toEqual({ style: 'comma', isAmbiguous: true });
    expect(judge(['1.50', '1,50', '2,50'])).toEqual({ style: 'comma', isAmbiguous: true });
  });
});
