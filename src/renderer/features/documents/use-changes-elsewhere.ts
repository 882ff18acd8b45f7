import { useEffect } from 'react';

import { isSameValue } from '../../../shared/sync/field-paths';
import type { Draft } from './adopt-changes';
import { adoptChanges, pathsBeingTyped } from './adopt-changes';
import { keptContent } from './line-edits';
import type { DraftSaving } from './use-draft-saver';
import type { ContentHistory } from './use-history';

interface Options<Content, Uid> {
  readonly history: ContentHistory<Content>;
  readonly saving: DraftSaving<Content, Uid>;
  /** The draft as the core has it; undefined while that is not known, or it takes no changes. */
  readonly stored:
    { readonly uid: Uid; readonly updatedAt: string; readonly content: Content } | undefined;
  /** How the core reads what was typed. */
  readonly read: (content: Content) => Content;
  /** Content with a line to type into. */
  readonly toShown: (content: Content) => Content;
}

/**
 * Shows what another window or machine made of a draft, as soon as nothing typed here waits to be
 * kept. The field that is being typed into follows when it is left.
 */
export function useChangesElsewhere<Content extends Draft, Uid>(
  options: Options<Content, Uid>,
): void {
  const { history, saving, stored, read, toShown } = options;
  const { saver } = saving;
  useEffect(() => {
    const mine = saver.kept();
    if (stored === undefined || mine === null || saver.hasUnsaved()) return;
    // What was read before the last save lacks what was typed here.
    const isNews = stored.updatedAt > mine.updatedAt && stored.updatedAt >= (mine.unseenAt ?? '');
    if (stored.uid !== mine.uid || !isNews) return;
    const typed = saver.keptContent();
    const change = { typed, read: read(typed), stored: stored.content };
    const typing = pathsBeingTyped(history.steps);
    const adopt = (content: Content): Content => toShown(adoptChanges(content, change, typing));
    const adopted = keptContent(adopt(history.content));
    const isAll = isSameValue(read(adopted), stored.content);
    const { uid, updatedAt } = stored;
    saver.adopt(
      adopted,
      isAll ? { uid, updatedAt } : { uid, updatedAt: mine.updatedAt, unseenAt: updatedAt },
    );
    if (!isSameValue(adopted, typed)) history.rebase(adopt);
  }, [history, saving.state, saver, stored, read, toShown]);
}
