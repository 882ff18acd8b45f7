import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import { useFormats } from '../../ui/formats-context';
import classes from './order-page.module.css';

export type LineProgress = MethodOutput<'orders.get'>['progress'][number];

/** How far one line is invoiced, in words below its description. */
export function OrderProgress({ progress }: { readonly progress: LineProgress }) {
  const { t } = useTranslation();
  const { quantity } = useFormats();
  const { ordered, invoiced, reserved, open, overInvoiced } = progress;
  if (invoiced === 0 && reserved === 0 && overInvoiced === 0) return null;
  const parts = [
    invoiced === 0
      ? ''
      : t('orders.progress.invoiced', { quantity: quantity(invoiced), ordered: quantity(ordered) }),
    reserved === 0 ? '' : t('orders.progress.reserved', { quantity: quantity(reserved) }),
    open === 0 ? '' : t('orders.progress.open', { quantity: quantity(open) }),
  ].filter((part) => part !== '');
  const isDone = open === 0 && reserved === 0 && overInvoiced === 0;
  return (
    <div className={classes['progress']} data-testid="line-progress">
      {isDone && <IconCircleCheck size={13} stroke={1.8} aria-hidden className={classes['done']} />}
      <span>{parts.join(' · ')}</span>
      {overInvoiced !== 0 && (
        <span className={classes['over']}>
          <IconAlertTriangle size={13} stroke={1.8} aria-hidden />
          {t('orders.progress.over', { quantity: quantity(overInvoiced) })}
        </span>
      )}
    </div>
  );
}
