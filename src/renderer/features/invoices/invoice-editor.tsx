import { Button, Textarea } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { InvoiceUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import { ClientDialog } from '../clients/client-dialog';
import { RecordNotes } from '../cloud/record-notes';
import { goToError } from '../documents/editor-errors';
import { focusFirstEmptyField } from '../documents/first-empty-field';
import { ErrorList } from '../documents/error-list';
import { LineGrid } from '../documents/line-grid';
import { PreviewPane } from '../documents/preview-pane';
import { SaveMark } from '../documents/save-mark';
import { TotalsPanel } from '../documents/totals-panel';
import { usePreview } from '../documents/use-preview';
import type { TaxChoice } from '../documents/use-tax-codes';
import { clientTaxOf } from '../documents/use-tax-codes';
import { FinaliseDialog } from './finalise-dialog';
import classes from '../documents/editor-layout.module.css';
import { InvoiceFields } from './invoice-fields';
import { MoreFields } from './more-fields';
import { useDraftMenu } from './use-draft-menu';
import { useFinalising } from './use-finalising';
import { useInvoiceEditor } from './use-invoice-editor';
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
      void editing.flush();
    }
  };

  const fields = {
    content,
    patch: editing.patch,
    errors: errors.fields,
    isCreditNote,
    onClient: editing.chooseClient,
    onCreateClient: setNewClient,
    onLookUp: editing.onLookUp,
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
        menu={useDraftMenu(uid, kind, client?.name ?? null, editing.flush)}
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
              onGoTo={(place) => void goToError(root.current, place)}
            />
            <RecordNotes uid={uid ?? undefined} />
            <div className={classes['head']}>
              <InvoiceFields {...fields} />
              <MoreFields {...fields} />
            </div>
            <LineGrid
              lines={content.lines}
              onChange={editing.changeLines}
              onLookUp={editing.onLookUp}
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
          editing.chooseClient(saved.uid);
        }}
      />
    </>
  );
}

function useClient(uid: DocumentContent['clientUid']) {
  const { data } = useApiQuery('clients.get', { uid: uid ?? '' }, { enabled: uid !== null });
  return uid === null ? undefined : data;
}
