import { Button, Textarea } from '@mantine/core';
import { IconFileInvoice, IconListNumbers } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { OrderUid } from '../../../shared/domain/ids';
import type { Order, OrderContent } from '../../../shared/domain/order';
import { useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import { OrderStatusBadge } from '../../ui/status/document-status';
import { showError } from '../../ui/toasts';
import { ClientDialog } from '../clients/client-dialog';
import { RecordNotes } from '../cloud/record-notes';
import { editorErrors, goToError, NO_EDITOR_ERRORS } from '../documents/editor-errors';
import { ErrorList } from '../documents/error-list';
import { LineGrid } from '../documents/line-grid';
import { SaveMark } from '../documents/save-mark';
import { TotalsPanel } from '../documents/totals-panel';
import { focusFirstEmptyField } from '../documents/first-empty-field';
import type { TaxChoice } from '../documents/use-tax-codes';
import { clientTaxOf } from '../documents/use-tax-codes';
import editor from '../documents/editor-layout.module.css';
import { CreateInvoiceDialog } from './create-invoice-dialog';
import { OrderDocuments } from './order-documents';
import { OrderFields } from './order-fields';
import { OrderProgress } from './order-progress';
import { useOrderActions, useOrderStatusMenu } from './use-order-actions';
import { useOrderEditor } from './use-order-editor';

interface OrderEditorProps {
  readonly initial: OrderContent;
  /** Null for a new order: it exists, with its number, once something is written. */
  readonly order: Order | null;
  /** What became of the order; null until it is read. */
  readonly view: MethodOutput<'orders.get'> | null;
  readonly taxes: TaxChoice;
  readonly onCreated: (uid: OrderUid) => void;
}

/** Writes an order and shows how far each of its lines is invoiced. */
export function OrderEditor(props: OrderEditorProps) {
  const { view, taxes, onCreated } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const root = useRef<HTMLDivElement>(null);
  const clientInput = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState(props.order);
  const editing = useOrderEditor(props.initial, props.order, taxes, setKept);
  const { content, sent, totals, saving, history } = editing;
  const actions = useOrderActions();
  const statusMenu = useOrderStatusMenu();
  const [newClient, setNewClient] = useState<string | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const order = view?.order ?? kept;
  const uid = saving.kept?.uid ?? null;
  const status = order?.status ?? 'pending';
  const isLocked = status === 'cancelled';

  const told = useRef(props.order !== null);
  useEffect(() => {
    if (uid === null || told.current) return;
    told.current = true;
    onCreated(uid);
  }, [uid, onCreated]);
  const [hasClient] = useState(props.initial.clientUid !== null);
  useEffect(() => focusFirstEmptyField(root.current, hasClient), [hasClient]);

  const client = useApiQuery(
    'clients.get',
    { uid: content.clientUid ?? '' },
    { enabled: content.clientUid !== null },
  ).data;
  const clientTax = clientTaxOf(content.clientUid === null ? null : client?.taxCodeUid, taxes);
  const refusal = saving.state.kind === 'refused' ? saving.state.issues : null;
  const errors = useMemo(
    () =>
      refusal === null
        ? NO_EDITOR_ERRORS
        : editorErrors(t, refusal, sent.lines, sent.currency, formats, {
            clientUid: t('document.client'),
            orderDate: t('document.orderDate'),
            buyerReference: t('document.buyerReference'),
            discount: t('document.documentDiscount'),
          }),
    [refusal, t, sent.lines, sent.currency, formats],
  );
  const notes = useMemo(
    () =>
      new Map(
        view?.progress.map((progress) => [
          progress.lineUid,
          <OrderProgress key={progress.lineUid} progress={progress} />,
        ]),
      ),
    [view?.progress],
  );

  const createInvoice = async (): Promise<void> => {
    if (isCreating) return;
    setCreating(true);
    try {
      const isKept = await editing.flush();
      const draft = saving.saver.kept();
      if (draft === null || !isKept) return clientInput.current?.focus();
      const error = await actions.createInvoice({ uid: draft.uid });
      if (error) describeError(t, error, formats).forEach(showError);
    } finally {
      setCreating(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.ctrlKey || event.metaKey;
    if (!isMod || event.altKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key === 'z' || key === 'y') {
      event.preventDefault();
      if (key === 'y' || event.shiftKey) history.redo();
      else history.undo();
    } else if (key === 's') {
      event.preventDefault();
      void editing.flush();
    }
  };

  const menu: readonly Action[] =
    order === null || uid === null
      ? []
      : [
          ...(isLocked
            ? []
            : [
                {
                  id: 'createInvoiceOf',
                  label: t('orders.createInvoiceOf'),
                  icon: <IconListNumbers size={15} stroke={1.7} />,
                  onRun: () => void editing.flush().then(() => setChoosing(true)),
                },
              ]),
          ...statusMenu({ uid, number: order.number, status }, true),
        ];
  return (
    <>
      <PageHeader
        parent={{ label: t('nav.orders'), to: '/orders' }}
        title={order === null ? t('orders.new') : t('orders.title', { number: order.number })}
        beside={
          <>
            {order !== null && <OrderStatusBadge status={status} />}
            <SaveMark state={saving.state} isKept={uid !== null} />
          </>
        }
        menu={menu}
        primary={
          isLocked ? null : (
            <Button
              leftSection={<IconFileInvoice size={15} stroke={1.7} />}
              loading={isCreating}
              onClick={() => void createInvoice()}
            >
              {t('orders.createInvoice')}
            </Button>
          )
        }
      />
      <div className={editor['body']}>
        <div
          ref={root}
          className={editor['form']}
          onKeyDown={onKeyDown}
          onBlur={history.endStep}
          data-testid="order-editor"
        >
          <div className={editor['column']}>
            <ErrorList
              title={t('form.notSaved')}
              errors={errors.list}
              onGoTo={(place) => void goToError(root.current, place)}
            />
            <RecordNotes uid={uid ?? undefined} />
            {isLocked && <p className={editor['note']}>{t('orders.locked')}</p>}
            <OrderFields
              content={content}
              patch={editing.patch}
              errors={errors.fields}
              isReadOnly={isLocked}
              onClient={editing.chooseClient}
              onLookUp={editing.onLookUp}
              onCreateClient={setNewClient}
              clientRef={clientInput}
            />
            <LineGrid
              lines={content.lines}
              onChange={editing.changeLines}
              onLookUp={editing.onLookUp}
              onUndo={history.undo}
              currency={content.currency}
              totals={totals}
              taxCodes={taxes.codes}
              defaultTax={clientTax ?? taxes.usual}
              clientTax={clientTax}
              errors={errors.lines}
              notes={notes}
              isReadOnly={isLocked}
            />
            <div className={editor['foot']}>
              <Textarea
                className={editor['notes'] ?? ''}
                label={t('field.notes')}
                maxLength={2_000}
                minRows={3}
                maxRows={10}
                readOnly={isLocked}
                value={content.notes}
                onChange={(event) => editing.patch({ notes: event.currentTarget.value }, 'notes')}
              />
              <div data-field="discount">
                <TotalsPanel
                  totals={totals}
                  currency={content.currency}
                  pricesIncludeTax={content.pricesIncludeTax}
                  discount={content.discount}
                  onDiscount={(discount) => editing.patch({ discount }, 'discount')}
                  discountError={errors.fields['discount']}
                  isReadOnly={isLocked}
                />
              </div>
            </div>
          </div>
        </div>
        {view && <OrderDocuments view={view} />}
      </div>
      {view && (
        <CreateInvoiceDialog view={view} isOpen={isChoosing} onClose={() => setChoosing(false)} />
      )}
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
