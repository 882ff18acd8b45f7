import { IconCopy, IconDownload, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { InvoiceUid } from '../../../shared/domain/ids';
import type { InvoiceKind } from '../../../shared/domain/invoice';
import type { Action } from '../../ui/action';
import { useInvoiceActions } from './use-invoice-actions';
import { usePdfActions } from './use-pdf-actions';

/** The rare and the destructive: in the menu, naming what they are about. */
export function useDraftMenu(
  uid: InvoiceUid | null,
  kind: InvoiceKind,
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
