import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleHalf2,
  IconCircleX,
  IconPencil,
  IconPlayerPlay,
  IconReceiptRefund,
  IconSend,
  IconClock,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { InvoiceStatus } from '../../../shared/domain/invoice';
import type { OrderStatus } from '../../../shared/domain/order';
import type { StatusTone } from '../status-badge';
import { StatusBadge } from '../status-badge';

interface Look {
  readonly tone: StatusTone;
  readonly icon: ReactNode;
}

const ICON = { size: 15, stroke: 1.8 } as const;

const INVOICE_LOOKS: Readonly<Record<InvoiceStatus, Look>> = {
  draft: { tone: 'neutral', icon: <IconPencil {...ICON} /> },
  sent: { tone: 'open', icon: <IconSend {...ICON} /> },
  partly_paid: { tone: 'open', icon: <IconCircleHalf2 {...ICON} /> },
  paid: { tone: 'good', icon: <IconCircleCheck {...ICON} /> },
  overdue: { tone: 'bad', icon: <IconAlertTriangle {...ICON} /> },
  credited: { tone: 'neutral', icon: <IconReceiptRefund {...ICON} /> },
};

const ORDER_LOOKS: Readonly<Record<OrderStatus, Look>> = {
  pending: { tone: 'neutral', icon: <IconClock {...ICON} /> },
  processing: { tone: 'open', icon: <IconPlayerPlay {...ICON} /> },
  completed: { tone: 'good', icon: <IconCircleCheck {...ICON} /> },
  cancelled: { tone: 'neutral', icon: <IconCircleX {...ICON} /> },
};

/** The status of an invoice or credit note: the same word and shape wherever it appears. */
export function InvoiceStatusBadge({ status }: { readonly status: InvoiceStatus }) {
  const { t } = useTranslation();
  return <StatusBadge label={t(`status.invoice.${status}`)} {...INVOICE_LOOKS[status]} />;
}

/** The status of an order. */
export function OrderStatusBadge({ status }: { readonly status: OrderStatus }) {
  const { t } = useTranslation();
  return <StatusBadge label={t(`status.order.${status}`)} {...ORDER_LOOKS[status]} />;
}
