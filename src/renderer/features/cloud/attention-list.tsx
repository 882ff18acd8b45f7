import { Anchor, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { MethodName, MethodOutput } from '../../../shared/contracts/app-api';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { confirm } from '../../ui/confirm';
import { useFormats } from '../../ui/formats-context';
import { describeIssue } from '../../ui/issues';
import { showError } from '../../ui/toasts';
import classes from './cloud-page.module.css';
import { ConflictCard } from './conflict-card';
import { recordPath } from './record-path';

type Attention = MethodOutput<'sync.attention'>;
type Rejection = Attention['rejections'][number];
type Notice = Attention['notices'][number];

/** What needs a person: conflicts to decide, changes the cloud refused, things to know. */
export function AttentionList() {
  const { t } = useTranslation();
  const { data } = useApiQuery('sync.attention', {}, { keepPrevious: true });
  if (data === undefined) return null;
  const { conflicts, rejections, notices } = data;
  return (
    <>
      {conflicts.length > 0 && (
        <section>
          <h2 className={classes['heading']}>
            {t('cloud.conflicts.title', { count: conflicts.length })}
          </h2>
          <p className={classes['quiet']}>{t('cloud.conflicts.hint')}</p>
          <ul className={classes['items']}>
            {conflicts.map((conflict) => (
              <li key={conflict.id}>
                <ConflictCard conflict={conflict} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejections.length > 0 && (
        <section>
          <h2 className={classes['heading']}>
            {t('cloud.rejections.title', { count: rejections.length })}
          </h2>
          <p className={classes['quiet']}>{t('cloud.rejections.hint')}</p>
          <ul className={classes['items']}>
            {rejections.map((rejection) => (
              <RejectionItem key={rejection.id} rejection={rejection} />
            ))}
          </ul>
        </section>
      )}
      {notices.length > 0 && (
        <section>
          <h2 className={classes['heading']}>{t('cloud.notices.title')}</h2>
          <ul className={classes['items']}>
            {notices.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function RejectionItem({ rejection }: { readonly rejection: Rejection }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const act = useAct();
  const giveUp = async (): Promise<void> => {
    const isSure = await confirm({
      title: t('cloud.rejections.dismissTitle', { title: rejection.title }),
      body: t('cloud.rejections.dismissBody'),
      confirmLabel: t('cloud.rejections.dismiss'),
      cancelLabel: t('action.cancel'),
      isDestructive: true,
    });
    if (isSure) await act('sync.dismiss', rejection.id);
  };
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <RecordName record={rejection} />
        <span>{describeIssue(t, { field: rejection.field, code: rejection.code }, formats)}</span>
        <span className={classes['quiet']}>{formats.instant(rejection.at)}</span>
      </div>
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => void act('sync.retry', rejection.id)}>
          {t('action.retry')}
        </Button>
        <Button variant="subtle" onClick={() => void giveUp()}>
          {t('cloud.rejections.dismiss')}
        </Button>
      </div>
    </li>
  );
}

function NoticeItem({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const act = useAct();
  const text = t(`cloud.notice.${notice.code}` as 'cloud.notice.other', {
    ...notice.params,
    defaultValue: t('cloud.notice.other'),
  });
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <RecordName record={notice} />
        <span>{text}</span>
        <span className={classes['quiet']}>{formats.instant(notice.at)}</span>
      </div>
      <Button variant="default" onClick={() => void act('sync.dismiss', notice.id)}>
        {t('cloud.notices.seen')}
      </Button>
    </li>
  );
}

function RecordName({ record }: { readonly record: Rejection | Notice }) {
  const { t } = useTranslation();
  const path = recordPath(record);
  const title = record.title === '' ? t(`cloud.collection.${record.collection}`) : record.title;
  if (path === null) return <strong>{title}</strong>;
  return (
    <Anchor component={Link} to={path} fw={600}>
      {title}
    </Anchor>
  );
}

/** Does something with one item; the list follows by the status event. */
function useAct() {
  const { t } = useTranslation();
  const formats = useFormats();
  return async (
    method: Extract<MethodName, 'sync.retry' | 'sync.dismiss'>,
    id: number,
  ): Promise<void> => {
    const result = await bridge.call(method, { id });
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
  };
}
