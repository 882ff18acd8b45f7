/** What takes the focus once it is open: dialogs, and what unfolds with a field to type into. */
const DIALOGS = '[role="dialog"][aria-modal="true"], [role="dialog"]:has([data-autofocus])';

/**
 * Gives keys to a dialog from the moment it stands there. It takes the focus some moments later by
 * itself; what a fast typist presses until then would be lost or change what lies behind. Answers
 * how to stop.
 */
export function giveKeysToDialogs(): () => void {
  const reached = new WeakSet<Element>();
  const onFocus = (event: FocusEvent): void => {
    const dialog = event.target instanceof Element ? event.target.closest(DIALOGS) : null;
    if (dialog) reached.add(dialog);
  };
  const onKey = (event: KeyboardEvent): void => {
    // Escape closes by a listener of its own, wherever the focus is.
    if (event.key === 'Escape') return;
    const dialogs = [...document.querySelectorAll<HTMLElement>(DIALOGS)];
    const opened = dialogs.findLast((dialog) => !reached.has(dialog));
    if (!opened) return;
    (opened.querySelector<HTMLElement>('[data-autofocus]') ?? opened).focus();
    // The letter goes where the focus is now; what lies behind must not hear of it.
    event.stopPropagation();
  };
  window.addEventListener('focusin', onFocus, true);
  window.addEventListener('keydown', onKey, true);
  return () => {
    window.removeEventListener('focusin', onFocus, true);
    window.removeEventListener('keydown', onKey, true);
  };
}
