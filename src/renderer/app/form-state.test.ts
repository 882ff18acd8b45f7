import { describe, expect, it } from 'vitest';

import {
  followRecord,
  followSave,
  restoreTyped,
  startForm,
  takeTheirs,
  typedFields,
  wordsFor,
} from './form-state';

const record = { name: 'Acme', phone: '', notes: '' };
const form = startForm(record);
const typed = { ...form, values: { ...record, phone: '1' } };

describe('R72 a form whose record changes elsewhere', () => {
  it('follows where nothing was typed and names what was overtaken', () => {
    const theirs = { name: 'Acme Ltd', phone: '2', notes: '' };
    const followed = followRecord(typed, theirs);
    expect(followed).toEqual({
      values: { ...theirs, phone: '1' },
      base: theirs,
      given: theirs,
      overtaken: ['phone'],
    });
    expect(takeTheirs(followed)).toEqual({ ...startForm(theirs) });
  });

  it('names no field in which both typed the same', () => {
    expect(followRecord(typed, { ...record, phone: '1' }).overtaken).toEqual([]);
    const overtaken = followRecord(typed, { ...record, phone: '2' });
    expect(followRecord(overtaken, { ...record, phone: '1' }).overtaken).toEqual([]);
  });

  it('is as it was saved before the record is read again, and keeps what was typed meanwhile', () => {
    const meanwhile = { ...typed, values: { ...typed.values, notes: 'More' } };
    const saved = followSave(meanwhile, typed.values, { ...record, phone: '1' });
    expect(typedFields(saved)).toEqual({ values: { notes: 'More' }, base: { notes: '' } });
    expect(saved.given).toBe(record);
    const read = followRecord(saved, { ...record, phone: '1' });
    expect(read).toMatchObject({ values: meanwhile.values, overtaken: [] });
  });
});

describe('what was typed and not saved', () => {
  const kept = typedFields(typed);

  it('comes back, over the record as it is by now', () => {
    expect(kept).toEqual({ values: { phone: '1' }, base: { phone: '' } });
    expect(restoreTyped(form, kept)).toEqual(typed);
    const now = startForm({ ...record, name: 'Acme Ltd' });
    expect(restoreTyped(now, kept)).toMatchObject({
      values: { name: 'Acme Ltd', phone: '1' },
      overtaken: [],
    });
  });

  it('R72 is told of when its field was changed elsewhere meanwhile', () => {
    expect(restoreTyped(startForm({ ...record, phone: '2' }), kept).overtaken).toEqual(['phone']);
    expect(restoreTyped(startForm({ ...record, phone: '1' }), kept).overtaken).toEqual([]);
  });
});

describe('R17 words that were refused', () => {
  it('are laid over the record as it is by now, as far as the form has their fields', () => {
    const lines = [{ uid: 'a', text: 'One' }];
    const values = { notes: 'Now', lines };
    const words = wordsFor(values, [
      { path: 'notes', base: 'Before', mine: 'Refused' },
      { path: 'lines.b', base: null, mine: { uid: 'b', text: 'Two' } },
      { path: 'terms', base: null, mine: 'elsewhere' },
    ]);
    expect(words).toEqual({
      values: { notes: 'Refused', lines: [...lines, { uid: 'b', text: 'Two' }] },
      base: { notes: 'Before', lines },
    });
    const laid = restoreTyped(startForm(values), words);
    expect(laid.values).toEqual(words.values);
    expect(laid.base).toEqual(values);
    // Somebody else has written in the notes since.
    expect(laid.overtaken).toEqual(['notes']);
  });
});
