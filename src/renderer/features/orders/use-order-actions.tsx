import {
  IconCircleX,
  IconFileInvoice,
  IconPlayerPlay,
  IconRotate,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { MethodInput } from '../../../shared/contracts/app-api';
import type { OrderRow } from '../../../shared/contracts/app-api/orders';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { OrderUid } from '../../../shared/domain/ids';
import type { OrderStatus } from '../../../shared/domain/order';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { showError, showUndo } from '../../ui/toasts';

const ICON = { size: 15, stroke: 1.7 } as const;

export interface OrderActions {
  readonly setStatus: (uid: OrderUid, status: OrderStatus) => Promise<void>;
  /** With undo. From the order's own page, the list is shown afterwards. */
  readonly remove: (uid: OrderUid, number: string, isOwnPage?: boolean) => Promise<void>;
  readonly removeAll: (uids: readonly OrderUid[]) => Promise<void>;
  /** Drafts an invoice and opens it; answers why not. */
  readonly createInvoice: (input: MethodInput<'orders.createInvoice'>) => Promise<ApiError | null>;
}

/** What can be done with orders from lists and pages alike. */
export function useOrderActions(): OrderActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const tell = (error: ApiError): void => describeError(t, error, formats).forEach(showError);
  const restoreAll = async (uids: readonly OrderUid[]): Promise<void> => {
    for (const uid of uids) {
      const result = await bridge.call('orders.restore', { uid });
      if (!result.ok) return tell(result.error);
    }
  };
  return {
    setStatus: async (uid, status) => {
      const result = await bridge.call('orders.setStatus', { uid, status });
      if (!result.ok) tell(result.error);
    },
    remove: async (uid, number, isOwnPage) => {
      const result = await bridge.call('orders.delete', { uid });
      if (!result.ok) return tell(result.error);
      if (isOwnPage) await navigate('/orders');
      showUndo({
        message: t('orders.deleted', { number }),
        undoLabel: t('action.undo'),
        onUndo: () => void restoreAll([uid]),
      });
    },
    removeAll: async (uids) => {
      const removed: OrderUid[] = [];
      for (const uid of uids) {
        const result = await bridge.call('orders.delete', { uid });
        if (result.ok) removed.push(uid);
        else tell(result.error);
      }
      if (removed.length === 0) return;
      showUndo({
        message: t('orders.deletedMany', { count: removed.length }),
        undoLabel: t('action.undo'),
        onUndo: () => void restoreAll(removed),
      });
    },
    createInvoice: async (input) => {
      const result = await bridge.call('orders.createInvoice', input);
      if (!result.ok) return result.error;
      await navigate(`/invoices/${result.value.uid}`);
      return null;
    },
  };
}

interface OrderInMenu {
  readonly uid: OrderUid;
  readonly number: string;
  readonly status: OrderStatus;
}

/** Where an order can go from its status, and deleting it. */
export function useOrderStatusMenu(): (order: OrderInMenu, isOwnPage?: boolean) => Action[] {
  const { t } = useTranslation();
  const actions = useOrderActions();
  return ({ uid, number, status }, isOwnPage = false) => {
    const to = (next: OrderStatus) => (): void => void actions.setStatus(uid, next);
    const reopen = { id: 'reopen', label: t('orders.reopen'), icon: <IconRotate {...ICON} /> };
    const cancel = {
      id: 'cancel',
      label: t('orders.cancel', { number }),
      icon: <IconCircleX {...ICON} />,
      isDestructive: true,
      onRun: to('cancelled'),
    };
    const start = {
      id: 'start',
      label: t('orders.start'),
      icon: <IconPlayerPlay {...ICON} />,
      onRun: to('processing'),
    };
    const complete = { id: 'complete', label: t('orders.complete'), onRun: to('completed') };
    const remove = {
      id: 'delete',
      label: t('orders.delete', { number }),
      icon: <IconTrash {...ICON} />,
      isDestructive: true,
      onRun: () => void actions.remove(uid, number, isOwnPage),
    };
    switch (status) {
      case 'pending':
        return [start, complete, cancel, remove];
      case 'processing':
        return [
          { ...start, id: 'pending', label: t('orders.toPending'), onRun: to('pending') },
          complete,
          cancel,
          remove,
        ];
      case 'completed':
        return [{ ...reopen, onRun: to('processing') }, remove];
      case 'cancelled':
        return [{ ...reopen, onRun: to('pending') }, remove];
    }
  };
}

/** The menu of one row. */
export function useOrderRowActions(): (row: OrderRow) => readonly Action[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const actions = useOrderActions();
  const statusMenu = useOrderStatusMenu();
  const invoice = async (row: OrderRow): Promise<void> => {
    const error = await actions.createInvoice({ uid: row.uid });
    if (error) describeError(t, error, formats).forEach(showError);
  };
  return (row) => [
    {
      id: 'open',
      label: t('action.open'),
      shortcut: 'Enter',
      onRun: () => void navigate(`/orders/${row.uid}`),
    },
    ...(row.status === 'cancelled' || row.status === 'completed'
      ? []
      : [
          {
            id: 'createInvoice',
            label: t('orders.createInvoice'),
            icon: <IconFileInvoice {...ICON} />,
            onRun: () => void invoice(row),
          },
        ]),
    ...statusMenu(row),
  ];
}
