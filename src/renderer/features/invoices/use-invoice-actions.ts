import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError, showToast, showUndo } from '../../ui/toasts';

export interface InvoiceActions {
  readonly duplicate: (uid: InvoiceUid) => Promise<void>;
  /** With undo. From the draft's own page, the list is shown afterwards. */
  readonly deleteDraft: (
    uid: InvoiceUid,
    clientName: string | null,
    isOwnPage?: boolean,
  ) => Promise<void>;
  readonly deleteDrafts: (uids: readonly InvoiceUid[]) => Promise<void>;
  readonly markAsPaid: (uids: readonly InvoiceUid[]) => Promise<void>;
}

/** What can be done with invoices from lists and pages alike. */
export function useInvoiceActions(): InvoiceActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const tell = (error: ApiError): void => describeError(t, error, formats).forEach(showError);

  const restore = async (uids: readonly InvoiceUid[]): Promise<void> => {
    for (const uid of uids) {
      const result = await bridge.call('invoices.restoreDraft', { uid });
      if (!result.ok) return tell(result.error);
    }
  };

  const removeAll = async (uids: readonly InvoiceUid[]): Promise<readonly InvoiceUid[]> => {
    const removed: InvoiceUid[] = [];
    for (const uid of uids) {
      const result = await bridge.call('invoices.deleteDraft', { uid });
      if (result.ok) removed.push(uid);
      else tell(result.error);
    }
    return removed;
  };

  return {
    duplicate: async (uid) => {
      const result = await bridge.call('invoices.duplicate', { uid });
      if (!result.ok) return tell(result.error);
      await navigate(`/invoices/${result.value.uid}`);
    },
    deleteDraft: async (uid, clientName, isOwnPage) => {
      const removed = await removeAll([uid]);
      if (removed.length === 0) return;
      if (isOwnPage) await navigate('/invoices');
      showUndo({
        message:
          clientName === null
            ? t('invoices.draftDeleted')
            : t('invoices.draftForDeleted', { client: clientName }),
        undoLabel: t('action.undo'),
        onUndo: () => void restore(removed),
      });
    },
    deleteDrafts: async (uids) => {
      const removed = await removeAll(uids);
      if (removed.length === 0) return;
      showUndo({
        message: t('invoices.draftsDeleted', { count: removed.length }),
        undoLabel: t('action.undo'),
        onUndo: () => void restore(removed),
      });
    },
    markAsPaid: async (uids) => {
      const payments: { readonly uid: Parameters<typeof reverse>[0][number] }[] = [];
      for (const invoiceUid of uids) {
        const result = await bridge.call('payments.markAsPaid', {
          invoiceUid,
          method: 'bank_transfer',
        });
        if (result.ok) payments.push(result.value);
        else tell(result.error);
      }
      if (payments.length === 0) return;
      showUndo({
        message: t('invoices.markedAsPaid', { count: payments.length }),
        undoLabel: t('action.undo'),
        onUndo: () => void reverse(payments.map((payment) => payment.uid)),
      });
    },
  };

  async function reverse(
    uids: readonly Parameters<typeof bridge.call<'payments.reverse'>>[1]['uid'][],
  ): Promise<void> {
    for (const uid of uids) {
      const result = await bridge.call('payments.reverse', { uid });
      if (!result.ok) return tell(result.error);
    }
    showToast(t('invoices.paymentReversed', { count: uids.length }));
  }
}
