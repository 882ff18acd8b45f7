import { Button } from '@mantine/core';
import {
  IconCash,
  IconCopy,
  IconDownload,
  IconMail,
  IconPrinter,
  IconReceiptRefund,
  IconSend,
} from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import { useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import { bytesFromBase64 } from '../documents/pdf-bytes';
import { CreditDialog } from './credit-dialog';
import { RecordNotes } from '../cloud/record-notes';
import { InvoiceFacts } from './invoice-facts';
import classes from './issued-invoice.module.css';
import { PaymentDialog } from './payment-dialog';
import { SendDialog } from './send-dialog';
import { useHasAccount } from './use-has-account';
import { useInvoiceActions } from './use-invoice-actions';
import { usePdfActions } from './use-pdf-actions';

const PdfView = lazy(() => import('../../ui/pdf-view').then((m) => ({ default: m.PdfView })));
const ICON = { size: 15, stroke: 1.7 } as const;

interface IssuedInvoiceProps {
  readonly view: InvoiceView;
  /** While the dialog after finalising offers the same, the page's own buttons wait. */
  readonly hasDialog: boolean;
}

/** An issued invoice or credit note: what was printed, and what happened to it since. */
export function IssuedInvoice({ view, hasDialog }: IssuedInvoiceProps) {
  const { t } = useTranslation();
  const { invoice } = view;
  const pdf = usePdfActions(invoice.uid);
  const actions = useInvoiceActions();
  const [params, setParams] = useSearchParams();
  const [isPaying, setPaying] = useState(false);
  const [isSending, setSending] = useState(false);
  const canSend = useHasAccount() && !invoice.isImported;
  const isInvoice = invoice.kind === 'invoice';
  const isOpen = isInvoice && view.balance > 0;
  const canCredit = isInvoice && view.creditable.some((line) => line.quantity > 0);
  const isCrediting = params.has('credit') && canCredit;
  const setCrediting = (shown: boolean): void =>
    setParams(shown ? { credit: '' } : {}, { replace: true });
  const title = `${t(`document.kind.${invoice.kind}`)} ${invoice.number ?? ''}`;

  const savePdf = (
    <Button
      variant={isOpen ? 'default' : 'filled'}
      leftSection={<IconDownload {...ICON} />}
      loading={pdf.isRunning}
      onClick={() => void pdf.save()}
    >
      {t('document.savePdf')}
    </Button>
  );
  const menu: readonly Action[] = [
    ...(isOpen && canSend
      ? [
          {
            id: 'save',
            label: t('document.savePdf'),
            icon: <IconDownload {...ICON} />,
            onRun: () => void pdf.save(),
          },
        ]
      : []),
    ...(isInvoice
      ? [
          {
            id: 'payment',
            label: t('invoices.recordPayment'),
            icon: <IconCash {...ICON} />,
            onRun: () => setPaying(true),
          },
        ]
      : []),
    {
      id: 'print',
      label: t('action.print'),
      icon: <IconPrinter {...ICON} />,
      onRun: () => void pdf.print(),
    },
    {
      id: 'mail',
      label: t('document.savePdfAndMail'),
      icon: <IconMail {...ICON} />,
      onRun: () => void pdf.saveAndMail(),
    },
    ...(isInvoice
      ? [
          {
            id: 'duplicate',
            label: t('invoices.duplicate'),
            icon: <IconCopy {...ICON} />,
            onRun: () => void actions.duplicate(invoice.uid),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        parent={{ label: t('nav.invoices'), to: '/invoices' }}
        title={title}
        beside={<InvoiceStatusBadge status={view.status} />}
        secondary={
          hasDialog ? null : (
            <>
              {canCredit && (
                <Button
                  variant="default"
                  leftSection={<IconReceiptRefund {...ICON} />}
                  onClick={() => setCrediting(true)}
                >
                  {t('invoices.credit.action')}
                </Button>
              )}
              {isOpen && !canSend && savePdf}
              {canSend && (
                <Button
                  variant="default"
                  leftSection={<IconSend {...ICON} />}
                  onClick={() => setSending(true)}
                >
                  {t('send.action')}
                </Button>
              )}
            </>
          )
        }
        menu={menu}
        primary={
          hasDialog ? null : isOpen ? (
            <Button
              leftSection={<IconCash {...ICON} />}
              onClick={() => void actions.markAsPaid([invoice.uid])}
            >
              {t('invoices.markAsPaid')}
            </Button>
          ) : (
            savePdf
          )
        }
      />
      <div className={classes['body']}>
        <div className={classes['paper']}>
          <StoredPdf view={view} label={title} />
        </div>
        <aside className={classes['facts']} aria-label={t('invoices.facts')}>
          <div className={classes['notes']}>
            <RecordNotes uid={invoice.uid} />
          </div>
          <InvoiceFacts view={view} onRecordPayment={() => setPaying(true)} />
        </aside>
      </div>
      <SendDialog
        invoice={invoice}
        send={null}
        isOpen={isSending}
        onClose={() => setSending(false)}
      />
      <PaymentDialog view={view} isOpen={isPaying} onClose={() => setPaying(false)} />
      <CreditDialog view={view} isOpen={isCrediting} onClose={() => setCrediting(false)} />
    </>
  );
}

/** The very bytes that were stored when the document was issued. */
function StoredPdf({ view, label }: { readonly view: InvoiceView; readonly label: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error, isFetching } = useApiQuery('invoices.pdf', { uid: view.invoice.uid });
  const [pdf, setPdf] = useState<Uint8Array | null>(null);
  const base64 = data?.pdf;
  useEffect(() => setPdf(base64 === undefined ? null : bytesFromBase64(base64)), [base64]);
  if (error !== null) {
    const why = view.invoice.isImported
      ? [t('invoices.noPdfImported')]
      : [t('invoices.noPdf'), ...describeError(t, error.error, formats)];
    return <p className={classes['none']}>{why.join(' ')}</p>;
  }
  return (
    <Suspense fallback={null}>
      <PdfView pdf={pdf} label={label} isBusy={isFetching} />
    </Suspense>
  );
}
