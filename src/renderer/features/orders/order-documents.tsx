import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import { useApiQuery } from '../../app/api';
import { ActivityList } from '../../ui/activity-list';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import editor from '../documents/editor-layout.module.css';
import classes from './order-page.module.css';

/** Invoices and credit notes made of an order, and what happened to it. */
export function OrderDocuments({ view }: { readonly view: MethodOutput<'orders.get'> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { order, documents } = view;
  const { data: activity } = useApiQuery('activity.ofRecord', {
    collection: 'orders',
    uid: order.uid,
  });
  return (
    <aside className={editor['facts']} aria-label={t('orders.documents')}>
      <div className={classes['documents']}>
        <section>
          <h2 className={classes['heading']}>{t('orders.documents')}</h2>
          {documents.length === 0 && <p className={classes['none']}>{t('orders.noDocuments')}</p>}
          <ul className={classes['related']}>
            {documents.map((document) => (
              <li key={document.uid}>
                <Anchor component={Link} to={`/invoices/${document.uid}`}>
                  {document.number ?? t('status.invoice.draft')}
                </Anchor>
                <Money
                  amount={
                    document.kind === 'credit_note' ? -Math.abs(document.total) : document.total
                  }
                  currency={order.content.currency}
                />
                <span className={classes['quiet']}>
                  {t(`document.kind.${document.kind}`)}
                  {' · '}
                  {formats.date(document.issueDate)}
                </span>
              </li>
            ))}
          </ul>
        </section>
        {activity && activity.length > 0 && (
          <section>
            <h2 className={classes['heading']}>{t('invoices.activity')}</h2>
            <ActivityList entries={activity} />
          </section>
        )}
      </div>
    </aside>
  );
}
