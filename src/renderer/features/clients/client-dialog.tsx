import { useTranslation } from 'react-i18next';

import type { Client } from '../../../shared/domain/client';
import { ClientForm } from './client-form';
import { Dialog } from '../../ui/dialog';

interface ClientDialogProps {
  readonly isOpen: boolean;
  /** What the new client is called at first. */
  readonly initialName: string;
  readonly onClose: () => void;
  readonly onSaved: (client: Client) => void;
}

/** Creates a client without leaving the page: from inside an invoice. */
export function ClientDialog({ isOpen, initialName, onClose, onSaved }: ClientDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={isOpen} onClose={onClose} title={t('clients.new')} size={860}>
      <ClientForm place="dialog" initialName={initialName} onSaved={onSaved} onCancel={onClose} />
    </Dialog>
  );
}
