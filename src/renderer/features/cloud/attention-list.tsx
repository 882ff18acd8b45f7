import { Anchor, Button } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { MethodName, MethodOutput } from '../../../shared/contracts/app-api';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { confirm } from '../../ui/confirm';
import { useFormats } from '../../ui/formats-context';
import { Item, ItemList } from '../../ui/item-list';
import { describeIssue } from '../../ui/issues';
import { SimpleTable } from '../../ui/simple-table';
import { showError } from '../../ui/toasts';
import { fieldLabel } from '../../ui/field-label';
import classes from './cloud-page.module.css';
import { ConflictCard } from './conflict-card';
import { FieldValue } from './field-value';
import { recordPath } from './record-path';

type Attention = MethodOutput<'sync.attention'>;
type Rejection = Attention['rejections'][number];
type Notice = Attention['notices'][number];

interface AttentionListProps {
  /** Something was dealt with and goes, and what had the focus of the keyboard goes with it. */
  readonly onSettled: () => void;
}

/** What needs a person: conflicts to decide, changes the cloud refused, things to know. */
export function AttentionList({ onSettled }: AttentionListProps) {
  const { t } = useTranslation();
  const { data } = useApiQuery('sync.attention', {}, { keepPrevious: true });
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
      {rejections.length > 0 && (
        <section>
          <h2 className={classes['heading']}>
            {t('cloud.rejections.title', { count: rejections.length })}
          </h2>
          <p className={classes['quiet']}>{t('cloud.rejections.hint')}</p>
          <ItemList>
            {rejections.map((rejection) => (
              <RejectionItem key={rejection.id} rejection={rejection} onDone={onSettled} />
            ))}
          </ItemList>
        </section>
      )}
      {notices.length > 0 && <Notices notices={notices} onSettled={onSettled} />}
    </div>
  );
}

interface NoticesProps {
  readonly notices: readonly Notice[];
  readonly onSettled: () => void;
}

function Notices({ notices, onSettled }: NoticesProps) {
  const { t } = useTranslation();
  const act = useAct(onSettled);
  const dismissAll = async (): Promise<void> => {
    for (const { id } of notices) await act('sync.dismiss', id);
  };
  return (
    <section>
      <div className={classes['head']}>
        <h2 className={classes['heading']}>{t('cloud.notices.title')}</h2>
        {notices.length > 1 && (
          <Button variant="subtle" size="compact-sm" onClick={() => void dismissAll()}>
            {t('cloud.notices.allSeen')}
          </Button>
        )}
      </div>
      <ItemList>
        {notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onDone={onSettled} />
        ))}
      </ItemList>
    </section>
  );
}

interface RejectionItemProps {
  readonly rejection: Rejection;
  readonly onDone: () => void;
}

function RejectionItem({ rejection, onDone }: RejectionItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const act = useAct(onDone);
  const reason = describeIssue(t, { field: rejection.field, code: rejection.code }, formats);
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
    <Item
      title={<RecordName record={rejection} />}
      note={formats.instant(rejection.at)}
      actions={
        <>
          <Button
            variant="default"
            aria-label={t('cloud.of', { action: t('action.retry'), title: rejection.title })}
            onClick={() => void act('sync.retry', rejection.id)}
          >
            {t('action.retry')}
          </Button>
          <Button
            variant="subtle"
            aria-label={t('cloud.of', {
              action: t('cloud.rejections.dismiss'),
              title: rejection.title,
            })}
            onClick={() => void giveUp()}
          >
            {t('cloud.rejections.dismiss')}
          </Button>
        </>
      }
    >
      <span>
        {rejection.field === ''
          ? reason
          : t('cloud.rejections.reason', { field: fieldLabel(t, rejection.field), reason })}
      </span>
    </Item>
  );
}

interface NoticeItemProps {
  readonly notice: Notice;
  readonly onDone: () => void;
}

function NoticeItem({ notice, onDone }: NoticeItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const act = useAct(onDone);
  const text = t(`cloud.notice.${notice.code}` as 'cloud.notice.other', {
    ...notice.params,
    defaultValue: t('cloud.notice.other'),
  });
  return (
    <Item
      title={<RecordName record={notice} />}
      note={formats.instant(notice.at)}
      actions={
        <Button
          variant="default"
          aria-label={t('cloud.of', { action: t('cloud.notices.seen'), title: notice.title })}
          onClick={() => void act('sync.dismiss', notice.id)}
        >
          {t('cloud.notices.seen')}
        </Button>
      }
    >
      <span>{text}</span>
      {notice.overtaken !== undefined && (
        <Overtaken invoiceUid={notice.uid} fields={notice.overtaken} />
      )}
    </Item>
  );
}

interface OvertakenProps {
  readonly invoiceUid: string;
  readonly fields: NonNullable<Notice['overtaken']>;
}

/** What was typed elsewhere and stands on no paper, beside what does. */
function Overtaken({ invoiceUid, fields }: OvertakenProps) {
  const { t } = useTranslation();
  const { data } = useApiQuery('invoices.get', { uid: invoiceUid });
  const currency = data?.invoice.content.currency ?? null;
  return (
    <SimpleTable
      label={t('cloud.notices.overtaken')}
      columns={[
        { id: 'field', header: t('cloud.conflicts.field') },
        { id: 'typed', header: t('cloud.notices.typed') },
        { id: 'finalised', header: t('cloud.notices.finalised') },
      ]}
      rows={fields.map(({ path, mine, theirs }) => ({
        key: path,
        cells: [
          fieldLabel(t, path),
          <FieldValue key="typed" path={path} value={theirs} currency={currency} />,
          <FieldValue key="finalised" path={path} value={mine} currency={currency} />,
        ],
      }))}
    />
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
function useAct(onDone: () => void) {
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
