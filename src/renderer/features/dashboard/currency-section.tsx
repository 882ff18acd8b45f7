import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import { Money } from '../../ui/money';
import { AgeingBar } from './ageing-bar';
import classes from './dashboard.module.css';

type CurrencyFigures = Dashboard['currencies'][number];

/** Figures of one currency: what is open and how old it is, what was earned and what came in. */
export function CurrencySection({ figures }: { readonly figures: CurrencyFigures }) {
  const { t } = useTranslation();
  const { currency } = figures;
  const open = `/invoices?currency=${currency}&status=sent,partly_paid,overdue`;
  const money = (amount: number): ReactNode => <Money amount={amount} currency={currency} />;
  return (
    <section className={classes['section']} aria-label={currency}>
      <h2 className={classes['currency']}>{currency}</h2>
      <dl className={classes['figures']}>
        <Figure label={t('dashboard.outstanding')} to={open}>
          {money(figures.outstanding)}
        </Figure>
        <Figure label={t('dashboard.overdue')} to={`/invoices?currency=${currency}&status=overdue`}>
          {money(figures.overdue)}
        </Figure>
        <Figure label={t('dashboard.paidThisMonth')}>{money(figures.paidThisMonth)}</Figure>
        <Figure label={t('dashboard.revenueThisMonth')}>{money(figures.revenueThisMonth)}</Figure>
        <Figure label={t('dashboard.revenueThisYear')}>{money(figures.revenueThisYear)}</Figure>
      </dl>
      <AgeingBar figures={figures} />
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  /** The list behind the figure. */
  readonly to?: string;
  readonly children: ReactNode;
}

function Figure({ label, to, children }: FigureProps) {
  return (
    <div className={classes['figure']}>
      <dt>{label}</dt>
      <dd>{to === undefined ? children : <Link to={to}>{children}</Link>}</dd>
    </div>
  );
}
