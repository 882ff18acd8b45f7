import { useTranslation } from 'react-i18next';

import type { ScreenLanguage } from '../../shared/domain/screen-language';
import { showError } from '../ui/toasts';
import { queryKey, useApiQuery } from './api';
import { bridge } from './bridge';
import { queryClient } from './query-client';

interface LanguageChoice {
  /** Null: as the system. Undefined: not known yet. */
  readonly chosen: ScreenLanguage | null | undefined;
  readonly choose: (language: ScreenLanguage | null) => Promise<void>;
}

/** The language chosen for the screens of this machine. */
export function useLanguageChoice(): LanguageChoice {
  const { t } = useTranslation();
  const { data: state } = useApiQuery('app.state', {});
  return {
    chosen: state?.language,
    choose: async (language) => {
      const result = await bridge.call('app.setLanguage', { language });
      if (result.ok) queryClient.setQueryData(queryKey('app.state', {}), result.value);
      else showError(t('form.notSaved'));
    },
  };
}
