import { describe, expect, it } from 'vitest';

import { change, endStep, rebase, redo, startHistory, undo } from './document-history';

describe('history', () => {
  it('takes typing in one field back as one step', () => {
    const typed = ['a', 'ab', 'abc'].reduce(
      (history, text) => change(history, text, 'notes'),
      startHistory(''),
    );
    expect(undo(typed).present).toBe('');
  });

  it('makes another step of another field, of a null topic and of the same field later', () => {
    let history = change(startHistory(0), 1, 'a');
    history = change(history, 2, 'b');
    history = change(history, 3, null);
    history = change(history, 4, null);
    history = change(endStep(change(history, 5, 'a')), 6, 'a');
    const seen = [history.present];
    while (history.past.length > 0) {
      history = undo(history);
      seen.push(history.present);
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  it('repeats what was undone until something else is changed', () => {
    const history = change(change(startHistory(0), 1, null), 2, null);
    const back = undo(undo(history));
    expect(redo(redo(back)).present).toBe(2);
    expect(redo(change(undo(history), 9, null)).present).toBe(9);
  });

  it('keeps its steps on top of what came from outside', () => {
    const history = undo(change(change(startHistory('a'), 'ab', null), 'abc', null));
    const rebased = rebase(history, (text) => `${text}!`);
    expect([undo(rebased).present, rebased.present, redo(rebased).present]).toEqual([
      'a!',
      'ab!',
      'abc!',
    ]);
  });

  it('does nothing at either end or for the same content', () => {
    const history = startHistory(0);
    expect(undo(history)).toBe(history);
    expect(redo(history)).toBe(history);
    expect(change(history, 0, null)).toBe(history);
  });
});
