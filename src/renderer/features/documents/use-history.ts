import { useCallback, useMemo, useState } from 'react';

import type { History } from './document-history';
import { change, endStep, redo, startHistory, undo } from './document-history';

export interface ContentHistory<Content> {
  readonly content: Content;
  /** Changes the content; the same topic in a row is one step to take back. */
  readonly apply: (make: (content: Content) => Content, topic: string | null) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly endStep: () => void;
  /** Other content from outside: nothing of before can be taken back to. */
  readonly reset: (content: Content) => void;
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
      reset: (content: Content) => setHistory(startHistory(content)),
    }),
    [],
  );
  return { content: history.present, apply, ...actions };
}
