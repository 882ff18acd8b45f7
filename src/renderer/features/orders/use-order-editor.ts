import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import type { ClientUid, OrderUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { Order, OrderContent } from '../../../shared/domain/order';
import { orderContent } from '../../../shared/domain/order';
import { ok } from '../../../shared/domain/result';
import type { Totals } from '../../../shared/domain/totals';
import { computeTotals } from '../../../shared/domain/totals';
import { isSameValue } from '../../../shared/sync/field-paths';
import { callOrThrow, useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import type { DraftStore } from '../documents/draft-saver';
import { blankLine, keptContent } from '../documents/line-edits';
import { useChangesElsewhere } from '../documents/use-changes-elsewhere';
import type { DraftSaving } from '../documents/use-draft-saver';
import { useDraftSaver } from '../documents/use-draft-saver';
import type { ContentHistory } from '../documents/use-history';
import { useHistory } from '../documents/use-history';
import { useLateChanges } from '../documents/use-late-changes';
import { usePendingChoices } from '../documents/use-pending-choices';
import { useRefusedDraft } from '../documents/use-refused-draft';
import type { TaxChoice } from '../documents/use-tax-codes';

export interface OrderEditing {
  readonly history: ContentHistory<OrderContent>;
  readonly content: OrderContent;
  /** What is kept: the content without blank lines. */
  readonly sent: OrderContent;
  readonly totals: Totals;
  readonly saving: DraftSaving<OrderContent, OrderUid>;
  readonly patch: (patch: Partial<OrderContent>, topic: string) => void;
  readonly changeLines: (
    make: (lines: readonly LineItem[]) => readonly LineItem[],
    topic: string | null,
  ) => void;
  readonly chooseClient: (uid: ClientUid) => void;
  /** Takes up a choice that is still being looked up; saving waits for it. */
  readonly onLookUp: (choice: Promise<void>) => void;
  /** Saves everything, once what was chosen stands in it. Answers whether everything is kept. */
  readonly flush: () => Promise<boolean>;
}

/** As the core reads it: trimmed, and with what was left out. */
function read(content: OrderContent): OrderContent {
  return orderContent.parse(content);
}

/** One order while it is edited: kept from the first real edit on, which gives it its number. */
export function useOrderEditor(
  initial: OrderContent,
  order: Order | null,
  taxes: TaxChoice,
  onKept: (order: Order) => void,
): OrderEditing {
  const latest = useRef(onKept);
  latest.current = onKept;
  const [store] = useState<DraftStore<OrderContent, OrderUid>>(() => {
    const keptOf = (
      result: Awaited<ReturnType<typeof bridge.call<'orders.create'>>>,
      sent: OrderContent,
    ) => {
      if (!result.ok) return result;
      latest.current(result.value);
      const { uid, updatedAt, content } = result.value;
      return ok({ uid, updatedAt, isUnseen: !isSameValue(read(sent), content) });
    };
    return {
      create: async (content) => keptOf(await bridge.call('orders.create', { content }), content),
      update: async (uid, content, base) =>
        keptOf(await bridge.call('orders.update', { uid, content, base }), content),
    };
  });
  const toShown = useCallback(
    (shown: OrderContent): OrderContent =>
      shown.lines.length > 0 ? shown : { ...shown, lines: [blankLine(taxes.usual)] },
    [taxes],
  );
  const [start] = useState(() => toShown(initial));
  const history = useHistory(start);
  const { content } = history;
  const sent = useMemo(() => keptContent(content), [content]);
  const totals = useMemo(() => computeTotals(sent), [sent]);
  const [first] = useState(sent);
  const saving = useDraftSaver({
    store,
    initial: first,
    kept: order === null ? null : { uid: order.uid, updatedAt: order.updatedAt },
    content: sent,
  });
  const stored = useApiQuery(
    'orders.get',
    { uid: saving.kept?.uid ?? '' },
    { enabled: saving.kept !== null },
  ).data?.order;
  useChangesElsewhere({ history, saving, stored, read, toShown });
  const { apply } = useLateChanges(history, saving.saver, keptContent);
  useRefusedDraft({ uid: order?.uid ?? null, apply, saving });
  const choices = usePendingChoices();
  const patch = useCallback<OrderEditing['patch']>(
    (change, topic) => apply((now) => ({ ...now, ...change }), topic),
    [apply],
  );
  const changeLines = useCallback<OrderEditing['changeLines']>(
    (make, topic) =>
      apply((now) => {
        const lines = make(now.lines);
        return lines === now.lines ? now : { ...now, lines: [...lines] };
      }, topic),
    [apply],
  );
  const chooseClient = useCallback(
    (uid: ClientUid) =>
      choices.follow(async () => {
        const blank = await callOrThrow('invoices.blank', { clientUid: uid }).catch(() => null);
        const follow = (now: OrderContent): OrderContent => {
          const hasPrices = now.lines.some((line) => line.unitPrice !== 0);
          const follows = blank !== null && !hasPrices;
          return { ...now, clientUid: uid, ...(follows ? { currency: blank.currency } : {}) };
        };
        // At once: who waited for the choice goes on with what it made.
        flushSync(() => apply(follow, null));
      }),
    [apply, choices],
  );
  const { saver } = saving;
  const flush = useCallback(async () => {
    await choices.settled();
    return saver.flush();
  }, [choices, saver]);
  const changes = { patch, changeLines, chooseClient, onLookUp: choices.track };
  return { history, content, sent, totals, saving, ...changes, flush };
}
