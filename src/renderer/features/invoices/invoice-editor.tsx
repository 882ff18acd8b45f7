import { Button, Textarea } from '@mantine/core';
import { IconCopy, IconDownload, IconEye, IconEyeOff, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { InvoiceUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import type { Issue } from '../../../shared/domain/result';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import { showError } from '../../ui/toasts';
import { ClientDialog } from '../clients/client-dialog';
import { editorErrors, goToError, NO_EDITOR_ERRORS } from '../documents/editor-errors';
import { focusFirstEmptyField } from '../documents/first-empty-field';
import { ErrorList } from '../documents/error-list';
import { LineGrid } from '../documents/line-grid';
import { PreviewPane } from '../documents/preview-pane';
import { SaveMark } from '../documents/save-mark';
import { TotalsPanel } from '../documents/totals-panel';
import { usePreview } from '../documents/use-preview';
import type { TaxChoice } from '../documents/use-tax-codes';
import { clientTaxOf } from '../documents/use-tax-codes';
import type { FinaliseRequest } from './finalise-dialog';
import { FinaliseDialog } from './finalise-dialog';
import classes from '../documents/editor-layout.module.css';
import { InvoiceFields } from './invoice-fields';
import { MoreFields } from './more-fields';
import { useInvoiceActions } from './use-invoice-actions';
import { useInvoiceEditor } from './use-invoice-editor';
import { usePdfActions } from './use-pdf-actions';
import { usePreviewShown } from './use-preview-shown';

interface InvoiceEditorProps {
  readonly initial: DocumentContent;
  /** Null for a new invoice: it exists only once something is written. */
  readonly view: InvoiceView | null;
  readonly taxes: TaxChoice;
  readonly onCreated: (uid: InvoiceUid) => void;
  readonly onFinalised: (invoice: Invoice) => void;
}

/** Writes an invoice or credit note: fields, lines and totals, beside the PDF that comes of them. */
export function InvoiceEditor(props: InvoiceEditorProps) {
  const { view, taxes, onCreated } = props;
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const clientInput = useRef<HTMLInputElement>(null);
  const editing = useInvoiceEditor(props.initial, view?.invoice ?? null, taxes);
  const { content, sent, totals, saving, history } = editing;
  const uid = saving.kept?.uid ?? null;
  const kind = view?.invoice.kind ?? 'invoice';
  const isCreditNote = kind === 'credit_note';
  const client = useClient(content.clientUid);
  const finalising = useFinalising(editing, kind);
  const errors = finalising.errors;
  const shown = usePreviewShown();
  const preview = usePreview(sent, uid, shown.isShown);
  const [newClient, setNewClient] = useState<string | null>(null);

  const told = useRef(view !== null);
  useEffect(() => {
    if (uid === null || told.current) return;
    told.current = true;
    onCreated(uid);
  }, [uid, onCreated]);
  const [hasClient] = useState(props.initial.clientUid !== null);
  useEffect(() => focusFirstEmptyField(root.current, hasClient), [hasClient]);

  const title = isCreditNote
    ? t('invoices.draftOf.credit_note', { number: view?.corrects?.number ?? '' })
    : client?.name !== undefined
      ? t('invoices.draftOf.invoice', { client: client.name })
      : t('invoices.new');

  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.ctrlKey || event.metaKey;
    if (!isMod || event.altKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key === 'z') {
      event.preventDefault();
      if (event.shiftKey) history.redo();
      else history.undo();
    } else if (key === 'y') {
      event.preventDefault();
      history.redo();
    } else if (key === 's') {
      event.preventDefault();
      void saving.saver.flush();
    }
  };

  const fields = {
    content,
    patch: editing.patch,
    errors: errors.fields,
    isCreditNote,
    onClient: editing.chooseClient,
    onCreateClient: setNewClient,
    clientRef: clientInput,
  };
  return (
    <>
      <PageHeader
        parent={{ label: t('nav.invoices'), to: '/invoices' }}
        title={title}
        beside={
          <>
            <InvoiceStatusBadge status="draft" />
            <SaveMark state={saving.state} isKept={uid !== null} />
          </>
        }
        secondary={
          <Button
            variant="default"
            aria-pressed={shown.isShown}
            leftSection={
              shown.isShown ? (
                <IconEyeOff size={15} stroke={1.7} />
              ) : (
                <IconEye size={15} stroke={1.7} />
              )
            }
            onClick={shown.toggle}
          >
            {t('document.preview')}
          </Button>
        }
        menu={useDraftMenu(uid, kind, client?.name ?? null, () => saving.saver.flush())}
        primary={
          <Button
            loading={finalising.isChecking}
            onClick={() => void finalising.start(root.current)}
          >
            {t('invoices.finalise.action')}
          </Button>
        }
      />
      <div className={classes['body']} data-preview={shown.isShown || undefined}>
        <div
          ref={root}
          className={classes['form']}
          onKeyDown={onKeyDown}
          onBlur={history.endStep}
          data-testid="invoice-editor"
        >
          <div className={classes['column']}>
            <ErrorList
              title={t(finalising.isRefused ? 'form.notSaved' : 'invoices.finalise.blocked')}
              errors={errors.list}
              onGoTo={(place) => goToError(root.current, place)}
            />
            <div className={classes['head']}>
              <InvoiceFields {...fields} />
              <MoreFields {...fields} />
            </div>
            <LineGrid
              lines={content.lines}
              onChange={editing.changeLines}
              onUndo={history.undo}
              currency={content.currency}
              totals={totals}
              taxCodes={taxes.codes}
              defaultTax={clientTaxOf(client?.taxCodeUid, taxes) ?? taxes.usual}
              clientTax={clientTaxOf(client?.taxCodeUid, taxes)}
              errors={errors.lines}
              error={errors.fields['lines']}
            />
            <div className={classes['foot']}>
              <Textarea
                className={classes['notes'] ?? ''}
                label={t('field.notes')}
                description={t('document.notesHint')}
                maxLength={2_000}
                minRows={3}
                maxRows={10}
                value={content.notes}
                onChange={(event) => editing.patch({ notes: event.currentTarget.value }, 'notes')}
                error={errors.fields['notes']}
              />
              <div data-field="discount">
                <TotalsPanel
                  totals={totals}
                  currency={content.currency}
                  pricesIncludeTax={content.pricesIncludeTax}
                  discount={content.discount}
                  onDiscount={(discount) => editing.patch({ discount }, 'discount')}
                  discountError={errors.fields['discount']}
                  exchangeRate={content.exchangeRate}
                />
              </div>
            </div>
          </div>
        </div>
        {shown.isShown && (
          <aside className={classes['preview']} aria-label={t('document.preview')}>
            <PreviewPane preview={preview} />
          </aside>
        )}
      </div>
      <FinaliseDialog
        request={finalising.request}
        onClose={finalising.close}
        onFinalised={props.onFinalised}
      />
      <ClientDialog
        isOpen={newClient !== null}
        initialName={newClient ?? ''}
        onClose={() => setNewClient(null)}
        onSaved={(saved) => {
          setNewClient(null);
          void editing.chooseClient(saved.uid);
        }}
      />
    </>
  );
}

function useClient(uid: DocumentContent['clientUid']) {
  const { data } = useApiQuery('clients.get', { uid: uid ?? '' }, { enabled: uid !== null });
  return uid === null ? undefined : data;
}

/** Checks a draft, shows what blocks it beside the fields, and opens the dialog when nothing does. */
function useFinalising(
  editing: ReturnType<typeof useInvoiceEditor>,
  kind: FinaliseRequest['kind'],
) {
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
    () =>
      issues.length === 0
        ? NO_EDITOR_ERRORS
        : editorErrors(t, issues, sent.lines, sent.currency, formats, {
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
          }),
    [issues, t, sent.lines, sent.currency, formats],
  );

  const goToFirst = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const root = goToFirst.current;
    const first = errors.list.find((error) => error.place !== null)?.place;
    if (root === null || !first) return;
    goToFirst.current = null;
    goToError(root, first);
  }, [errors]);

  const start = async (root: HTMLElement | null): Promise<void> => {
    if (isChecking) return;
    setChecking(true);
    try {
      const isKept = await saving.saver.flush();
      const draft = saving.saver.kept();
      if (draft === null || !isKept) {
        goToFirst.current = root;
        setWatching(true);
        return;
      }
      const result = await bridge.call('invoices.checkFinalise', { uid: draft.uid });
      if (!result.ok) {
        describeError(t, result.error, formats).forEach(showError);
      } else if (result.value.blockers.length > 0) {
        goToFirst.current = root;
        setWatching(true);
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

/** What a draft lacks that does not even exist yet. */
function emptyDraftIssues(content: DocumentContent): readonly Issue[] {
  return [
    ...(content.clientUid === null ? [{ field: 'clientUid', code: 'required' }] : []),
    ...(content.lines.length === 0 ? [{ field: 'lines', code: 'required' }] : []),
  ];
}

/** The rare and the destructive: in the menu, naming what they are about. */
function useDraftMenu(
  uid: InvoiceUid | null,
  kind: Invoice['kind'],
  clientName: string | null,
  flush: () => Promise<boolean>,
): readonly Action[] {
  const { t } = useTranslation();
  const actions = useInvoiceActions();
  const pdf = usePdfActions(uid ?? ('' as InvoiceUid));
  if (uid === null) return [];
  return [
    {
      id: 'savePdf',
      label: t('document.savePdf'),
      icon: <IconDownload size={15} stroke={1.7} />,
      onRun: () => void flush().then(pdf.save),
    },
    ...(kind === 'invoice'
      ? [
          {
            id: 'duplicate',
            label: t('invoices.duplicate'),
            icon: <IconCopy size={15} stroke={1.7} />,
            onRun: () => void flush().then(() => actions.duplicate(uid)),
          },
        ]
      : []),
    {
      id: 'delete',
      label:
        clientName === null
          ? t('invoices.deleteDraft')
          : t('invoices.deleteDraftFor', { client: clientName }),
      icon: <IconTrash size={15} stroke={1.7} />,
      isDestructive: true,
      onRun: () => void flush().then(() => actions.deleteDraft(uid, clientName, true)),
    },
  ];
}
