import { createInstance } from 'i18next';
import { beforeAll, expect, it } from 'vitest';

import en from '../../i18n/en.json';
import { pathLabel, telling } from './field-text';

const i18n = createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  }),
);

const label = (path: string, own: { base?: unknown; mine?: unknown; theirs?: unknown } = {}) =>
  pathLabel(i18n.t, { path, base: null, mine: null, theirs: null, ...own });

it('calls a line by what it says on whichever side still has it, and never by its uid', () => {
  expect(label('lines.u1', { base: { description: 'Travel' } })).toBe('line “Travel”');
  expect(label('lines.u1', { mine: { description: 'First\nsecond' } })).toBe('line “First”');
  expect(label('lines.u1', { theirs: { description: ' ' } })).toBe('line');
  expect(label('lines.u1', { mine: { description: 'x'.repeat(80) } })).toBe(
    `line “${'x'.repeat(60)}…”`,
  );
  expect(label('lines.order')).toBe('order of lines');
});

it('calls a bank account by its name, and other fields by their word', () => {
  expect(label('bankAccounts.u1', { theirs: { label: 'Main' } })).toBe('bank account “Main”');
  expect(label('bankAccounts.u1')).toBe('bank accounts');
  expect(label('dueDate')).toBe('due date');
});

it('tells of an order of lines only where nothing else changed', () => {
  const [line, order] = [{ path: 'lines.u1' }, { path: 'lines.order' }];
  expect(telling([line, order])).toEqual([line]);
  expect(telling([order])).toEqual([order]);
});
