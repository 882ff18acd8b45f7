import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ClientUid } from '../../../shared/domain/ids';
import { callOrThrow, queryKey } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { EmptyState } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import page from '../../ui/page.module.css';
import classes from './client-page.module.css';

/**
 * Payments of one client, newest first. They belong to invoices, so those loaded here (a page of
 * the settled and partly paid ones at a time) are asked for theirs.
 */
export function ClientPayments({ uid }: { readonly uid: ClientUid }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const invoices = useApiPages('invoices.list', {
    clientUid: uid,
    statuses: ['partly_paid', 'paid', 'overdue', 'credited'],
    sort: { by: 'issueDate', direction: 'desc' },
  });
  const views = useQueries({
    queries: invoices.rows.map((row) => ({
      queryKey: queryKey('invoices.get', { uid: row.uid }),
      queryFn: () => callOrThrow('invoices.get', { uid: row.uid }),
    })),
  });
  const payments = views
    .flatMap(({ data: view }) =>
      view ? view.payments.map((payment) => ({ payment, invoice: view.invoice })) : [],
    )
    .sort((a, b) => b.payment.date.localeCompare(a.payment.date));
  const isLoading = invoices.isLoading || views.some((view) => view.isPending);
  if (payments.length === 0) {
    return isLoading ? null : <EmptyState text={t('clients.noPayments')} />;
  }
  return (
    <div className={page['scroll']}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('payment.date')}</th>
            <th scope="col">{t('clients.invoice')}</th>
            <th scope="col">{t('payment.method')}</th>
            <th scope="col">{t('payment.reference')}</th>
            <th scope="col" className={classes['end']}>
              {t('payment.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {payments.map(({ payment, invoice }) => (
            <tr key={payment.uid}>
              <td>{formats.date(payment.date)}</td>
              <td>
                <Link to={`/invoices/${invoice.uid}`}>{invoice.number}</Link>
              </td>
              <td>{t(`paymentMethod.${payment.method}`)}</td>
              <td>{payment.reverses === null ? payment.reference : t('payment.reversal')}</td>
              <td className={classes['end']}>
                <Money amount={payment.amount} currency={invoice.content.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
