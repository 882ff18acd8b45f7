import { useCallback, useEffect, useRef } from 'react';

import type { DraftSaver } from './draft-saver';
import type { ContentHistory } from './use-history';

export interface LateChanges<Content> {
  /** Changes the content, also after its editor was left. */
  readonly apply: ContentHistory<Content>['apply'];
  /** The content as it stands now, for what goes on after waiting. */
  readonly current: () => Content;
}

/**
 * Changes that come from an answer of the core may find their editor closed: what was chosen just
 * before leaving is kept then, too. `toKept` is what of the content is kept.
 */
export function useLateChanges<Content, Uid>(
  history: ContentHistory<Content>,
  saver: DraftSaver<Content, Uid>,
  toKept: (content: Content) => Content,
): LateChanges<Content> {
  const { content, apply } = history;
  const latest = useRef(content);
  const isOpen = useRef(true);
  useEffect(() => {
    latest.current = content;
  }, [content]);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  return {
    apply: useCallback(
      (make, topic) => {
        if (isOpen.current) return apply(make, topic);
        latest.current = make(latest.current);
        saver.change(toKept(latest.current));
      },
      [apply, saver, toKept],
    ),
    current: useCallback(() => latest.current, []),
  };
}
