import { Alert, Radio, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useApiAction, useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { queryClient } from '../../app/query-client';
import { Dialog } from '../../ui/dialog';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';

interface SignOutDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Leaving the account: what stays on this machine, and what would be lost. */
export function SignOutDialog({ isOpen, onClose }: SignOutDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={isOpen} onClose={onClose} size={460} title={t('account.signOut.title')}>
      <SignOutBody onClose={onClose} />
    </Dialog>
  );
}

function SignOutBody({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: preview } = useApiQuery('account.signOutPreview', {}, { fresh: true });
  const signOut = useApiAction('account.signOut');
  const [keeps, setKeeps] = useState(true);
  const [errors, setErrors] = useState<readonly string[]>([]);
  const submit = async (): Promise<void> => {
    const result = await signOut.run({ keepsCopies: keeps });
    if (!result.ok) return setErrors(describeError(t, result.error, formats));
    onClose();
    await queryClient.invalidateQueries();
  };
  const unsent = preview?.unsent ?? 0;
  return (
    <Stack gap={14}>
      <ErrorSummary messages={errors} />
      {preview !== undefined && preview.businesses > 0 && (
        <Radio.Group
          label={t('account.signOut.question', { count: preview.businesses })}
          value={keeps ? 'keep' : 'remove'}
          onChange={(value) => setKeeps(value === 'keep')}
        >
          <Stack gap={8} mt={8}>
            <Radio
              value="keep"
              label={t('account.signOut.keep')}
              description={t('account.signOut.keepHint')}
            />
            <Radio
              value="remove"
              label={t('account.signOut.remove')}
              description={t('account.signOut.removeHint')}
            />
          </Stack>
        </Radio.Group>
      )}
      {unsent > 0 && (
        <Alert
          color={keeps ? 'yellow' : 'red'}
          variant="light"
          icon={<IconAlertTriangle size={16} stroke={1.8} />}
        >
          <Text size="sm">
            {t(keeps ? 'account.signOut.unsentKept' : 'account.signOut.unsentLost', {
              count: unsent,
            })}
          </Text>
        </Alert>
      )}
      <DialogActions
        label={t(keeps ? 'account.signOut.action' : 'account.signOut.actionRemove')}
        isDestructive={!keeps}
        // Not before it is known what would be lost.
        isDisabled={preview === undefined}
        isRunning={signOut.isRunning}
        onAct={() => void submit()}
        onCancel={onClose}
      />
    </Stack>
  );
}
