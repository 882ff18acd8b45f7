import { useCallback, useEffect, useRef, useState } from 'react';

import type { DraftSaver, DraftStore, KeptDraft, SaveState } from './draft-saver';
import { createDraftSaver } from './draft-saver';

export interface KeptState<Uid> {
  readonly state: SaveState;
  readonly kept: KeptDraft<Uid> | null;
}

export interface DraftSaving<Content, Uid> extends KeptState<Uid> {
  readonly saver: DraftSaver<Content, Uid>;
}

interface Options<Content, Uid> {
  readonly store: DraftStore<Content, Uid>;
  readonly initial: Content;
  readonly kept: KeptDraft<Uid> | null;
  /** What shall be kept now; must be the same object as long as nothing changed. */
  readonly content: Content;
}

/**
 * Keeps a draft while it is edited: a moment after the last change, and at once when a field, the
 * window or the page is left.
 */
export function useDraftSaver<Content, Uid>(
  options: Options<Content, Uid>,
): DraftSaving<Content, Uid> {
  const [known, setKnown] = useState<KeptState<Uid>>({
    state: options.kept ? { kind: 'saved' } : { kind: 'untouched' },
    kept: options.kept,
  });
  const [saver] = useState(() =>
    createDraftSaver<Content, Uid>({
      store: options.store,
      initial: options.initial,
      kept: options.kept,
      onState: (state, kept) => setKnown({ state, kept }),
    }),
  );
  const { content } = options;
  const first = useRef(content);
  useEffect(() => {
    if (content !== first.current || saver.hasUnsaved()) saver.change(content);
  }, [content, saver]);

  const flush = useCallback(() => void saver.flush(), [saver]);
  useEffect(() => {
    const whenHidden = (): void => {
      if (document.visibilityState === 'hidden') flush();
    };
    window.addEventListener('pagehide', flush);
    window.addEventListener('blur', flush);
    document.addEventListener('visibilitychange', whenHidden);
    return () => {
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('blur', flush);
      document.removeEventListener('visibilitychange', whenHidden);
      saver.close();
    };
  }, [flush, saver]);

  return { ...known, saver };
}
