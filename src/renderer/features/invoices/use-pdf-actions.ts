import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { InvoiceUid } from '../../../shared/domain/ids';
import type { Result } from '../../../shared/domain/result';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError, showToast } from '../../ui/toasts';
import { printDocument, savePdf, savePdfAndOpenMail } from '../documents/pdf-actions';

export interface PdfActions {
  readonly save: () => Promise<void>;
  readonly print: () => Promise<void>;
  readonly saveAndMail: () => Promise<void>;
  readonly isRunning: boolean;
}

/** What can be done with the PDF of one document; a second click while one runs does nothing. */
export function usePdfActions(uid: InvoiceUid): PdfActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isRunning, setRunning] = useState(false);
  const guard = useRef(false);
  const run = async <T>(
    action: (uid: InvoiceUid) => Promise<Result<T, ApiError>>,
    done: (value: T) => void,
  ): Promise<void> => {
    if (guard.current) return;
    guard.current = true;
    setRunning(true);
    const result = await action(uid).finally(() => {
      guard.current = false;
      setRunning(false);
    });
    if (result.ok) done(result.value);
    else describeError(t, result.error, formats).forEach(showError);
  };
  return {
    isRunning,
    save: () => run(savePdf, (outcome) => outcome === 'saved' && showToast(t('document.pdfSaved'))),
    print: () => run(printDocument, () => undefined),
    saveAndMail: () =>
      run(savePdfAndOpenMail, (outcome) => outcome === 'saved' && showToast(t('document.attach'))),
  };
}
