import { useEffect, useRef } from 'react';

import { isSameValue, withValues } from '../../../shared/sync/field-paths';
import { useRefusedWords } from '../../app/use-refused-words';
import type { Draft } from './adopt-changes';
import type { KeptState } from './use-draft-saver';
import type { ContentHistory } from './use-history';

interface Options<Content, Uid> {
  /** The draft that the editor was opened with; null for a new one. */
  readonly uid: string | null;
  readonly apply: ContentHistory<Content>['apply'];
  readonly saving: KeptState<Uid>;
}

/**
 * Lays words that the cloud refused over a draft, as one step that can be taken back. Once the draft
 * is kept with what they were corrected to, the refusal is dealt with.
 */
export function useRefusedDraft<Content extends Draft, Uid>({
  uid,
  apply,
  saving,
}: Options<Content, Uid>): void {
  const { fields, settle } = useRefusedWords(uid);
  const stage = useRef<'none' | 'laid' | 'unsaved' | 'kept'>('none');
  useEffect(() => {
    if (stage.current !== 'none' || fields.length === 0) return;
    const words = new Map(fields.map(({ path, mine }) => [path, mine]));
    stage.current = 'laid';
    // Fields and lines of a content, at their places: a content.
    apply((now) => withValues(now, words) as Content, null);
    if (fields.every(({ mine, theirs }) => isSameValue(mine, theirs))) settle(fields);
  }, [fields, settle, apply]);
  const { kind } = saving.state;
  useEffect(() => {
    if (stage.current === 'laid' && kind !== 'saved') stage.current = 'unsaved';
    if (stage.current !== 'unsaved' || kind !== 'saved') return;
    stage.current = 'kept';
    settle(fields);
  }, [kind, fields, settle]);
}
