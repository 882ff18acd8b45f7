import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';

import type { ImportKind } from '../../../shared/contracts/app-api/imports';
import { importKind } from '../../../shared/contracts/app-api/imports';
import { PageHeader } from '../../ui/page-header';
import { CheckFile } from './check-file';
import { ChooseFile } from './choose-file';
import { ImportDone, ImportRunning } from './import-result';
import type { ImportPolicy } from './use-import';
import { useImport } from './use-import';

/** Brings in a file of clients, products or invoices, step by step. */
export function ImportPage() {
  const kind = importKind.safeParse(useParams()['kind']);
  return kind.success ? (
    <Import key={kind.data} kind={kind.data} />
  ) : (
    <Navigate to="/settings/import" replace />
  );
}

function Import({ kind }: { readonly kind: ImportKind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const flow = useImport(kind);
  const [policy, setPolicy] = useState<ImportPolicy>('good_rows');
  const { state } = flow;
  const header = {
    title: t(`imports.title.${kind}`),
    parent: { label: t(`nav.${kind}`), to: `/${kind}` },
  };
  switch (state.step) {
    case 'choose':
      return (
        <>
          <PageHeader {...header} />
          <ChooseFile
            errors={state.errors}
            isBusy={flow.isBusy}
            onFile={(file) => void flow.open(file)}
          />
        </>
      );
    case 'check': {
      const { mapping } = state.preview.reading;
      const isComplete = state.preview.fields.every(
        (field) => !field.isRequired || mapping[field.name] !== undefined,
      );
      return (
        <>
          <PageHeader
            {...header}
            secondary={
              <Button variant="default" onClick={flow.startOver}>
                {t('imports.otherFile')}
              </Button>
            }
            primary={
              <Button
                loading={flow.isBusy}
                disabled={!isComplete || state.errors.length > 0}
                onClick={() => void flow.run(policy)}
              >
                {t('imports.run')}
              </Button>
            }
          />
          <CheckFile
            preview={state.preview}
            errors={state.errors}
            policy={policy}
            onPolicy={setPolicy}
            onReadAs={flow.readAs}
          />
        </>
      );
    }
    case 'run':
      return (
        <>
          <PageHeader {...header} />
          <ImportRunning progress={state.progress} onCancel={() => void flow.cancel()} />
        </>
      );
    case 'done':
      return (
        <>
          <PageHeader
            {...header}
            secondary={
              <Button variant="default" onClick={flow.startOver}>
                {t('imports.another')}
              </Button>
            }
            primary={
              <Button onClick={() => void navigate(`/${kind}`)}>{t(`imports.show.${kind}`)}</Button>
            }
          />
          <ImportDone report={state.report} fileName={state.preview.fileName} />
        </>
      );
  }
}
