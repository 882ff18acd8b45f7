import { useCallback, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';

import type { ClientUid, InvoiceUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { documentContent } from '../../../shared/domain/invoice';
import type { LineItem } from '../../../shared/domain/line-item';
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
import { clientTaxOf } from '../documents/use-tax-codes';
import type { ClientDefaults } from './client-defaults';
import { followClient } from './client-defaults';

const store: DraftStore<DocumentContent, InvoiceUid> = {
  create: async (content) =>
    keptOf(await bridge.call('invoices.createDraft', { content }), content),
  update: async (uid, content, base) =>
    keptOf(await bridge.call('invoices.updateDraft', { uid, content, base }), content),
};

function keptOf(
  result: Awaited<ReturnType<typeof bridge.call<'invoices.createDraft'>>>,
  sent: DocumentContent,
) {
  if (!result.ok) return result;
  const { uid, updatedAt, content } = result.value;
  const isUnseen = !isSameValue(read(sent), content);
  return ok({ uid, updatedAt, isUnseen });
}

/** As the core reads it: trimmed, and with what was left out. */
function read(content: DocumentContent): DocumentContent {
  return documentContent.parse(content);
}

export interface InvoiceEditing {
  readonly history: ContentHistory<DocumentContent>;
  readonly content: DocumentContent;
  /** What is kept and printed: the content without blank lines. */
  readonly sent: DocumentContent;
  readonly totals: Totals;
  readonly saving: DraftSaving<DocumentContent, InvoiceUid>;
  readonly patch: (patch: Partial<DocumentContent>, topic: string) => void;
  readonly changeLines: (
    make: (lines: readonly LineItem[]) => readonly LineItem[],
    topic: string | null,
  ) => void;
  readonly chooseClient: (uid: ClientUid) => void;
  /** Takes up a choice that is still being looked up; finalising and saving wait for it. */
  readonly onLookUp: (choice: Promise<void>) => void;
  /** Saves everything, once what was chosen stands in it. Answers whether everything is kept. */
  readonly flush: () => Promise<boolean>;
  /** What is kept and printed, as it stands now. */
  readonly current: () => DocumentContent;
}

/** One draft while it is edited: its content with steps back, its amounts, and that it is kept. */
export function useInvoiceEditor(
  initial: DocumentContent,
  draft: Invoice | null,
  taxes: TaxChoice,
): InvoiceEditing {
  const [start] = useState(() => withTypingLine(initial, taxes));
  const history = useHistory(start);
  const { content } = history;
  const sent = useMemo(() => keptContent(content), [content]);
  const totals = useMemo(() => computeTotals(sent), [sent]);
  const [first] = useState(sent);
  const saving = useDraftSaver({
    store,
    initial: first,
    kept: draft === null ? null : { uid: draft.uid, updatedAt: draft.updatedAt },
    content: sent,
  });
  const invoice = useApiQuery(
    'invoices.get',
    { uid: saving.kept?.uid ?? '' },
    { enabled: saving.kept !== null },
  ).data?.invoice;
  const toShown = useCallback((shown: DocumentContent) => withTypingLine(shown, taxes), [taxes]);
  useChangesElsewhere({
    history,
    saving,
    stored: invoice?.finalisedAt === null ? invoice : undefined,
    read,
    toShown,
  });
  const { apply, current: shown } = useLateChanges(history, saving.saver, keptContent);
  useRefusedDraft({ uid: draft?.uid ?? null, apply, saving });
  const choices = usePendingChoices();
  const patch = useCallback<InvoiceEditing['patch']>(
    (change, topic) => apply((now) => ({ ...now, ...change }), topic),
    [apply],
  );
  const changeLines = useCallback<InvoiceEditing['changeLines']>(
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
        const defaults = await Promise.all([
          defaultsFor(shown().clientUid, taxes),
          defaultsFor(uid, taxes),
        ]).catch(() => null);
        // At once: who waited for the choice goes on with what it made.
        flushSync(() =>
          apply(
            (now) => (defaults ? followClient(now, ...defaults) : { ...now, clientUid: uid }),
            null,
          ),
        );
      }),
    [apply, choices, shown, taxes],
  );
  const { saver } = saving;
  const flush = useCallback(async () => {
    await choices.settled();
    return saver.flush();
  }, [choices, saver]);
  const current = useCallback(() => keptContent(shown()), [shown]);
  const onLookUp = choices.track;
  const changes = { patch, changeLines, chooseClient, onLookUp };
  return { history, content, sent, totals, saving, ...changes, flush, current };
}

/** Content with a line to type into; it is kept only once something stands on it. */
export function withTypingLine(content: DocumentContent, taxes: TaxChoice): DocumentContent {
  return content.lines.length > 0 ? content : { ...content, lines: [blankLine(taxes.usual)] };
}

async function defaultsFor(uid: ClientUid | null, taxes: TaxChoice): Promise<ClientDefaults> {
  if (uid === null) return { content: await callOrThrow('invoices.blank', {}), tax: taxes.usual };
  const [content, client] = await Promise.all([
    callOrThrow('invoices.blank', { clientUid: uid }),
    callOrThrow('clients.get', { uid }),
  ]);
  return { content, tax: clientTaxOf(client.taxCodeUid, taxes) ?? taxes.usual };
}
