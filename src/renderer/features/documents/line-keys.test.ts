import { describe, expect, it } from 'vitest';

import type { KeyStroke } from './line-keys';
import { lineCommandOf } from './line-keys';

function stroke(key: string, held: Partial<KeyStroke> = {}): KeyStroke {
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...held,
  };
}

describe('lineCommandOf', () => {
  it('goes down with Enter in every cell', () => {
    expect(lineCommandOf(stroke('Enter'), true)).toBe('next_line');
    expect(lineCommandOf(stroke('Enter'), false)).toBe('next_line');
  });

  it('leaves Shift+Enter to the text of a description and goes up elsewhere', () => {
    expect(lineCommandOf(stroke('Enter', { shiftKey: true }), true)).toBeNull();
    expect(lineCommandOf(stroke('Enter', { shiftKey: true }), false)).toBe('previous_line');
  });

  it('never takes Tab, plain arrows or Alt with the sideways arrows', () => {
    for (const key of ['Tab', 'ArrowUp', 'ArrowDown']) {
      expect(lineCommandOf(stroke(key), false)).toBeNull();
    }
    expect(lineCommandOf(stroke('ArrowLeft', { altKey: true }), false)).toBeNull();
    expect(lineCommandOf(stroke('ArrowRight', { altKey: true }), false)).toBeNull();
  });

  it('moves, copies, inserts and deletes lines', () => {
    expect(lineCommandOf(stroke('ArrowUp', { altKey: true }), false)).toBe('move_up');
    expect(lineCommandOf(stroke('ArrowDown', { altKey: true }), false)).toBe('move_down');
    expect(lineCommandOf(stroke('ArrowDown', { altKey: true, shiftKey: true }), false)).toBe(
      'duplicate',
    );
    expect(lineCommandOf(stroke('Enter', { ctrlKey: true }), true)).toBe('insert_below');
    expect(lineCommandOf(stroke('Enter', { metaKey: true }), true)).toBe('insert_below');
    expect(lineCommandOf(stroke('Delete', { altKey: true, shiftKey: true }), false)).toBe('delete');
  });

  it('leaves deleting words to the text and clearing browsing data to the browser', () => {
    expect(lineCommandOf(stroke('Backspace', { altKey: true }), false)).toBeNull();
    expect(lineCommandOf(stroke('Delete', { ctrlKey: true, shiftKey: true }), false)).toBeNull();
  });

  it('does nothing while an input method composes', () => {
    expect(lineCommandOf(stroke('Enter', { isComposing: true }), false)).toBeNull();
  });
});
