import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold } from '../../../../src/shared/domain/fold';
import { changedClient, newClient, searchTextOf } from './client';

const PARIS = {
  line1: '1 rue de la Paix',
  line2: '',
  postalCode: '75002',
  city: 'Paris',
  region: '',
  country: 'FR',
};
const PARIS_TEXT = '1 rue de la Paix\n75002 Paris\nFRANCE';
const NOW = new Date('2026-03-10T10:00:00.000Z');
const LATER = new Date('2026-03-11T10:00:00.000Z');

function acme(more: Partial<Parameters<typeof newClient>[0]> = {}) {
  return newClient({ name: 'Acme Ltd', email: 'books@acme.example', ...more });
}

describe('the address of a client', () => {
  it('is composed of its parts, whatever text came along', () => {
    const client = acme({ postal_address: PARIS, address: 'somewhere else' });
    expect(client).toMatchObject({ address: PARIS_TEXT, postalAddress: PARIS });
  });

  it('stays a text where no parts are known', () => {
    expect(acme({ address: 'Paris' })).toMatchObject({ address: 'Paris', postalAddress: null });
  });

  it('keeps its parts when the composed text is sent back', () => {
    const client = acme({ postal_address: PARIS });
    expect(changedClient(client, { address: PARIS_TEXT }, NOW)).toEqual(client);
  });

  it('loses its parts to another text', () => {
    const client = changedClient(acme({ postal_address: PARIS }), { address: 'Lyon' }, NOW);
    expect(client).toMatchObject({ address: 'Lyon', postalAddress: null });
  });

  it('keeps its text when its parts are taken away', () => {
    const client = changedClient(acme({ postal_address: PARIS }), { postal_address: null }, NOW);
    expect(client).toMatchObject({ address: PARIS_TEXT, postalAddress: null });
  });
});

describe('a change of a client', () => {
  it('leaves alone what it does not name', () => {
    const client = acme({ phone: '1', vat_number: 'V', language: 'fr', reminders_paused: true });
    expect(changedClient(client, {}, NOW)).toEqual(client);
    expect(changedClient(client, { phone: '' }, NOW)).toEqual({ ...client, phone: '' });
    expect(changedClient(client, { language: null }, NOW)).toEqual({ ...client, language: null });
  });

  it('archives once and brings back', () => {
    const archived = changedClient(acme(), { archived: true }, NOW);
    expect(archived.archivedAt).toEqual(NOW);
    expect(changedClient(archived, { archived: true }, LATER).archivedAt).toEqual(NOW);
    expect(changedClient(archived, { archived: false }, LATER).archivedAt).toBeNull();
  });
});

describe('the text that a search looks into', () => {
  it('holds every part of the name, folded', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(name, fc.nat(20), fc.integer({ min: 1, max: 10 }), (typed, from, length) => {
        const text = searchTextOf({ name: typed, contactName: '', email: 'a@b.example' });
        expect(text).toContain(fold(typed).slice(from, from + length));
        expect(text).toContain('a@b.example');
      }),
      { numRuns: 300 },
    );
  });

  it('fits its column, however much a letter folds into', () => {
    const text = searchTextOf({ name: '\ufdfa'.repeat(200), contactName: '', email: '' });
    expect(text.length).toBeLessThanOrEqual(4_000);
  });
});
