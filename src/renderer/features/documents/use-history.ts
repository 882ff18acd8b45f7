import { useCallback, useMemo, useState } from 'react';

import type { History } from './document-history';
import { change, endStep, rebase, redo, startHistory, undo } from './document-history';

export interface ContentHistory<Content> {
  readonly content: Content;
  /** Changes the content; the same topic in a row is one step to take back. */
  readonly apply: (make: (content: Content) => Content, topic: string | null) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly endStep: () => void;
  /** Puts what came from outside into what is shown and into every step back and forth. */
  readonly rebase: (onto: (content: Content) => Content) => void;
  /** What is shown, with the steps. */
  readonly steps: History<Content>;
}

/** Content that is edited, with the steps back and forth. */
export function useHistory<Content>(initial: Content): ContentHistory<Content> {
  const [history, setHistory] = useState<History<Content>>(() => startHistory(initial));
  const apply = useCallback<ContentHistory<Content>['apply']>((make, topic) => {
    setHistory((now) => change(now, make(now.present), topic));
  }, []);
  const actions = useMemo(
    () => ({
      undo: () => setHistory(undo),
      redo: () => setHistory(redo),
      endStep: () => setHistory(endStep),
      rebase: (onto: (content: Content) => Content) => setHistory((now) => rebase(now, onto)),
    }),
    [],
  );
  return useMemo(
    () => ({ content: history.present, steps: history, apply, ...actions }),
    [history, apply, actions],
  );
}
