import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { Invoice } from '../../../shared/domain/invoice';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError, showToast } from '../../ui/toasts';
import { DeliveryBadge } from './delivery-badge';
import classes from './delivery-list.module.css';
import { SendDialog } from './send-dialog';
import { useHasAccount } from './use-has-account';

type Delivery = MethodOutput<'sends.ofInvoice'>[number];

/** The e-mails of a document, and what happens to each as it happens. */
export function DeliveryList({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  const { data: deliveries } = useApiQuery('sends.ofInvoice', { invoiceUid: invoice.uid });
  const hasAccount = useHasAccount();
  const [opened, setOpened] = useState<Opened | null>(null);
  if (hasAccount && invoice.isImported) {
    return (
      <section>
        <h2 className={classes['heading']}>{t('send.deliveries')}</h2>
        <p className={classes['none']}>{t('send.imported')}</p>
      </section>
    );
  }
  if (deliveries === undefined || deliveries.length === 0) return null;
  return (
    <section>
      <h2 className={classes['heading']}>{t('send.deliveries')}</h2>
      <ul className={classes['list']}>
        {deliveries.map((delivery) => (
          <DeliveryItem
            key={delivery.uid}
            delivery={delivery}
            onEdit={() => setOpened({ delivery, isNew: false })}
            onSendAnew={() => setOpened({ delivery, isNew: true })}
          />
        ))}
      </ul>
      <SendDialog
        key={opened?.delivery.uid ?? ''}
        invoice={invoice}
        send={opened?.delivery ?? null}
        isNew={opened?.isNew ?? false}
        isOpen={opened !== null}
        onClose={() => setOpened(null)}
      />
    </section>
  );
}

/** The e-mail in the dialog: that one, or another that begins with what it said. */
interface Opened {
  readonly delivery: Delivery;
  readonly isNew: boolean;
}

interface DeliveryItemProps {
  readonly delivery: Delivery;
  readonly onEdit: () => void;
  readonly onSendAnew: () => void;
}

function DeliveryItem({ delivery, onEdit, onSendAnew }: DeliveryItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { state, isWaiting, reason } = delivery;
  const to = delivery.to.join(', ');

  const act = async (method: 'sends.cancel' | 'sends.retry', done?: string): Promise<void> => {
    const result = await bridge.call(method, { uid: delivery.uid });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    if (done !== undefined) showToast(done);
  };
  return (
    <li className={classes['item']} data-testid="delivery">
      <div className={classes['line']}>
        <DeliveryBadge state={state} />
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
        {state === 'failed' && (
          <Button variant="default" size="compact-sm" onClick={() => void act('sends.retry')}>
            {t('send.retry')}
          </Button>
        )}
        {/* The same address would send it back again: it can be put right before. */}
        {state === 'bounced' && (
          <Button variant="default" size="compact-sm" onClick={onSendAnew}>
            {t('send.retryOther')}
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
        <IconChevronDown
          size={14}
          stroke={1.8}
          aria-hidden
          className={classes['arrow']}
          data-open={isOpen || undefined}
        />
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
                {stepText(step)}
                {step.attempt > 1 && `, ${t('send.attempt', { attempt: step.attempt })}`}
                {Object.entries(step.details).map(([name, value]) => (
                  <span key={name} className={classes['detail']}>
                    {t('send.detail', {
                      name: t(`send.detailName.${name}` as 'send.detailName.sha256', {
                        defaultValue: name,
                      }),
                      value,
                    })}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );

  /** "Making the PDF", "PDF made": what has no words of its own by state gets those of the state. */
  function stepText({ step, state }: Delivery['steps'][number]): string {
    return t(`send.stepText.${step}_${state}` as 'send.stepText.generate_pdf_done', {
      defaultValue: `${t(`send.step.${step}`)}: ${t(`send.stepState.${state}`)}`,
    });
  }
}
