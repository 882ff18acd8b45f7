import { useCallback, useEffect, useRef, useState } from 'react';

export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'failed';

export interface Autosave {
  readonly state: SaveState;
  /** Saves what is waiting now; resolves when everything is kept. */
  readonly flush: () => Promise<void>;
}

interface AutosaveOptions<Value> {
  readonly value: Value;
  /** Off while there is nothing to keep (a form untouched). */
  readonly isEnabled: boolean;
  /** Keeps the value; answers whether it was kept. */
  readonly save: (value: Value) => Promise<boolean>;
  readonly delayMs?: number;
}

/**
 * Keeps what is typed: a moment after the last change, at once when the field, the page or the
 * window is left. One save at a time, so that an older value never overtakes a newer one. `value`
 * must be the same object as long as nothing changed.
 */
export function useAutosave<Value>(options: AutosaveOptions<Value>): Autosave {
  const { value, isEnabled, delayMs = 400 } = options;
  const [state, setState] = useState<SaveState>('idle');
  const latest = useRef(options);
  const kept = useRef(value);
  const timer = useRef<number | null>(null);
  const running = useRef<Promise<void> | null>(null);
  useEffect(() => {
    latest.current = options;
  });

  const flush = useCallback(async (): Promise<void> => {
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = null;
    while (running.current) await running.current;
    const { value: next, isEnabled: mayRun, save } = latest.current;
    if (!mayRun || next === kept.current) return;
    const attempt = (async (): Promise<void> => {
      setState('saving');
      const isKept = await save(next);
      if (isKept) kept.current = next;
      setState(isKept ? 'saved' : 'failed');
    })();
    running.current = attempt.finally(() => {
      running.current = null;
    });
    await running.current;
    if (latest.current.value !== next && kept.current === next) await flush();
  }, []);

  useEffect(() => {
    if (!isEnabled || value === kept.current) return;
    setState('waiting');
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), delayMs);
  }, [value, isEnabled, delayMs, flush]);

  useEffect(() => {
    const now = (): void => void flush();
    const whenHidden = (): void => {
      if (document.visibilityState === 'hidden') now();
    };
    window.addEventListener('pagehide', now);
    window.addEventListener('blur', now);
    document.addEventListener('visibilitychange', whenHidden);
    return () => {
      window.removeEventListener('pagehide', now);
      window.removeEventListener('blur', now);
      document.removeEventListener('visibilitychange', whenHidden);
      now();
    };
  }, [flush]);

  return { state, flush };
}
