import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { InvoiceStatus } from '../../../shared/domain/invoice';
import { Money } from '../../ui/money';
import { AgeingBar } from './ageing-bar';
import classes from './dashboard.module.css';
import { showInvoices } from './show-documents';

type CurrencyFigures = Dashboard['currencies'][number];

/** Figures of one currency: what is open and how old it is, what was earned and what came in. */
export function CurrencySection({ figures }: { readonly figures: CurrencyFigures }) {
  const { t } = useTranslation();
  const { currency } = figures;
  const money = (amount: number): ReactNode => (
    <Money amount={amount} currency={currency} withCode={false} />
  );
  return (
    <section className={classes['section']} aria-label={currency}>
      <h2 className={classes['currency']}>{currency}</h2>
      <dl className={classes['figures']}>
        <Figure
          label={t('dashboard.outstanding')}
          statuses={['sent', 'partly_paid', 'overdue']}
          currency={currency}
        >
          {money(figures.outstanding)}
        </Figure>
        <Figure label={t('dashboard.overdue')} statuses={['overdue']} currency={currency}>
          {money(figures.overdue)}
        </Figure>
        <Figure label={t('dashboard.paidThisMonth')}>{money(figures.paidThisMonth)}</Figure>
        <Figure label={t('dashboard.revenueThisMonth')}>{money(figures.revenueThisMonth)}</Figure>
        <Figure label={t('dashboard.revenueThisYear')}>{money(figures.revenueThisYear)}</Figure>
      </dl>
      {figures.outstanding !== 0 && <AgeingBar figures={figures} />}
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  /** Which invoices are behind the figure; left out where there is no such list. */
  readonly statuses?: readonly InvoiceStatus[];
  readonly currency?: CurrencyCode;
  readonly children: ReactNode;
}

function Figure({ label, statuses, currency, children }: FigureProps) {
  return (
    <div className={classes['figure']}>
      <dt>{label}</dt>
      <dd>
        {statuses === undefined ? (
          children
        ) : (
          <Link
            to="/invoices"
            onClick={() => showInvoices({ statuses, currency: currency ?? null })}
          >
            {children}
          </Link>
        )}
      </dd>
    </div>
  );
}
