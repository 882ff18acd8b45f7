import { Button, Radio, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { showToast } from '../../ui/toasts';
import { allQuantities, chosenLines, QuantityChoice } from '../documents/quantity-choice';
import { Dialog } from '../../ui/dialog';

interface CreditDialogProps {
  readonly view: InvoiceView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The door by which an issued invoice is corrected: a credit note over all of it or a part. */
export function CreditDialog({ view, isOpen, onClose }: CreditDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      size={560}
      title={t('invoices.credit.title', { number: view.invoice.number ?? '' })}
    >
      <CreditForm view={view} onClose={onClose} />
    </Dialog>
  );
}

function CreditForm({ view, onClose }: Omit<CreditDialogProps, 'isOpen'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const left = new Map(view.creditable.map(({ lineUid, quantity }) => [lineUid, quantity]));
  const lines = view.invoice.content.lines.map((line) => ({
    line,
    most: left.get(line.uid) ?? 0,
  }));
  const isPartly = view.credits.length > 0;
  const [scope, setScope] = useState<'all' | 'lines'>('all');
  const [chosen, setChosen] = useState(() => allQuantities(lines));
  const [errors, setErrors] = useState<readonly string[]>([]);
  const [running, setRunning] = useState<'credit' | 'copy' | null>(null);
  const guard = useRef(false);

  const submit = async (alsoCopy: boolean): Promise<void> => {
    if (guard.current) return;
    guard.current = true;
    setRunning(alsoCopy ? 'copy' : 'credit');
    const result = await bridge.call('invoices.credit', {
      uid: view.invoice.uid,
      alsoCopy,
      ...(scope === 'lines' ? { lines: chosenLines(chosen) } : {}),
    });
    guard.current = false;
    setRunning(null);
    if (!result.ok) return setErrors(describeError(t, result.error, formats));
    if (result.value.copy) showToast(t('invoices.credit.copied'));
    await navigate(`/invoices/${result.value.creditNote.uid}`);
  };

  const isNothing =
    scope === 'lines' &&
    (chosenLines(chosen).length === 0 ||
      lines.some(({ line, most }) => Math.abs(chosen.get(line.uid) ?? 0) > Math.abs(most)));
  return (
    <Stack gap={14}>
      <ErrorSummary messages={errors} />
      <Text size="sm">{t('invoices.credit.explain')}</Text>
      <Radio.Group
        aria-label={t('invoices.credit.scope')}
        value={scope}
        onChange={(value) => setScope(value === 'lines' ? 'lines' : 'all')}
      >
        <Stack gap={8}>
          <Radio value="all" label={t(isPartly ? 'invoices.credit.rest' : 'invoices.credit.all')} />
          <Radio value="lines" label={t('invoices.credit.lines')} />
        </Stack>
      </Radio.Group>
      {scope === 'lines' && (
        <QuantityChoice
          lines={lines}
          chosen={chosen}
          onChange={setChosen}
          mostLabel={t('invoices.credit.left')}
        />
      )}
      <Text size="sm" c="dimmed">
        {t('invoices.credit.copyHint')}
      </Text>
      <DialogActions
        label={t('invoices.credit.action')}
        isDisabled={isNothing}
        isRunning={running === 'credit'}
        onAct={() => void submit(false)}
        onCancel={onClose}
      >
        <Button
          variant="default"
          disabled={isNothing}
          loading={running === 'copy'}
          onClick={() => void submit(true)}
        >
          {t('invoices.credit.andCopy')}
        </Button>
      </DialogActions>
    </Stack>
  );
}
