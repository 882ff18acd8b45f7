import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { Invoice, InvoiceKind } from '../../../shared/domain/invoice';
import type { KeptDraft } from '../documents/draft-saver';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { useApiAction } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { describeIssue } from '../../ui/issues';
import { Money } from '../../ui/money';
import { withCurrency } from '../documents/editor-errors';
import classes from './finalise-dialog.module.css';
import { Dialog } from '../../ui/dialog';

export interface FinaliseRequest {
  readonly draft: KeptDraft<InvoiceUid>;
  readonly kind: InvoiceKind;
  readonly preview: MethodOutput<'invoices.checkFinalise'>;
}

interface FinaliseDialogProps {
  readonly request: FinaliseRequest | null;
  readonly onClose: () => void;
  readonly onFinalised: (invoice: Invoice) => void;
}

/** The last look before a document gets its number and is frozen. */
export function FinaliseDialog({ request, onClose, onFinalised }: FinaliseDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={request !== null}
      onClose={onClose}
      size={460}
      title={t(`invoices.finalise.title.${request?.kind ?? 'invoice'}`)}
    >
      {request && <FinaliseBody request={request} onClose={onClose} onFinalised={onFinalised} />}
    </Dialog>
  );
}

interface FinaliseBodyProps extends FinaliseDialogProps {
  readonly request: FinaliseRequest;
}

function FinaliseBody({ request, onClose, onFinalised }: FinaliseBodyProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const finalise = useApiAction('invoices.finalise');
  const [errors, setErrors] = useState<readonly string[]>([]);
  const { preview, draft } = request;
  const submit = async (): Promise<void> => {
    const result = await finalise.run({ uid: draft.uid, expectedUpdatedAt: draft.updatedAt });
    if (result.ok) onFinalised(result.value);
    else setErrors(describeError(t, result.error, formats));
  };
  return (
    <Stack gap={14}>
      <ErrorSummary messages={errors} />
      <dl className={classes['facts']}>
        <dt>{t('document.number')}</dt>
        <dd className={classes['number']}>{preview.number}</dd>
        <dt>{t('document.total')}</dt>
        <dd>
          <Money amount={preview.total} currency={preview.currency} withCode isStrong />
        </dd>
        <dt>{t('invoices.finalise.recipient')}</dt>
        <dd>{preview.recipient}</dd>
      </dl>
      {preview.warnings.length > 0 && (
        <ul className={classes['warnings']} aria-label={t('invoices.finalise.warnings')}>
          {preview.warnings.map((warning, index) => (
            <li key={`${warning.code} ${index}`}>
              <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
              <span>{describeIssue(t, withCurrency(warning, preview.currency), formats)}</span>
            </li>
          ))}
        </ul>
      )}
      <Text size="sm">{t(`invoices.finalise.final.${request.kind}`)}</Text>
      <DialogActions
        isFirst
        label={t('invoices.finalise.action')}
        isRunning={finalise.isRunning}
        onAct={() => void submit()}
        onCancel={onClose}
      />
    </Stack>
  );
}
