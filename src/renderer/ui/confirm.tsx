import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

interface Confirmation {
  /** Names the object: "Delete draft for Acme Ltd?" */
  readonly title: string;
  readonly body: ReactNode;
  /** The verb: "Delete draft". */
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly isDestructive?: boolean;
}

/** Asks before something that cannot be taken back; answers whether it shall be done. */
export function confirm(question: Confirmation): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: question.title,
      children: typeof question.body === 'string' ? <Text>{question.body}</Text> : question.body,
      labels: { confirm: question.confirmLabel, cancel: question.cancelLabel },
      confirmProps: question.isDestructive ? { color: 'red' } : {},
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    });
  });
}
