import { Anchor } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { clientUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { callOrThrow, useApiQuery } from '../../app/api';
import { EmptyState } from '../../ui/empty-state';
import { useTaxCodes } from '../documents/use-tax-codes';
import { FinalisedDialog } from './finalised-dialog';
import { InvoiceEditor } from './invoice-editor';
import { IssuedInvoice } from './issued-invoice';

const NEW = 'new';

/** One document: its editor while it is a draft, its facts and PDF once it is issued. */
export function InvoicePage() {
  const { t } = useTranslation();
  const { uid = NEW } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const [finalised, setFinalised] = useState<Invoice | null>(null);
  /** A draft that came to be in this editor: its address changes, the editor stays as it is. */
  const [created, setCreated] = useState<{ uid: string; editorKey: string } | null>(null);
  const isNew = uid === NEW;
  const editorKey =
    created?.uid === uid ? created.editorKey : isNew ? `${NEW} ${location.key}` : uid;
  const query = useApiQuery('invoices.get', { uid }, { enabled: !isNew });

  const onCreated = useCallback(
    (createdUid: InvoiceUid) => {
      setCreated({ uid: createdUid, editorKey });
      void navigate(`/invoices/${createdUid}`, { replace: true });
    },
    [editorKey, navigate],
  );

  if (query.isError) {
    return (
      <EmptyState
        text={t('invoices.notFound')}
        action={
          <Anchor component={Link} to="/invoices">
            {t('invoices.toList')}
          </Anchor>
        }
      />
    );
  }
  const issued = query.data?.invoice.finalisedAt ? query.data : null;
  return (
    <>
      {issued ? (
        <IssuedInvoice key={uid} view={issued} hasDialog={finalised !== null} />
      ) : (
        <InvoiceEditorLoader
          key={editorKey}
          uid={isNew ? null : (uid as InvoiceUid)}
          onCreated={onCreated}
          onFinalised={setFinalised}
        />
      )}
      <FinalisedDialog invoice={finalised} onClose={() => setFinalised(null)} />
    </>
  );
}

interface InvoiceEditorLoaderProps {
  readonly uid: InvoiceUid | null;
  readonly onCreated: (uid: InvoiceUid) => void;
  readonly onFinalised: (invoice: Invoice) => void;
}

interface Start {
  readonly content: DocumentContent;
  readonly view: InvoiceView | null;
}

/** Reads what the editor starts with, once and fresh: afterwards the editor knows better. */
function InvoiceEditorLoader({ uid, onCreated, onFinalised }: InvoiceEditorLoaderProps) {
  const [params] = useSearchParams();
  const taxes = useTaxCodes();
  const [start, setStart] = useState<Start | null>(null);
  const [forClient] = useState(() => clientUid.safeParse(params.get('client')).data);
  const [startUid] = useState(uid);
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<Start> => {
      if (startUid !== null) {
        const view = await callOrThrow('invoices.get', { uid: startUid });
        return { content: view.invoice.content, view };
      }
      const input = forClient === undefined ? {} : { clientUid: forClient };
      return { content: await callOrThrow('invoices.blank', input), view: null };
    };
    read().then(
      (value) => isCurrent && setStart(value),
      // A draft that is not there is told by the page itself.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [startUid, forClient]);
  if (!start || !taxes) return null;
  return (
    <InvoiceEditor
      initial={start.content}
      view={start.view}
      taxes={taxes}
      onCreated={onCreated}
      onFinalised={onFinalised}
    />
  );
}
