import { Button, Stack, Text } from '@mantine/core';
import { IconDownload, IconMail, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { Invoice } from '../../../shared/domain/invoice';
import { usePdfActions } from './use-pdf-actions';
import { Dialog } from '../../ui/dialog';

interface FinalisedDialogProps {
  readonly invoice: Invoice | null;
  readonly onClose: () => void;
}

/** What is done with a document that was just issued. */
export function FinalisedDialog({ invoice, onClose }: FinalisedDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={invoice !== null}
      onClose={onClose}
      size={400}
      title={t('invoices.finalised.title', { number: invoice?.number ?? '' })}
    >
      {invoice && <FinalisedBody invoice={invoice} onClose={onClose} />}
    </Dialog>
  );
}

function FinalisedBody({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t } = useTranslation();
  const pdf = usePdfActions(invoice.uid);
  return (
    <Stack gap={10}>
      <Text size="sm">{t('invoices.finalised.next')}</Text>
      <Button
        data-autofocus
        justify="flex-start"
        leftSection={<IconDownload size={15} stroke={1.7} />}
        loading={pdf.isRunning}
        onClick={() => void pdf.save()}
      >
        {t('document.savePdf')}
      </Button>
      <Button
        variant="default"
        justify="flex-start"
        leftSection={<IconPrinter size={15} stroke={1.7} />}
        onClick={() => void pdf.print()}
      >
        {t('action.print')}
      </Button>
      <Button
        variant="default"
        justify="flex-start"
        leftSection={<IconMail size={15} stroke={1.7} />}
        onClick={() => void pdf.saveAndMail()}
      >
        {t('document.savePdfAndMail')}
      </Button>
      <Button variant="subtle" onClick={onClose}>
        {t('action.close')}
      </Button>
    </Stack>
  );
}
