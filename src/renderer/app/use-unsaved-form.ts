import { useCallback, useEffect, useRef, useState } from 'react';

import { bridge } from './bridge';

const DELAY_MS = 250;

export interface UnsavedForm<Values> {
  /** Null until it is known whether something unsaved was left. */
  readonly restored: { readonly values: Values | null } | null;
  /** The form was saved or given up: nothing of it is kept any longer. */
  readonly forget: () => void;
}

/**
 * Keeps what is typed into a form that is not saved yet, so that closing, a crash or going elsewhere
 * loses nothing. `key` names the form and its record; `values` are what it shows now; they are kept
 * once they differ from `initial`. The next time the form opens, `restored.values` brings them back.
 */
export function useUnsavedForm<Values>(
  key: string,
  values: Values,
  isDirty: boolean,
): UnsavedForm<Values> {
  const [restored, setRestored] = useState<UnsavedForm<Values>['restored']>(null);
  const waiting = useRef<{ key: string; text: string } | null>(null);
  const timer = useRef<number | null>(null);
  /** What was saved or given up: only something typed after it is kept again. */
  const forgotten = useRef<string | null>(null);
  const latest = useRef<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    setRestored(null);
    forgotten.current = null;
    void bridge.call('screen.load', { key }).then((result) => {
      if (isCurrent)
        setRestored({ values: result.ok ? readValues<Values>(result.value.value) : null });
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);

  const keep = useCallback(() => {
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = null;
    const next = waiting.current;
    waiting.current = null;
    if (next) void bridge.call('screen.save', { key: next.key, value: next.text });
  }, []);

  const forget = useCallback(() => {
    forgotten.current = latest.current;
    waiting.current = null;
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = null;
    void bridge.call('screen.save', { key, value: null });
  }, [key]);

  const text = isDirty ? JSON.stringify(values) : null;
  useEffect(() => {
    const isTakenBack = text === null && latest.current !== null;
    latest.current = text;
    if (isTakenBack) {
      // Nothing typed is left in the form, so nothing of it comes back.
      forget();
      forgotten.current = null;
    }
    if (restored === null || text === null || text === forgotten.current) return;
    waiting.current = { key, text };
    timer.current ??= window.setTimeout(keep, DELAY_MS);
  }, [key, text, restored, keep, forget]);

  useEffect(() => {
    window.addEventListener('pagehide', keep);
    window.addEventListener('blur', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      window.removeEventListener('blur', keep);
      keep();
    };
  }, [keep]);

  return { restored, forget };
}

/** What was kept by this version of the form; anything unreadable is as good as nothing. */
function readValues<Values>(text: string | null): Values | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Values;
  } catch {
    return null;
  }
}
