/** Long enough for a page to read what it needs; then something is wrong and keys are keys again. */
const PATIENCE_MS = 5_000;

/** Whether keys belong to what is being typed. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === 'checkbox')
  );
}

/**
 * Keeps what is typed before something that was just opened gives the focus to its first field, and
 * writes it there: not a letter is lost, and none is taken for a shortcut. Ends by itself with the
 * focus, a command, a click, Escape or after some seconds. Answers how to end it earlier.
 */
export function keepTypingForField(): () => void {
  let text = '';
  /** After Tab or Enter the letters would belong to another field. */
  let isClosed = false;

  const onKey = (event: KeyboardEvent): void => {
    // Not the event's target: a dialog may have taken the focus from it by now.
    if (event.isComposing || isTyping(document.activeElement)) return;
    if (event.key === 'Escape') return stop();
    if (event.key === 'Shift' || event.key === 'Control' || event.altKey) return;
    if (event.ctrlKey || event.metaKey) return stop();
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace') text = isClosed ? text : text.slice(0, -1);
    else if (event.key.length > 1) isClosed = true;
    else if (!isClosed) text += event.key;
  };
  const onFocus = (event: FocusEvent): void => {
    if (!isTyping(event.target)) return;
    stop();
    // After the field's own reaction to the focus, which may select what stands in it.
    if (text !== '') queueMicrotask(() => insert(text));
  };
  const timer = window.setTimeout(stop, PATIENCE_MS);
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('focusin', onFocus);
  window.addEventListener('pointerdown', stop, true);

  function stop(): void {
    window.clearTimeout(timer);
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('focusin', onFocus);
    window.removeEventListener('pointerdown', stop, true);
  }
  return stop;
}

/** Writes into the field that has the focus, as typing does: over what is selected, to be undone. */
function insert(text: string): void {
  // Nothing else writes into fields of every type, and the engine of both shells keeps it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('insertText', false, text);
}
