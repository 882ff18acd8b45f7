import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import { useApiQuery } from '../../app/api';
import { SyncIcon } from './sync-icon';
import classes from './sync-mark.module.css';
import { useStatusText } from './use-status-text';

/** How this machine and the cloud stand, in the frame of every page; leads to the whole story. */
export function SyncMark() {
  const { t } = useTranslation();
  const { data: status } = useApiQuery('sync.status', {});
  const text = useStatusText(status);
  if (status === undefined) return null;
  const needsAttention = status.attention > 0 || status.phase === 'sign_in_needed';
  return (
    // Around the link: a region within it would keep its words from being the link's name.
    <div role="status">
      <NavLink
        to="/cloud"
        className={classes['mark'] ?? ''}
        data-attention={needsAttention || undefined}
        title={t('cloud.open', { status: text })}
      >
        <SyncIcon status={status} />
        <span className={`${classes['text']} doc-wide-only`}>{text}</span>
      </NavLink>
    </div>
  );
}
