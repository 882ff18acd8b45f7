import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentContent } from '../../../shared/domain/invoice';
import type { Issue } from '../../../shared/domain/result';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import type { Formats } from '../../ui/formats-context';
import { useFormats } from '../../ui/formats-context';
import { showError } from '../../ui/toasts';
import type { EditorErrors, ErrorPlace } from '../documents/editor-errors';
import { editorErrors, goToError, NO_EDITOR_ERRORS } from '../documents/editor-errors';
import type { FinaliseRequest } from './finalise-dialog';
import type { InvoiceEditing } from './use-invoice-editor';

/** Checks a draft, shows what blocks it beside the fields, and opens the dialog when nothing does. */
export function useFinalising(editing: InvoiceEditing, kind: FinaliseRequest['kind']) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { saving, sent } = editing;
  const [request, setRequest] = useState<FinaliseRequest | null>(null);
  const [isChecking, setChecking] = useState(false);
  /** Once something blocked, the fields are checked again after every save. */
  const [isWatching, setWatching] = useState(false);
  const uid = saving.kept?.uid ?? null;
  const check = useApiQuery(
    'invoices.checkFinalise',
    { uid: uid ?? '' },
    { enabled: isWatching && uid !== null, keepPrevious: true },
  );
  const refusal = saving.state.kind === 'refused' ? saving.state.issues : null;
  const issues = useMemo<readonly Issue[]>(() => {
    if (refusal) return refusal;
    if (!isWatching) return [];
    return uid === null ? emptyDraftIssues(sent) : (check.data?.blockers ?? []);
  }, [refusal, isWatching, uid, sent, check.data]);
  const errors = useMemo(
    () => (issues.length === 0 ? NO_EDITOR_ERRORS : sortOut(t, issues, sent, formats)),
    [issues, t, sent, formats],
  );

  // A field that is folded away gets the focus once its error has unfolded it.
  const [target, setTarget] = useState<{ root: HTMLElement | null; place: ErrorPlace } | null>(
    null,
  );
  useEffect(() => {
    if (target && goToError(target.root, target.place)) setTarget(null);
  }, [target, errors]);
  const block = (root: HTMLElement | null, blockers: readonly Issue[]): void => {
    setWatching(true);
    const { list } = sortOut(t, blockers, editing.current(), formats);
    const place = list.find((error) => error.place !== null)?.place;
    setTarget(place ? { root, place } : null);
  };

  const start = async (root: HTMLElement | null): Promise<void> => {
    if (isChecking) return;
    setChecking(true);
    try {
      const isKept = await editing.flush();
      const draft = saving.saver.kept();
      if (draft === null || !isKept) {
        block(root, draft === null ? emptyDraftIssues(editing.current()) : []);
        return;
      }
      const result = await bridge.call('invoices.checkFinalise', { uid: draft.uid });
      if (!result.ok) {
        describeError(t, result.error, formats).forEach(showError);
      } else if (result.value.blockers.length > 0) {
        block(root, result.value.blockers);
      } else {
        setWatching(false);
        setRequest({ draft, kind, preview: result.value });
      }
    } finally {
      setChecking(false);
    }
  };
  return {
    request,
    isChecking,
    errors,
    isRefused: refusal !== null,
    start,
    close: () => setRequest(null),
  };
}

function sortOut(
  t: TFunction,
  issues: readonly Issue[],
  sent: DocumentContent,
  formats: Formats,
): EditorErrors {
  return editorErrors(t, issues, sent.lines, sent.currency, formats, {
    clientUid: t('document.client'),
    issueDate: t('document.issueDate'),
    dueDate: t('document.dueDate'),
    terms: t('field.terms'),
    supply: t('document.supplyFrom'),
    buyerReference: t('document.buyerReference'),
    currency: t('field.currency'),
    exchangeRate: t('document.rate'),
    bankAccountUid: t('document.bankAccount'),
    paymentReference: t('document.paymentReference'),
    discount: t('document.documentDiscount'),
    notes: t('field.notes'),
    lines: t('document.lines'),
  });
}

/** What a draft lacks that does not even exist yet. */
function emptyDraftIssues(content: DocumentContent): readonly Issue[] {
  return [
    ...(content.clientUid === null ? [{ field: 'clientUid', code: 'required' }] : []),
    ...(content.lines.length === 0 ? [{ field: 'lines', code: 'required' }] : []),
  ];
}
