import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError, showToast } from '../../ui/toasts';
import { DeliveryBadge } from './delivery-badge';
import { DeliverySteps } from './delivery-steps';
import type { Delivery } from './timeline';
import classes from './timeline-list.module.css';

/** What trying again as it is would end in once more: the e-mail is put right before. */
const NEEDS_ANOTHER_ADDRESS: ReadonlySet<string> = new Set([
  'recipient_missing',
  'recipient_invalid',
  'recipient_suppressed',
  'mail_rejected',
]);

interface DeliveryItemProps {
  readonly delivery: Delivery;
  /** What is to be done is done with the newest e-mail; the others are history. */
  readonly isLatest: boolean;
  readonly onEdit: () => void;
  readonly onSendAnew: () => void;
}

/** One e-mail: where it stands, to whom it goes, why it did not, and what can be done. */
export function DeliveryItem({ delivery, isLatest, onEdit, onSendAnew }: DeliveryItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { state, isWaiting, reason, settledAt, requestedAt } = delivery;
  const to = delivery.to.join(', ');
  const cc = delivery.cc.join(', ');

  const act = async (method: 'sends.cancel' | 'sends.retry', done?: string): Promise<void> => {
    const result = await bridge.call(method, { uid: delivery.uid });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    if (done !== undefined) showToast(done);
  };
  // No person can help: it goes on by itself, and would wait again.
  const waitsForPaper = reason === 'pdf_differs';
  const isBack = state === 'bounced' || state === 'failed';
  const needsAddress =
    state === 'bounced' || (reason !== null && NEEDS_ANOTHER_ADDRESS.has(reason));
  return (
    <li className={classes['item']} data-testid="delivery">
      <div className={classes['line']}>
        <DeliveryBadge state={state} />
        <time dateTime={settledAt ?? requestedAt} className={classes['quiet']}>
          {formats.instant(settledAt ?? requestedAt)}
        </time>
      </div>
      <div className={classes['quiet']}>
        {delivery.kind !== 'invoice' && `${t(`send.kind.${delivery.kind}`)} `}
        {to !== '' && t(cc === '' ? 'send.toWhom' : 'send.toWhomWithCc', { to, cc })}
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
        {isLatest && isBack && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => (needsAddress ? onSendAnew() : void act('sends.retry'))}
          >
            {t(needsAddress ? 'send.retryOther' : 'send.retry')}
          </Button>
        )}
        {((isLatest && state === 'unknown') || (state === 'held' && !waitsForPaper)) && (
          <Button variant="default" size="compact-sm" onClick={() => void act('sends.retry')}>
            {t('send.sendAnyway')}
          </Button>
        )}
        {(state === 'queued' || state === 'held') && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => void act('sends.cancel', t('send.cancelled', { to }))}
          >
            {t('send.cancel')}
          </Button>
        )}
      </div>
      <DeliverySteps steps={delivery.steps} />
    </li>
  );
}
