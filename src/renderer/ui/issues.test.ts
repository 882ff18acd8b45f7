import { readFileSync } from 'node:fs';

import type { TFunction } from 'i18next';
import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';

import { currencyCode } from '../../shared/domain/currency';
import en from '../i18n/en.json';
import { makeFormats } from './formats-context';
import { describeIssue, fieldErrors } from './issues';

const formats = makeFormats('en-GB', currencyCode.parse('GBP'));
let t: TFunction;

beforeAll(async () => {
  const catalogue = createInstance();
  t = await catalogue.init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

describe('describeIssue', () => {
  it('formats amounts by their currency and dates by the business', () => {
    const overpaid = {
      field: 'amount',
      code: 'overpayment',
      params: { amount: 12_345, currency: 'USD' },
    };
    expect(describeIssue(t, overpaid, formats)).toBe(
      'This is more than the balance of USD\u00a0123.45. Enter at most that.',
    );
    const earlier = {
      field: 'issueDate',
      code: 'date_before_previous',
      params: { number: 'INV-2026-0007', date: '2026-11-22' },
    };
    expect(describeIssue(t, earlier, formats)).toContain('22 Nov 2026');
  });

  it('says what to write where the field is known', () => {
    expect(describeIssue(t, { field: 'client.email', code: 'invalid' }, formats)).toContain(
      'name@example.com',
    );
  });

  it('never shows a code', () => {
    expect(describeIssue(t, { field: '', code: 'of_a_later_version' }, formats)).toBe(
      en.issue.unknown,
    );
  });
});

describe('fieldErrors', () => {
  it('puts an issue to its field, its part to the nearest field, the rest on top', () => {
    const errors = fieldErrors(
      t,
      [
        { field: 'client.name', code: 'required' },
        { field: 'client.address.city.0', code: 'too_long' },
        { field: 'uid', code: 'invalid' },
      ],
      formats,
      { prefix: 'client.', knows: (field) => ['name', 'address.city'].includes(field) },
    );
    expect(Object.keys(errors.fields)).toEqual(['name', 'address.city']);
    expect(errors.rest).toHaveLength(1);
  });
});

describe('the catalogue', () => {
  it('has a sentence for every refusal of the domain', () => {
    const rules = ['payment-rules', 'credit-rules', 'order-rules', 'document-rules', 'bank-check'];
    for (const file of rules) {
      const source = readFileSync(
        new URL(`../../shared/domain/${file}.ts`, import.meta.url),
        'utf8',
      );
      for (const [, code = ''] of source.matchAll(/(?:refused|issue)\([^,()]*,\s*'([a-z_]+)'/gu)) {
        expect(Object.keys(en.issue), `${file}: ${code}`).toContain(code);
      }
    }
  });
});
