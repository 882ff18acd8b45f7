import { expect, it } from 'vitest';

import { allOf, choose, decisionsOf, followFields, startChoices } from './conflict-choices';

const notes = { path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' };
const terms = { path: 'terms', base: null, mine: { days: 14 }, theirs: { days: 30 } };

it('R37 a choice is told with what it was made between, once every field has one', () => {
  const begun = choose(startChoices([notes, terms]), 'notes', 'mine');
  expect(decisionsOf(begun)).toBeNull();
  expect(decisionsOf(choose(begun, 'terms', 'theirs'))).toEqual([
    { path: 'notes', mine: 'Mine', theirs: 'Theirs', keep: 'mine' },
    { path: 'terms', mine: { days: 14 }, theirs: { days: 30 }, keep: 'theirs' },
  ]);
  expect(allOf(begun, 'theirs').map(({ keep }) => keep)).toEqual(['theirs', 'theirs']);
});

it('R37 a choice between values that are there no more is dropped, and its field is named', () => {
  const chosen = choose(choose(startChoices([notes, terms]), 'notes', 'mine'), 'terms', 'mine');
  const followed = followFields(chosen, [{ ...notes, theirs: 'Third' }, { ...terms }]);
  expect(followed).toMatchObject({ sides: { terms: 'mine' }, moved: ['notes'] });
  expect(decisionsOf(followed)).toBeNull();
  // It stays named until it is chosen again, whatever else changes.
  const later = followFields(followed, [{ ...notes, theirs: 'Third' }, terms]);
  expect(later.moved).toEqual(['notes']);
  expect(choose(later, 'notes', 'theirs').moved).toEqual([]);
});

it('R37 a field that joins the conflict is named, and one that left it is not', () => {
  const joined = followFields(startChoices([notes]), [notes, terms]);
  expect(joined.moved).toEqual(['terms']);
  expect(followFields(joined, [notes]).moved).toEqual([]);
});
