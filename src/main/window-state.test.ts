import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadWindowState, placeWindow, saveWindowState } from './window-state';

const screen = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

function left(bounds: { x: number; y: number; width: number; height: number }) {
  return { bounds, isMaximised: false };
}

describe('the place of the window', () => {
  it('is the usual size in the middle at first', () => {
    expect(placeWindow(null, [screen])).toEqual({
      bounds: { width: 1280, height: 800 },
      isMaximised: false,
    });
  });

  it('is where it was left, on any screen', () => {
    const bounds = { x: 2000, y: 40, width: 1100, height: 700 };
    expect(placeWindow(left(bounds), [screen, second]).bounds).toEqual(bounds);
  });

  it('is the middle again when that screen is gone, with the size kept', () => {
    const bounds = { x: 2000, y: 40, width: 1100, height: 700 };
    expect(placeWindow(left(bounds), [screen]).bounds).toEqual({ width: 1100, height: 700 });
  });

  it('never hides the title bar above the screen', () => {
    const bounds = { x: 100, y: -300, width: 1100, height: 700 };
    expect(placeWindow(left(bounds), [screen]).bounds).not.toHaveProperty('x');
  });

  it('is never too small to work in', () => {
    const bounds = { x: 100, y: 100, width: 20, height: 20 };
    const placed = placeWindow(left(bounds), [screen]).bounds;
    expect(placed.width).toBeGreaterThanOrEqual(960);
    expect(placed.height).toBeGreaterThanOrEqual(640);
  });
});

describe('the file of the window state', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'doccentr-window-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('gives back what was saved', () => {
    const file = join(directory, 'window.json');
    const state = { bounds: { x: -5, y: 30, width: 1000, height: 700 }, isMaximised: true };
    saveWindowState(file, state);
    expect(loadWindowState(file)).toEqual(state);
  });

  it.each(['', '{', '{"bounds":{"x":0,"y":0,"width":1e99,"height":0},"isMaximised":1}'])(
    'is passed over when it holds %j',
    (text) => {
      const file = join(directory, 'broken.json');
      writeFileSync(file, text);
      expect(loadWindowState(file)).toBeNull();
    },
  );

  it('may be missing', () => {
    expect(loadWindowState(join(directory, 'none.json'))).toBeNull();
  });
});
