import { Anchor } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCashMove,
  IconFileImport,
  IconLock,
  IconReceiptRefund,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import { useApiQuery } from '../../app/api';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import { StatusBadge } from '../../ui/status-badge';
import { DeliveryItem } from './delivery-item';
import { SendDialog } from './send-dialog';
import type { Delivery, TimelineEntry } from './timeline';
import { timelineOf } from './timeline';
import classes from './timeline-list.module.css';
import { useHasAccount } from './use-has-account';

const ICON = { size: 15, stroke: 1.8 } as const;

/** What happened to an issued document, as it happens: e-mails, payments, credits. */
export function TimelineList({ view }: { readonly view: InvoiceView }) {
  const { t } = useTranslation();
  const { invoice } = view;
  const { data: deliveries = [] } = useApiQuery('sends.ofInvoice', { invoiceUid: invoice.uid });
  const hasAccount = useHasAccount();
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <>
      {hasAccount && invoice.isImported && <p className={classes['quiet']}>{t('send.imported')}</p>}
      <ol className={classes['list']}>
        {timelineOf(view, deliveries).map((entry) =>
          entry.kind === 'delivery' ? (
            <DeliveryItem
              key={entry.delivery.uid}
              delivery={entry.delivery}
              isLatest={entry.isLatest}
              onEdit={() => setOpened({ delivery: entry.delivery, isNew: false })}
              onSendAnew={() => setOpened({ delivery: entry.delivery, isNew: true })}
            />
          ) : (
            <FactItem key={keyOf(entry)} entry={entry} view={view} />
          ),
        )}
      </ol>
      <SendDialog
        key={opened?.delivery.uid ?? ''}
        invoice={invoice}
        // What a reminder said is not what an invoice is sent with.
        send={opened?.delivery.kind === 'invoice' ? opened.delivery : null}
        isNew={opened?.isNew ?? false}
        isOpen={opened !== null}
        onClose={() => setOpened(null)}
      />
    </>
  );
}

/** The e-mail in the dialog: that one, or another that begins with what it said. */
interface Opened {
  readonly delivery: Delivery;
  readonly isNew: boolean;
}

type Fact = Exclude<TimelineEntry, { kind: 'delivery' }>;

function keyOf(fact: Fact): string {
  if ('payment' in fact) return fact.payment.uid;
  return 'credit' in fact ? fact.credit.uid : fact.kind;
}

interface FactItemProps {
  readonly entry: Fact;
  readonly view: InvoiceView;
}

function FactItem({ entry, view }: FactItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { currency } = view.invoice.content;
  return (
    <li className={classes['item']} data-testid="happened">
      <div className={classes['line']}>
        {badgeOf()}
        <time dateTime={entry.at} className={classes['quiet']}>
          {formats.instant(entry.at)}
        </time>
      </div>
      {factOf()}
    </li>
  );

  function badgeOf(): ReactNode {
    switch (entry.kind) {
      case 'paid':
      case 'partly_paid':
        return <InvoiceStatusBadge status={entry.kind} />;
      case 'refunded':
        return neutral(t('send.happened.refunded'), <IconCashMove {...ICON} />);
      case 'reversed':
        return neutral(t('activity.reversed'), <IconArrowBackUp {...ICON} />);
      case 'credited':
        return neutral(t('activity.credited'), <IconReceiptRefund {...ICON} />);
      case 'finalised':
        return neutral(t('activity.finalised'), <IconLock {...ICON} />);
      case 'imported':
        return neutral(t('activity.imported'), <IconFileImport {...ICON} />);
    }
  }

  function factOf(): ReactNode {
    if ('payment' in entry) {
      const { amount, method } = entry.payment;
      return (
        <div className={classes['line']}>
          <span className={classes['quiet']}>{t(`paymentMethod.${method}`)}</span>
          <Money amount={amount} currency={currency} isMuted />
        </div>
      );
    }
    if (!('credit' in entry)) return null;
    const { uid, number, total } = entry.credit;
    return (
      <div className={classes['line']}>
        <Anchor component={Link} to={`/invoices/${uid}`}>
          {number}
        </Anchor>
        <Money amount={-Math.abs(total)} currency={currency} isMuted />
      </div>
    );
  }
}

function neutral(label: string, icon: ReactNode): ReactNode {
  return <StatusBadge label={label} tone="neutral" icon={icon} />;
}
