import { useTranslation } from 'react-i18next';

import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError } from '../../ui/toasts';

/** Lets go of one item; the list follows by the status event. */
export function useDismiss(onDone: () => void) {
  const { t } = useTranslation();
  const formats = useFormats();
  return async (id: number): Promise<void> => {
    const result = await bridge.call('sync.dismiss', { id });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    onDone();
  };
}
