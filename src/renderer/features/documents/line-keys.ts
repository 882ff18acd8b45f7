/** What a key does in the grid of lines. */
export type LineCommand =
  'next_line' | 'previous_line' | 'insert_below' | 'duplicate' | 'move_up' | 'move_down' | 'delete';

export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** While an input method composes characters, Enter belongs to it. */
  readonly isComposing: boolean;
}

/**
 * The keyboard of the line grid. It keeps clear of what browsers keep for themselves (Ctrl+D,
 * Ctrl+Shift+Delete, Alt+D, Alt+Left and Right) and of text editing: Tab stays the browser's, so
 * it never traps, and Shift+Enter breaks the text of a description.
 */
export function lineCommandOf(stroke: KeyStroke, isMultiline: boolean): LineCommand | null {
  if (stroke.isComposing) return null;
  const { key, altKey, shiftKey } = stroke;
  const isCommand = stroke.ctrlKey || stroke.metaKey;
  if (key === 'Enter' && !altKey) return enterCommand(isCommand, shiftKey, isMultiline);
  if (!altKey || isCommand) return null;
  if (key === 'ArrowUp') return shiftKey ? null : 'move_up';
  if (key === 'ArrowDown') return shiftKey ? 'duplicate' : 'move_down';
  if ((key === 'Delete' || key === 'Backspace') && shiftKey) return 'delete';
  return null;
}

function enterCommand(
  isCommand: boolean,
  shiftKey: boolean,
  isMultiline: boolean,
): LineCommand | null {
  if (isCommand) return shiftKey ? null : 'insert_below';
  if (!shiftKey) return 'next_line';
  return isMultiline ? null : 'previous_line';
}

/** The same keys as menus and tooltips show them. */
export const LINE_SHORTCUTS = {
  insert_below: 'Mod+Enter',
  duplicate: 'Alt+Shift+↓',
  move_up: 'Alt+↑',
  move_down: 'Alt+↓',
  delete: 'Alt+Shift+Del',
} as const satisfies Partial<Record<LineCommand, string>>;
