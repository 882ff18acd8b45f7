import { Button, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconCloudOff,
  IconHelpCircle,
  IconLoader2,
  IconMailOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { SendState } from '../../../shared/contracts/sync/records';
import type { Invoice } from '../../../shared/domain/invoice';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { StatusBadge, type StatusTone } from '../../ui/status-badge';
import { showError, showToast } from '../../ui/toasts';
import classes from './delivery-list.module.css';
import { SendDialog } from './send-dialog';

type Delivery = MethodOutput<'sends.ofInvoice'>[number];

const ICON = { size: 15, stroke: 1.8 } as const;

const LOOKS: Readonly<Record<SendState | 'waiting', { tone: StatusTone; icon: ReactNode }>> = {
  queued: { tone: 'open', icon: <IconClock {...ICON} /> },
  waiting: { tone: 'open', icon: <IconCloudOff {...ICON} /> },
  pending: { tone: 'open', icon: <IconLoader2 {...ICON} /> },
  sent: { tone: 'good', icon: <IconCircleCheck {...ICON} /> },
  failed: { tone: 'bad', icon: <IconAlertTriangle {...ICON} /> },
  unknown: { tone: 'bad', icon: <IconHelpCircle {...ICON} /> },
  bounced: { tone: 'bad', icon: <IconMailOff {...ICON} /> },
  cancelled: { tone: 'neutral', icon: <IconBan {...ICON} /> },
  held: { tone: 'bad', icon: <IconAlertTriangle {...ICON} /> },
};

/** The e-mails of a document, and what happens to each as it happens. */
export function DeliveryList({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  const { data: deliveries } = useApiQuery('sends.ofInvoice', { invoiceUid: invoice.uid });
  const [edited, setEdited] = useState<Delivery | null>(null);
  if (deliveries === undefined || deliveries.length === 0) return null;
  return (
    <section>
      <h2 className={classes['heading']}>{t('send.deliveries')}</h2>
      <ul className={classes['list']}>
        {deliveries.map((delivery) => (
          <DeliveryItem key={delivery.uid} delivery={delivery} onEdit={() => setEdited(delivery)} />
        ))}
      </ul>
      <SendDialog
        key={edited?.uid ?? ''}
        invoice={invoice}
        send={edited}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
      />
    </section>
  );
}

interface DeliveryItemProps {
  readonly delivery: Delivery;
  readonly onEdit: () => void;
}

function DeliveryItem({ delivery, onEdit }: DeliveryItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: status } = useApiQuery('sync.status', {});
  const { state, isWaiting, reason } = delivery;
  const isOffline = status?.phase === 'offline';
  const shown = state === 'queued' && isOffline ? 'waiting' : state;
  const to = delivery.to.join(', ');

  const act = async (method: 'sends.cancel' | 'sends.retry', done?: string): Promise<void> => {
    const result = await bridge.call(method, { uid: delivery.uid });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    if (done !== undefined) showToast(done);
  };
  return (
    <li className={classes['item']} data-testid="delivery">
      <div className={classes['line']}>
        <StatusBadge label={t(`send.state.${shown}`)} {...LOOKS[shown]} />
        <time dateTime={delivery.settledAt ?? delivery.requestedAt} className={classes['quiet']}>
          {formats.instant(delivery.settledAt ?? delivery.requestedAt)}
        </time>
      </div>
      <div className={classes['quiet']}>
        {delivery.kind !== 'invoice' && `${t(`send.kind.${delivery.kind}`)} `}
        {t('send.toWhom', { to })}
      </div>
      {reason !== null && state !== 'sent' && (
        <div>
          {t(`send.reason.${reason}` as 'send.reason.other', {
            defaultValue: t('send.reason.other'),
          })}
        </div>
      )}
      <div className={classes['actions']}>
        {state === 'queued' && isWaiting && (
          <Button variant="subtle" size="compact-sm" onClick={onEdit}>
            {t('send.edit')}
          </Button>
        )}
        {state === 'queued' && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => void act('sends.cancel', t('send.cancelled', { to }))}
          >
            {t('send.cancel')}
          </Button>
        )}
        {(state === 'failed' || state === 'bounced') && (
          <Button variant="default" size="compact-sm" onClick={() => void act('sends.retry')}>
            {t('send.retry')}
          </Button>
        )}
        {(state === 'unknown' || state === 'held') && (
          <Button variant="default" size="compact-sm" onClick={() => void act('sends.retry')}>
            {t('send.sendAnyway')}
          </Button>
        )}
      </div>
      <Steps delivery={delivery} />
    </li>
  );
}

/** The steps of the cloud, attempts and hashes: for those who look for them. */
function Steps({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  if (delivery.steps.length === 0) return null;
  return (
    <div>
      <UnstyledButton
        className={classes['toggle'] ?? ''}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('send.details')}
      </UnstyledButton>
      {isOpen && (
        <ol className={classes['steps']}>
          {delivery.steps.map((step, index) => (
            <li key={`${step.at} ${step.step} ${step.state} ${index}`}>
              <time dateTime={step.at} className={classes['quiet']}>
                {formats.time(step.at)}
              </time>
              <span>
                {t(`send.step.${step.step}`)}: {t(`send.stepState.${step.state}`)}
                {step.attempt > 1 && `, ${t('send.attempt', { attempt: step.attempt })}`}
                {Object.entries(step.details).map(([name, value]) => (
                  <span key={name} className={classes['detail']}>
                    {name}: {value}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
