import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';

import { clientUid } from '../../../shared/domain/ids';
import type { ClientUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { showToast } from '../../ui/toasts';
import { ClientForm } from './client-form';

const FORM_ID = 'client-form';

/** Writes a new client. */
export function NewClientPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={t('clients.newTitle')}
        parent={{ label: t('nav.clients'), to: '/clients' }}
        primary={<SaveButton />}
      />
      <div className={page['scroll']}>
        <ClientForm
          place="page"
          formId={FORM_ID}
          onSaved={(client) => void navigate(`/clients/${client.uid}`, { replace: true })}
        />
      </div>
    </>
  );
}

/** Edits a client. */
export function EditClientPage() {
  const uid = clientUid.safeParse(useParams()['uid']);
  return uid.success ? <EditClient uid={uid.data} /> : <Navigate to="/clients" replace />;
}

function EditClient({ uid }: { readonly uid: ClientUid }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: client, isError } = useApiQuery('clients.get', { uid });
  if (isError) return <Navigate to="/clients" replace />;
  return (
    <>
      <PageHeader
        title={client?.name ?? ''}
        parent={{ label: t('nav.clients'), to: '/clients' }}
        secondary={
          <Button variant="default" onClick={() => void navigate(-1)}>
            {t('action.cancel')}
          </Button>
        }
        primary={<SaveButton />}
      />
      <div className={page['scroll']}>
        {client && (
          <ClientForm
            key={client.uid}
            place="page"
            client={client}
            formId={FORM_ID}
            onSaved={(saved) => {
              showToast(t('clients.saved', { name: saved.name }));
              void navigate(`/clients/${saved.uid}`, { replace: true });
            }}
          />
        )}
      </div>
    </>
  );
}

function SaveButton() {
  const { t } = useTranslation();
  return (
    <Button type="submit" form={FORM_ID} title={t('form.saveHint')}>
      {t('action.save')}
    </Button>
  );
}
