import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { ExchangeRate } from '../../../shared/domain/invoice';
import { EXCHANGE_RATE_SCALE } from '../../../shared/domain/invoice';
import type { Discount } from '../../../shared/domain/line-item';
import { minor, multiplyDivide } from '../../../shared/domain/money';
import { decimalsOf } from '../../../shared/domain/currency';
import type { Totals } from '../../../shared/domain/totals';
import { useFormats } from '../../ui/formats-context';
import { MoneyInput, PercentInput } from '../../ui/scaled-input';
import classes from './totals-panel.module.css';

interface TotalsPanelProps {
  readonly totals: Totals;
  readonly currency: CurrencyCode;
  readonly pricesIncludeTax: boolean;
  readonly discount: Discount | null;
  readonly onDiscount: (discount: Discount | null) => void;
  readonly discountError?: string | undefined;
  /** Tells the tax in the business's currency as well. */
  readonly exchangeRate?: ExchangeRate | null;
  readonly isReadOnly?: boolean;
}

/** What the document comes to, while it is written: discount, tax by code, total. */
export function TotalsPanel(props: TotalsPanelProps) {
  const { totals, currency, pricesIncludeTax } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = (value: number): string => formats.amount(value, currency);
  const taxed = totals.groups.filter((group) => group.tax.rate > 0 || totals.groups.length > 1);
  return (
    <div className={classes['panel']}>
      <dl className={classes['list']}>
        <div className={classes['row']}>
          <dt>{t('document.subtotal')}</dt>
          <dd>{amount(totals.subtotal)}</dd>
        </div>
        <DiscountRow {...props} />
        {taxed.map((group, index) => (
          <div key={`${group.tax.uid} ${index}`} className={classes['row']} data-quiet>
            <dt>
              {t(pricesIncludeTax ? 'document.taxIncluded' : 'document.taxOn', {
                name: group.tax.name,
                net: amount(group.net),
              })}
            </dt>
            <dd>{amount(group.taxAmount)}</dd>
          </div>
        ))}
        <div className={classes['row']} data-total>
          <dt>{t('document.total')}</dt>
          <dd data-testid="document-total">
            <span className={classes['currency']}>{currency}</span>
            {amount(totals.total)}
          </dd>
        </div>
        <HomeTax totals={totals} rate={props.exchangeRate ?? null} currency={currency} />
      </dl>
    </div>
  );
}

function DiscountRow({ totals, currency, discount, onDiscount, ...props }: TotalsPanelProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const kind = discount?.kind ?? 'percent';
  const isReadOnly = props.isReadOnly ?? false;
  if (isReadOnly && discount === null) return null;
  return (
    <div className={classes['row']} data-field>
      <dt>
        <label htmlFor={id}>{t('document.documentDiscount')}</label>
        {kind === 'percent' ? (
          <PercentInput
            id={id}
            w={76}
            readOnly={isReadOnly}
            error={props.discountError}
            value={discount?.kind === 'percent' ? discount.percent : null}
            onChange={(percent) => onDiscount(percentDiscount(percent))}
          />
        ) : (
          <MoneyInput
            id={id}
            w={76}
            currency={currency}
            readOnly={isReadOnly}
            error={props.discountError}
            value={discount?.kind === 'amount' ? discount.amount : null}
            onChange={(amount) =>
              onDiscount({ kind: 'amount', amount: minor(Math.max(0, amount ?? 0)) })
            }
          />
        )}
        {!isReadOnly && (
          <SegmentedControl
            aria-label={t('document.discountKind')}
            data={[
              { value: 'percent', label: '%' },
              { value: 'amount', label: currency },
            ]}
            value={kind}
            onChange={(next) =>
              onDiscount(next === 'amount' ? { kind: 'amount', amount: minor(0) } : null)
            }
          />
        )}
      </dt>
      <dd>{totals.discount === 0 ? '' : formats.amount(-totals.discount, currency)}</dd>
    </div>
  );
}

function percentDiscount(percent: number | null): Discount | null {
  if (percent === null || percent <= 0) return null;
  return { kind: 'percent', percent: Math.min(percent, 100_000) };
}

interface HomeTaxProps {
  readonly totals: Totals;
  readonly rate: ExchangeRate | null;
  readonly currency: CurrencyCode;
}

/** The tax of a foreign-currency document in the business's own currency. */
function HomeTax({ totals, rate, currency }: HomeTaxProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (rate === null || totals.tax === 0) return null;
  const shift = 10 ** (decimalsOf(rate.to) - decimalsOf(currency));
  const scale = EXCHANGE_RATE_SCALE / shift;
  const tax = multiplyDivide(totals.tax, rate.rate, scale);
  return (
    <div className={classes['row']} data-quiet>
      <dt>{t('document.taxInHomeCurrency', { currency: rate.to })}</dt>
      <dd>{formats.amount(tax, rate.to)}</dd>
    </div>
  );
}
