import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { Issue, Result } from '../../../shared/domain/result';

/** What is known of a kept draft. */
export interface KeptDraft<Uid> {
  readonly uid: Uid;
  /** When it was changed last, as far as it is shown. Goes along with finalising, so that nothing
   * unseen is frozen. */
  readonly updatedAt: string;
  /** When it was changed last, where it holds changes from elsewhere that are not shown yet. */
  readonly unseenAt?: string;
}

/** A draft as it was kept. */
export interface SavedDraft<Uid> {
  readonly uid: Uid;
  readonly updatedAt: string;
  /** It holds something else than was sent: changes from elsewhere. */
  readonly isUnseen?: boolean;
}

export interface DraftStore<Content, Uid> {
  create(content: Content): Promise<Result<SavedDraft<Uid>, ApiError>>;
  /** `base`: what was kept before, by this editor; changes from elsewhere are merged with that. */
  update(uid: Uid, content: Content, base: Content): Promise<Result<SavedDraft<Uid>, ApiError>>;
}

export type SaveState =
  /** Nothing was written yet, so nothing exists. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** The core does not answer; what was typed is kept here and tried again. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
  /** The draft is gone or was finalised elsewhere, or a bug: no use in trying again. */
  | { readonly kind: 'failed'; readonly error: ApiError };

export interface DraftSaverOptions<Content, Uid> {
  readonly store: DraftStore<Content, Uid>;
  readonly initial: Content;
  /** Null as long as the draft does not exist: the first real edit creates it. */
  readonly kept: KeptDraft<Uid> | null;
  readonly onState: (state: SaveState, kept: KeptDraft<Uid> | null) => void;
  readonly delayMs?: number;
  /** The first save waits less: from then on the draft has an address that a reload finds again. */
  readonly createDelayMs?: number;
  readonly retryMs?: number;
}

export interface DraftSaver<Content, Uid> {
  /** Takes the newest content; saves a moment after the last change. */
  change(content: Content): void;
  /** Saves what is left at once. Answers whether everything is kept. */
  flush(): Promise<boolean>;
  hasUnsaved(): boolean;
  kept(): KeptDraft<Uid> | null;
  /** The content that was kept or taken over last. */
  keptContent(): Content;
  /** Takes over content that was read from the core again. */
  adopt(content: Content, kept: KeptDraft<Uid>): void;
  /** Ends the timers; what is unsaved goes out first. */
  close(): void;
}

const DELAY_MS = 400;
const CREATE_DELAY_MS = 100;
const RETRY_MS = 1_500;

/**
 * Keeps a draft while it is written: creates it with the first real edit and updates it from then
 * on, one call at a time and always with the newest content. Content that equals what is kept is
 * not sent again, so that opening an editor and leaving it changes nothing.
 */
export function createDraftSaver<Content, Uid>(
  options: DraftSaverOptions<Content, Uid>,
): DraftSaver<Content, Uid> {
  const { store, onState, delayMs = DELAY_MS, retryMs = RETRY_MS } = options;
  const { createDelayMs = CREATE_DELAY_MS } = options;
  let kept = options.kept;
  let keptText = JSON.stringify(options.initial);
  let newest = options.initial;
  let isHopeless = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  let told: SaveState['kind'] = kept ? 'saved' : 'untouched';

  const keptContent = (): Content => JSON.parse(keptText) as Content;
  const hasUnsaved = (): boolean => JSON.stringify(newest) !== keptText;

  function tell(state: SaveState): void {
    told = state.kind;
    onState(state, kept);
  }

  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), delay);
  }

  /** Runs after the save under way, if any, and takes the newest content then. */
  async function save(): Promise<void> {
    clearTimeout(timer);
    while (running) await running;
    if (!hasUnsaved() || isHopeless) return;
    running = saveOnce(newest).finally(() => {
      running = null;
    });
    await running;
  }

  async function saveOnce(content: Content): Promise<void> {
    tell({ kind: 'saving' });
    const before = kept;
    const result = before
      ? await store.update(before.uid, content, keptContent())
      : await store.create(content);
    if (result.ok) {
      const { uid, updatedAt, isUnseen = false } = result.value;
      // The older moment stands until what came along was taken over: nothing unseen is frozen.
      kept =
        isUnseen && before
          ? { uid, updatedAt: before.updatedAt, unseenAt: updatedAt }
          : { uid, updatedAt };
      keptText = JSON.stringify(content);
      tell(hasUnsaved() ? { kind: 'saving' } : { kind: 'saved' });
      return;
    }
    report(result.error);
  }

  function report(error: ApiError): void {
    switch (error.kind) {
      case 'refused':
        tell({ kind: 'refused', issues: error.issues });
        return;
      case 'unavailable':
        tell({ kind: 'waiting' });
        schedule(retryMs);
        return;
      case 'not_found':
      case 'unknown_method':
      case 'no_business':
      case 'not_allowed':
      case 'internal':
        isHopeless = error.kind !== 'internal';
        tell({ kind: 'failed', error });
    }
  }

  return {
    change(content) {
      newest = content;
      if (!hasUnsaved()) {
        clearTimeout(timer);
        tell(kept ? { kind: 'saved' } : { kind: 'untouched' });
        return;
      }
      // From the first key on it is not saved any more, also before the pause is over.
      if (told === 'saved' || told === 'untouched') tell({ kind: 'saving' });
      schedule(kept ? delayMs : createDelayMs);
    },
    async flush() {
      await save();
      // Typed on during the call: once more, so that the answer is about now.
      if (hasUnsaved()) await save();
      return !hasUnsaved();
    },
    hasUnsaved,
    kept: () => kept,
    keptContent,
    adopt(content, draft) {
      newest = content;
      keptText = JSON.stringify(content);
      kept = draft;
    },
    close() {
      void save();
    },
  };
}
