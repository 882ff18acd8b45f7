import { Anchor } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';

import { dayInZone } from '../../../shared/domain/calendar-date';
import type { ClientUid, OrderUid } from '../../../shared/domain/ids';
import { clientUid } from '../../../shared/domain/ids';
import type { Order, OrderContent } from '../../../shared/domain/order';
import { callOrThrow, useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { EmptyState } from '../../ui/empty-state';
import { useTaxCodes } from '../documents/use-tax-codes';
import { OrderEditor } from './order-editor';

const NEW = 'new';

/** One order: written and followed on the same page. */
export function OrderPage() {
  const { t } = useTranslation();
  const { uid = NEW } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  /** An order that came to be in this editor: its address changes, the editor stays as it is. */
  const [created, setCreated] = useState<{ uid: string; editorKey: string } | null>(null);
  const isNew = uid === NEW;
  const editorKey =
    created?.uid === uid ? created.editorKey : isNew ? `${NEW} ${location.key}` : uid;
  const query = useApiQuery('orders.get', { uid }, { enabled: !isNew });
  const onCreated = useCallback(
    (createdUid: OrderUid) => {
      setCreated({ uid: createdUid, editorKey });
      void navigate(`/orders/${createdUid}`, { replace: true });
    },
    [editorKey, navigate],
  );
  if (query.isError) {
    return (
      <EmptyState
        text={t('orders.notFound')}
        action={
          <Anchor component={Link} to="/orders">
            {t('orders.toList')}
          </Anchor>
        }
      />
    );
  }
  return (
    <OrderEditorLoader
      key={editorKey}
      uid={isNew ? null : (uid as OrderUid)}
      view={query.data ?? null}
      onCreated={onCreated}
    />
  );
}

interface OrderEditorLoaderProps {
  readonly uid: OrderUid | null;
  readonly view: Parameters<typeof OrderEditor>[0]['view'];
  readonly onCreated: (uid: OrderUid) => void;
}

interface Start {
  readonly content: OrderContent;
  readonly order: Order | null;
}

/** Reads what the editor starts with, once and fresh: afterwards the editor knows better. */
function OrderEditorLoader({ uid, view, onCreated }: OrderEditorLoaderProps) {
  const [params] = useSearchParams();
  const business = useBusiness();
  const taxes = useTaxCodes();
  const [start, setStart] = useState<Start | null>(null);
  const [forClient] = useState(() => clientUid.safeParse(params.get('client')).data ?? null);
  const [startUid] = useState(uid);
  const { timeZone } = business;
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<Start> => {
      if (startUid === null) return { content: await blankOrder(forClient, timeZone), order: null };
      const { order } = await callOrThrow('orders.get', { uid: startUid });
      return { content: order.content, order };
    };
    read().then(
      (value) => isCurrent && setStart(value),
      // An order that is not there is told by the page itself.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [startUid, forClient, timeZone]);
  if (!start || !taxes) return null;
  return (
    <OrderEditor
      initial={start.content}
      order={start.order}
      view={view}
      taxes={taxes}
      onCreated={onCreated}
    />
  );
}

/** A new order starts as a new invoice does: with the client's currency and way of pricing. */
async function blankOrder(client: ClientUid | null, timeZone: string): Promise<OrderContent> {
  const blank = await callOrThrow('invoices.blank', client === null ? {} : { clientUid: client });
  return {
    clientUid: blank.clientUid,
    currency: blank.currency,
    orderDate: dayInZone(new Date(), timeZone),
    buyerReference: '',
    notes: '',
    pricesIncludeTax: blank.pricesIncludeTax,
    discount: null,
    lines: [],
  };
}
