import {
  IconCash,
  IconCopy,
  IconDownload,
  IconReceiptRefund,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { showError } from '../../ui/toasts';
import { savePdf } from '../documents/pdf-actions';
import { useInvoiceActions } from './use-invoice-actions';

const ICON = { size: 15, stroke: 1.7 } as const;

function canBePaid(row: InvoiceRow): boolean {
  return row.kind === 'invoice' && row.number !== null && row.balance > 0;
}

/** The menu of one row. */
export function useInvoiceRowActions(): (row: InvoiceRow) => readonly Action[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const actions = useInvoiceActions();
  const save = async (row: InvoiceRow): Promise<void> => {
    const result = await savePdf(row.uid);
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
  };
  return (row) => [
    {
      id: 'open',
      label: t('action.open'),
      shortcut: 'Enter',
      onRun: () => void navigate(`/invoices/${row.uid}`),
    },
    {
      id: 'savePdf',
      label: t('document.savePdf'),
      icon: <IconDownload {...ICON} />,
      onRun: () => void save(row),
    },
    ...(canBePaid(row)
      ? [
          {
            id: 'markAsPaid',
            label: t('invoices.markAsPaid'),
            icon: <IconCash {...ICON} />,
            onRun: () => void actions.markAsPaid([row.uid]),
          },
        ]
      : []),
    ...(row.kind === 'invoice' && row.number !== null && row.status !== 'credited'
      ? [
          {
            id: 'credit',
            label: t('invoices.creditMenu'),
            icon: <IconReceiptRefund {...ICON} />,
            onRun: () => void navigate(`/invoices/${row.uid}?credit`),
          },
        ]
      : []),
    ...(row.kind === 'invoice'
      ? [
          {
            id: 'duplicate',
            label: t('invoices.duplicate'),
            icon: <IconCopy {...ICON} />,
            onRun: () => void actions.duplicate(row.uid),
          },
        ]
      : []),
    ...(row.number === null
      ? [
          {
            id: 'delete',
            label:
              row.clientName === ''
                ? t('invoices.deleteDraft')
                : t('invoices.deleteDraftFor', { client: row.clientName }),
            icon: <IconTrash {...ICON} />,
            isDestructive: true,
            onRun: () => void actions.deleteDraft(row.uid, row.clientName || null),
          },
        ]
      : []),
  ];
}

/** What can be done with all selected rows at once. */
export function useInvoiceSelectionActions(
  selected: readonly InvoiceRow[],
  onDone: () => void,
): readonly Action[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const actions = useInvoiceActions();
  const payable = selected.filter(canBePaid);
  const drafts = selected.filter((row) => row.number === null);
  const saveAll = async (): Promise<void> => {
    for (const row of selected) {
      const result = await savePdf(row.uid);
      if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
      if (result.value === 'cancelled') return;
    }
  };
  return [
    {
      id: 'savePdfs',
      label: t('invoices.savePdfs'),
      icon: <IconDownload {...ICON} />,
      onRun: () => void saveAll(),
    },
    ...(payable.length > 0
      ? [
          {
            id: 'markAsPaid',
            label: t('invoices.markSelectedAsPaid', { count: payable.length }),
            icon: <IconCash {...ICON} />,
            onRun: () => void actions.markAsPaid(payable.map((row) => row.uid)).then(onDone),
          },
        ]
      : []),
    ...(drafts.length > 0
      ? [
          {
            id: 'deleteDrafts',
            label: t('invoices.deleteDrafts', { count: drafts.length }),
            icon: <IconTrash {...ICON} />,
            isDestructive: true,
            onRun: () => void actions.deleteDrafts(drafts.map((row) => row.uid)).then(onDone),
          },
        ]
      : []),
  ];
}
