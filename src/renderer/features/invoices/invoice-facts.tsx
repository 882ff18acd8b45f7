import { Anchor, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import classes from './invoice-facts.module.css';
import { PaymentList } from './payment-list';
import { TimelineList } from './timeline-list';

interface InvoiceFactsProps {
  readonly view: InvoiceView;
  readonly onRecordPayment: () => void;
}

/** What is known of an issued document: who, when, what is open, what belongs to it. */
export function InvoiceFacts({ view, onRecordPayment }: InvoiceFactsProps) {
  const { t } = useTranslation();
  const { invoice } = view;
  const { content, totals } = invoice;
  const isInvoice = invoice.kind === 'invoice';
  return (
    <div className={classes['facts']}>
      {isInvoice ? (
        <Settlement view={view} />
      ) : (
        <dl className={classes['sums']}>
          <Sum label={t('document.creditTotal')} isStrong>
            <Money amount={totals.total} currency={content.currency} withCode isStrong />
          </Sum>
        </dl>
      )}
      <Parties view={view} />
      <section>
        <h2 className={classes['heading']}>{t('invoices.timeline')}</h2>
        <TimelineList view={view} />
      </section>
      {isInvoice && (
        <section>
          <div className={classes['sectionHead']}>
            <h2 className={classes['heading']}>{t('payment.title')}</h2>
            <Button variant="subtle" size="compact-sm" onClick={onRecordPayment}>
              {t('invoices.recordPayment')}
            </Button>
          </div>
          <PaymentList view={view} />
        </section>
      )}
      {view.credits.length > 0 && (
        <section>
          <h2 className={classes['heading']}>{t('document.kinds.credit_note')}</h2>
          <ul className={classes['related']}>
            {view.credits.map((credit) => (
              <li key={credit.uid}>
                <Anchor component={Link} to={`/invoices/${credit.uid}`}>
                  {credit.number ?? t('status.invoice.draft')}
                </Anchor>
                <Money amount={-Math.abs(credit.total)} currency={content.currency} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** From the total to what is still open. */
function Settlement({ view }: { readonly view: InvoiceView }) {
  const { t } = useTranslation();
  const { invoice, balance } = view;
  const { currency } = invoice.content;
  return (
    <dl className={classes['sums']}>
      <Sum label={t('document.total')}>
        <Money amount={invoice.totals.total} currency={currency} />
      </Sum>
      {invoice.paid !== 0 && (
        <Sum label={t('document.paid')}>
          <Money amount={-invoice.paid} currency={currency} />
        </Sum>
      )}
      {invoice.credited !== 0 && (
        <Sum label={t('document.credited')}>
          <Money amount={-invoice.credited} currency={currency} />
        </Sum>
      )}
      <Sum label={t(balance < 0 ? 'document.owedBack' : 'document.balance')} isStrong>
        <Money amount={Math.abs(balance)} currency={currency} withCode isStrong />
      </Sum>
    </dl>
  );
}

interface SumProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly isStrong?: boolean;
}

function Sum({ label, children, isStrong }: SumProps) {
  return (
    <div className={classes['sum']} data-strong={isStrong || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Parties({ view }: { readonly view: InvoiceView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { content, orderUid, kind } = view.invoice;
  return (
    <dl className={classes['details']}>
      <dt>{t('document.client')}</dt>
      <dd>
        {content.clientUid !== null && view.clientName !== null ? (
          <Anchor component={Link} to={`/clients/${content.clientUid}`}>
            {view.clientName}
          </Anchor>
        ) : (
          t('document.clientMissing')
        )}
      </dd>
      <dt>{t('document.issueDate')}</dt>
      <dd>{formats.date(content.issueDate)}</dd>
      {kind === 'invoice' && (
        <>
          <dt>{t('document.dueDate')}</dt>
          <dd>{formats.date(content.dueDate)}</dd>
        </>
      )}
      {view.corrects && (
        <>
          <dt>{t('document.corrects')}</dt>
          <dd>
            <Anchor component={Link} to={`/invoices/${view.corrects.uid}`}>
              {view.corrects.number}
            </Anchor>
          </dd>
        </>
      )}
      {orderUid !== null && view.orderNumber !== null && (
        <>
          <dt>{t('document.order')}</dt>
          <dd>
            <Anchor component={Link} to={`/orders/${orderUid}`}>
              {view.orderNumber}
            </Anchor>
          </dd>
        </>
      )}
      {content.buyerReference !== '' && (
        <>
          <dt>{t('document.buyerReference')}</dt>
          <dd>{content.buyerReference}</dd>
        </>
      )}
    </dl>
  );
}
