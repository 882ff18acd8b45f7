import { bridge } from './bridge';

/**
 * Tells the core when the network is back and when somebody looks at the app again: sync waits no
 * longer then. Answers how to stop.
 */
export function wakeSync(): () => void {
  const wake = (): void => {
    // A core that is starting syncs by itself once it is there.
    void bridge.call('sync.wake', {});
  };
  const wakeWhenSeen = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('focus', wake);
  document.addEventListener('visibilitychange', wakeWhenSeen);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('focus', wake);
    document.removeEventListener('visibilitychange', wakeWhenSeen);
  };
}
