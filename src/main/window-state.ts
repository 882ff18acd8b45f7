import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

const rectangle = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
});
export type Rectangle = z.infer<typeof rectangle>;

const windowState = z.object({ bounds: rectangle, isMaximised: z.boolean() });
export type WindowState = z.infer<typeof windowState>;

export const SMALLEST_WINDOW = { width: 960, height: 640 } as const;
const USUAL_WINDOW = { width: 1280, height: 800 } as const;
/** So much of the window must lie on a screen that it can be seen and dragged. */
const LEAST_VISIBLE = { width: 200, height: 80 } as const;

/** Where the window goes: as it was left, unless that place is on no screen any more. */
export function placeWindow(
  saved: WindowState | null,
  workAreas: readonly Rectangle[],
): {
  readonly bounds: Partial<Rectangle> & { width: number; height: number };
  isMaximised: boolean;
} {
  if (saved === null) return { bounds: { ...USUAL_WINDOW }, isMaximised: false };
  const width = Math.max(saved.bounds.width, SMALLEST_WINDOW.width);
  const height = Math.max(saved.bounds.height, SMALLEST_WINDOW.height);
  const isReachable = workAreas.some((area) => isVisibleOn(saved.bounds, area));
  const bounds = isReachable
    ? { x: saved.bounds.x, y: saved.bounds.y, width, height }
    : { width, height };
  return { bounds, isMaximised: saved.isMaximised };
}

function isVisibleOn(bounds: Rectangle, area: Rectangle): boolean {
  const width = overlap(bounds.x, bounds.width, area.x, area.width);
  const height = overlap(bounds.y, bounds.height, area.y, area.height);
  // The title bar is at the top: it must not lie above the screen.
  return width >= LEAST_VISIBLE.width && height >= LEAST_VISIBLE.height && bounds.y >= area.y;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

/** The state of the last run, or null when there is none that can be used. */
export function loadWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function saveWindowState(file: string, state: WindowState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
