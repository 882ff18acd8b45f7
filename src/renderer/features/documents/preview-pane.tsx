import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './preview-pane.module.css';
import type { Preview } from './use-preview';

const PdfView = lazy(() => import('../../ui/pdf-view').then((m) => ({ default: m.PdfView })));

/** The draft as it will be printed, and what could not be. */
export function PreviewPane({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  return (
    <div className={classes['pane']} data-testid="preview">
      {preview.missingCharacters.length > 0 && (
        <div role="alert" className={classes['warning']}>
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
          {t('document.missingCharacters', {
            count: preview.missingCharacters.length,
            characters: preview.missingCharacters.join(' '),
          })}
        </div>
      )}
      {preview.isFailed && (
        <div role="status" className={classes['warning']}>
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
          {t('document.previewFailed')}
        </div>
      )}
      <div className={classes['paper']}>
        <Suspense fallback={null}>
          <PdfView pdf={preview.pdf} label={t('document.preview')} isBusy={preview.isBusy} />
        </Suspense>
      </div>
    </div>
  );
}
