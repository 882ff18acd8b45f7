import { useTranslation } from 'react-i18next';

import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import type { MethodOutput } from '../../../shared/contracts/app-api';
import { CurrencySums } from '../../ui/currency-sums';
import type { DataColumn } from '../../ui/data-table-types';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import { DeliveryBadge } from './delivery-badge';
import classes from './invoices-page.module.css';
import { useHasAccount } from './use-has-account';
import { useShownDelivery } from './use-shown-delivery';

/** What the list shows of each invoice, with totals under the amounts. */
export function useInvoiceColumns(
  totals: MethodOutput<'invoices.count'>['totals'] | null,
): readonly DataColumn<InvoiceRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const hasAccount = useHasAccount();
  const shownDelivery = useShownDelivery();
  return [
    {
      id: 'number',
      header: t('document.number'),
      width: 'minmax(122px, 1fr)',
      sortBy: 'number',
      cell: (row) => <NumberCell row={row} />,
      tooltip: (row) => row.number ?? t('status.invoice.draft'),
    },
    {
      id: 'client',
      header: t('document.client'),
      width: 'minmax(156px, 2.6fr)',
      sortBy: 'clientName',
      cell: (row) => row.clientName,
      tooltip: (row) => row.clientName,
    },
    {
      id: 'issueDate',
      header: t('document.issueDate'),
      width: '102px',
      sortBy: 'issueDate',
      cell: (row) => <span className="doc-tabular">{formats.date(row.issueDate)}</span>,
    },
    {
      id: 'dueDate',
      header: t('document.dueDate'),
      width: '102px',
      sortBy: 'dueDate',
      cell: (row) =>
        row.kind === 'invoice' && <span className="doc-tabular">{formats.date(row.dueDate)}</span>,
    },
    {
      id: 'status',
      header: t('document.status'),
      width: '124px',
      cell: (row) => <InvoiceStatusBadge status={row.status} />,
      tooltip: (row) => t(`status.invoice.${row.status}`),
    },
    ...(hasAccount
      ? [
          {
            id: 'delivery',
            header: t('send.column'),
            // All states fit, in German too.
            width: 'minmax(184px, 1fr)',
            cell: (row: InvoiceRow) =>
              row.delivery !== null && <DeliveryBadge state={row.delivery} />,
            tooltip: (row: InvoiceRow) =>
              row.delivery === null ? '' : t(`send.state.${shownDelivery(row.delivery)}`),
          },
        ]
      : []),
    {
      id: 'total',
      header: t('document.total'),
      width: 'minmax(124px, 150px)',
      align: 'end',
      sortBy: 'total',
      cell: (row) => <Money amount={row.total} currency={row.currency} />,
      footer: totals && (
        <CurrencySums sums={totals.map(({ currency, total }) => ({ currency, amount: total }))} />
      ),
    },
    {
      id: 'balance',
      header: t('document.balance'),
      width: 'minmax(124px, 150px)',
      align: 'end',
      sortBy: 'balance',
      cell: (row) => (
        <Money amount={row.balance} currency={row.currency} isMuted={row.balance === 0} />
      ),
      footer: totals && (
        <CurrencySums
          sums={totals.map(({ currency, balance }) => ({ currency, amount: balance }))}
        />
      ),
    },
  ];
}

/** The number, or "Draft"; a credit note says what it is. */
function NumberCell({ row }: { readonly row: InvoiceRow }) {
  const { t } = useTranslation();
  return (
    <>
      {row.number ?? <span className={classes['draft']}>{t('status.invoice.draft')}</span>}
      {row.kind === 'credit_note' && (
        <span className={classes['kind']}>{t('document.kind.credit_note')}</span>
      )}
    </>
  );
}
