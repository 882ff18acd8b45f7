import { useTranslation } from 'react-i18next';

import type { MethodName } from '../../../shared/contracts/app-api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { showError } from '../../ui/toasts';

/** Does something with one item; the list follows by the status event. */
export function useAct(onDone: () => void) {
  const { t } = useTranslation();
  const formats = useFormats();
  return async (
    method: Extract<MethodName, 'sync.retry' | 'sync.dismiss'>,
    id: number,
  ): Promise<void> => {
    const result = await bridge.call(method, { id });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    onDone();
  };
}
