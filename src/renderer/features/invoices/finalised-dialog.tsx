import { Button, Stack, Text } from '@mantine/core';
import { IconDownload, IconMail, IconPrinter, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Invoice } from '../../../shared/domain/invoice';
import { Dialog } from '../../ui/dialog';
import { SendDialog } from './send-dialog';
import { useHasAccount } from './use-has-account';
import { usePdfActions } from './use-pdf-actions';

interface FinalisedDialogProps {
  readonly invoice: Invoice | null;
  readonly onClose: () => void;
}

/** What is done with a document that was just issued. */
export function FinalisedDialog({ invoice, onClose }: FinalisedDialogProps) {
  const { t } = useTranslation();
  const [isSending, setSending] = useState(false);
  const close = (): void => {
    setSending(false);
    onClose();
  };
  if (invoice !== null && isSending) {
    return <SendDialog invoice={invoice} send={null} isOpen onClose={close} />;
  }
  return (
    <Dialog
      opened={invoice !== null}
      onClose={onClose}
      size={400}
      title={t('invoices.finalised.title', { number: invoice?.number ?? '' })}
    >
      {invoice && (
        <FinalisedBody invoice={invoice} onSend={() => setSending(true)} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FinalisedBodyProps {
  readonly invoice: Invoice;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

function FinalisedBody({ invoice, onSend, onClose }: FinalisedBodyProps) {
  const { t } = useTranslation();
  const pdf = usePdfActions(invoice.uid);
  const canSend = useHasAccount();
  return (
    <Stack gap={10}>
      <Text size="sm">{t('invoices.finalised.next')}</Text>
      {canSend && (
        <Button
          data-autofocus
          justify="flex-start"
          leftSection={<IconSend size={15} stroke={1.7} />}
          onClick={onSend}
        >
          {t('send.action')}
        </Button>
      )}
      <Button
        data-autofocus={!canSend || undefined}
        variant={canSend ? 'default' : 'filled'}
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
      {!canSend && (
        <Button
          variant="default"
          justify="flex-start"
          leftSection={<IconMail size={15} stroke={1.7} />}
          onClick={() => void pdf.saveAndMail()}
        >
          {t('document.savePdfAndMail')}
        </Button>
      )}
      <Button variant="subtle" onClick={onClose}>
        {t('action.close')}
      </Button>
    </Stack>
  );
}
