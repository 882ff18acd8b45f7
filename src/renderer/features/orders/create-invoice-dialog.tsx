import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import { describeError } from '../../app/describe-error';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { allQuantities, chosenLines, QuantityChoice } from '../documents/quantity-choice';
import { useOrderActions } from './use-order-actions';
import { Dialog } from '../../ui/dialog';

interface CreateInvoiceDialogProps {
  readonly view: MethodOutput<'orders.get'>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Invoices a part of an order: what is open is proposed. */
export function CreateInvoiceDialog({ view, isOpen, onClose }: CreateInvoiceDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      size={560}
      title={t('orders.createInvoiceFor', { number: view.order.number })}
    >
      <CreateInvoiceForm view={view} onClose={onClose} />
    </Dialog>
  );
}

function CreateInvoiceForm({ view, onClose }: Omit<CreateInvoiceDialogProps, 'isOpen'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const actions = useOrderActions();
  const open = new Map(view.progress.map(({ lineUid, open: left }) => [lineUid, left]));
  const lines = view.order.content.lines.map((line) => ({
    line,
    most: open.get(line.uid) ?? 0,
  }));
  const [chosen, setChosen] = useState(() => allQuantities(lines));
  const [errors, setErrors] = useState<readonly string[]>([]);
  const [isRunning, setRunning] = useState(false);
  const submit = async (): Promise<void> => {
    if (isRunning) return;
    setRunning(true);
    const error = await actions.createInvoice({ uid: view.order.uid, lines: chosenLines(chosen) });
    setRunning(false);
    if (error) setErrors(describeError(t, error, formats));
  };
  const isImpossible =
    chosenLines(chosen).length === 0 ||
    lines.some(({ line, most }) => Math.abs(chosen.get(line.uid) ?? 0) > Math.abs(most));
  return (
    <Stack gap={14}>
      <ErrorSummary messages={errors} />
      <Text size="sm">{t('orders.chooseQuantities')}</Text>
      <QuantityChoice
        lines={lines}
        chosen={chosen}
        onChange={setChosen}
        mostLabel={t('orders.open')}
      />
      <DialogActions
        label={t('orders.createDraft')}
        isDisabled={isImpossible}
        isRunning={isRunning}
        onAct={() => void submit()}
        onCancel={onClose}
      />
    </Stack>
  );
}
