import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { useApiQuery } from '../../app/api';
import classes from './cloud-page.module.css';
import { ConflictCard } from './conflict-card';
import { DecidedList } from './decided-list';
import { NoticeList } from './notice-list';
import { RejectionList } from './rejection-list';

interface AttentionListProps {
  /** Something was dealt with and goes, and what had the focus of the keyboard goes with it. */
  readonly onSettled: () => void;
}

/** What needs a person: conflicts to decide, changes the cloud refused, things to know. */
export function AttentionList({ onSettled }: AttentionListProps) {
  const { t } = useTranslation();
  const { data } = useApiQuery('sync.attention', {}, { keepPrevious: true });
  useItemInAddress(data !== undefined);
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    // Settled elsewhere: the item goes, and what had the focus in it.
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    onSettled();
  });
  if (data === undefined) return null;
  // The oldest first: what comes while one reads stands below.
  const conflicts = data.conflicts.toReversed();
  const rejections = data.rejections.toReversed();
  const notices = data.notices.toReversed();
  const { decided } = data;
  return (
    <div
      className={classes['attention']}
      onFocus={(event) => {
        focused.current = event.target;
      }}
      onBlur={() => {
        focused.current = null;
      }}
    >
      {conflicts.length > 0 && (
        <section>
          <h2 className={classes['heading']}>
            {t('cloud.conflicts.title', { count: conflicts.length })}
          </h2>
          <p className={classes['quiet']}>{t('cloud.conflicts.hint')}</p>
          <ul className={classes['items']}>
            {conflicts.map((conflict) => (
              <li key={conflict.id}>
                <ConflictCard conflict={conflict} onDecided={onSettled} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejections.length > 0 && <RejectionList rejections={rejections} onSettled={onSettled} />}
      {notices.length > 0 && <NoticeList notices={notices} onSettled={onSettled} />}
      {decided.length > 0 && <DecidedList decided={decided} onUndone={onSettled} />}
    </div>
  );
}

/** Goes to the item that a record's page named, once. */
function useItemInAddress(isShown: boolean): void {
  const { hash, key } = useLocation();
  const gone = useRef<string | null>(null);
  useEffect(() => {
    if (!isShown || hash === '' || gone.current === key) return;
    gone.current = key;
    document.getElementById(hash.slice(1))?.focus();
  }, [isShown, hash, key]);
}
