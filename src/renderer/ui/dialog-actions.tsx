import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogActionsProps {
  readonly onCancel: () => void;
  /** What the dialog is for: "Save". */
  readonly label: string;
  /** Left out in a form, which is sent. */
  readonly onAct?: () => void;
  readonly isRunning: boolean;
  readonly isDisabled?: boolean;
  readonly isDestructive?: boolean;
  /** Has the focus when the dialog opens. */
  readonly isFirst?: boolean;
  /** Another thing that can be done, between both. */
  readonly children?: ReactNode;
}

/** The end of a dialog or of a form in one: the way out, and what it is for. */
export function DialogActions({
  onCancel,
  label,
  onAct,
  isRunning,
  isDisabled = false,
  isDestructive = false,
  isFirst = false,
  children,
}: DialogActionsProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap={8}>
      <Button variant="default" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
      {children}
      <Button
        {...(onAct === undefined ? { type: 'submit' } : { onClick: onAct })}
        {...(isDestructive ? { color: 'red' } : {})}
        data-autofocus={isFirst || undefined}
        disabled={isDisabled}
        loading={isRunning}
      >
        {label}
      </Button>
    </Group>
  );
}
