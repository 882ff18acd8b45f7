import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Read when a toast is shown: by then the catalogue is there. */
function closeButton() {
  return {
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('action.close') },
  };
}

/** A short note at the start of the bottom edge; it goes by itself and never covers totals. */
export function showToast(message: string): void {
  notifications.show({ message, ...closeButton(), autoClose: 4_000 });
}

/** Something went wrong that belongs to no field; it stays until closed. */
export function showError(message: string): void {
  notifications.show({ message, color: 'red', ...closeButton(), autoClose: false });
}

interface UndoToast {
  /** What was done: "Acme Ltd was deleted." */
  readonly message: string;
  readonly undoLabel: string;
  readonly onUndo: () => void;
}

/** What was done, and the way back for as long as it is shown. */
export function showUndo({ message, undoLabel, onUndo }: UndoToast): void {
  const id = notifications.show({
    autoClose: 10_000,
    ...closeButton(),
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        {message}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {undoLabel}
        </Button>
      </span>
    ),
  });
}
