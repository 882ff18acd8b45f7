import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { bridge } from './bridge';
import classes from './connection-notice.module.css';

/** Says that the app's own core does not answer, or that this tab's session is over. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const connection = useSyncExternalStore(bridge.onConnection, bridge.connection);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    // A core that starts again within a second is nobody's business.
    const timer = window.setTimeout(() => setLong(connection !== 'open'), 1_000);
    return () => {
      window.clearTimeout(timer);
      setLong(false);
    };
  }, [connection]);
  if (connection === 'open' || !isLong) return null;
  return (
    <div className={classes['notice']} role="alert">
      {connection === 'lost' ? t('connection.lost') : t('connection.over')}
    </div>
  );
}
