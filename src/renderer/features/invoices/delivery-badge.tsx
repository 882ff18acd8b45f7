import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconCloudOff,
  IconHelpCircle,
  IconLoader2,
  IconMailOff,
  IconPlayerPause,
  IconUserExclamation,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { SendState } from '../../../shared/contracts/sync/records';
import { StatusBadge, type StatusTone } from '../../ui/status-badge';
import { useShownDelivery, type ShownDelivery } from './use-shown-delivery';

const ICON = { size: 15, stroke: 1.8 } as const;

const LOOKS: Readonly<Record<ShownDelivery, { tone: StatusTone; icon: ReactNode }>> = {
  queued: { tone: 'open', icon: <IconClock {...ICON} /> },
  waiting: { tone: 'open', icon: <IconCloudOff {...ICON} /> },
  paused: { tone: 'warning', icon: <IconPlayerPause {...ICON} /> },
  sign_in: { tone: 'warning', icon: <IconUserExclamation {...ICON} /> },
  cloud: { tone: 'warning', icon: <IconCloudOff {...ICON} /> },
  pending: { tone: 'open', icon: <IconLoader2 {...ICON} /> },
  sent: { tone: 'good', icon: <IconCircleCheck {...ICON} /> },
  failed: { tone: 'bad', icon: <IconAlertTriangle {...ICON} /> },
  unknown: { tone: 'bad', icon: <IconHelpCircle {...ICON} /> },
  bounced: { tone: 'bad', icon: <IconMailOff {...ICON} /> },
  cancelled: { tone: 'neutral', icon: <IconBan {...ICON} /> },
  held: { tone: 'bad', icon: <IconAlertTriangle {...ICON} /> },
};

/** Where an e-mail stands: the same word and shape in the list and beside the document. */
export function DeliveryBadge({ state }: { readonly state: SendState }) {
  const { t } = useTranslation();
  const shown = useShownDelivery()(state);
  return <StatusBadge label={t(`send.state.${shown}`)} {...LOOKS[shown]} />;
}
