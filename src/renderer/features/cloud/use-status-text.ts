import { useTranslation } from 'react-i18next';

import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { useFormats } from '../../ui/formats-context';
import { shownPhase } from './shown-phase';

/** One line on how sync stands; what needs a person comes first. */
export function useStatusText(status: SyncStatus | undefined): string {
  const { t } = useTranslation();
  const formats = useFormats();
  if (status === undefined) return '';
  if (status.attention > 0) return t('cloud.status.attention', { count: status.attention });
  const count = status.waiting;
  const shown = formats.count(count);
  switch (shownPhase(status)) {
    case 'off':
      return t('cloud.status.off');
    case 'offline':
      return status.offlineSince === null
        ? t('cloud.status.offline')
        : t('cloud.status.offlineSince', { time: formats.time(status.offlineSince) });
    case 'cloud_problem':
      return t('cloud.status.cloudProblem');
    case 'cloud_outdated':
      return t('cloud.status.cloudOutdated');
    case 'app_problem':
      return t('cloud.status.appProblem');
    case 'paused':
      return count > 0
        ? t('cloud.status.pausedWaiting', { count, shown })
        : t('cloud.status.paused');
    case 'sign_in_needed':
      return t('cloud.status.signIn');
    case 'update_required':
      return t('cloud.status.update');
    case 'no_access':
      return t('cloud.status.noAccess');
    case 'syncing':
      if (status.transfer !== null) {
        const percent = percentOf(status.transfer);
        return t(`cloud.status.${status.transfer.direction}`, { percent });
      }
      return t(count === 0 ? 'cloud.status.loading' : 'cloud.status.syncing');
    case 'idle':
      return count > 0 ? t('cloud.status.waiting', { count, shown }) : t('cloud.status.saved');
  }
}

/** Whole percent; never 100 before it is done. */
export function percentOf({ done, total }: { readonly done: number; readonly total: number }) {
  return total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
}
