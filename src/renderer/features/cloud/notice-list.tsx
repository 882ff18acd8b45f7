import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { NoticeItem as Notice } from '../../../shared/contracts/app-api/sync';
import { useApiQuery } from '../../app/api';
import { useFormats } from '../../ui/formats-context';
import { Item, ItemList } from '../../ui/item-list';
import classes from './cloud-page.module.css';
import { noticeText } from './notice-text';
import { RecordName, recordTitle } from './record-name';
import { itemAnchor } from './record-path';
import { SidesTable } from './sides-table';
import { useDismiss } from './use-dismiss';

interface NoticeListProps {
  readonly notices: readonly Notice[];
  readonly onSettled: () => void;
}

/** What somebody should know and need not decide. */
export function NoticeList({ notices, onSettled }: NoticeListProps) {
  const { t } = useTranslation();
  const dismiss = useDismiss(onSettled);
  const dismissAll = async (): Promise<void> => {
    for (const { id } of notices) await dismiss(id);
  };
  return (
    <section aria-label={t('cloud.notices.title')}>
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

interface NoticeItemProps {
  readonly notice: Notice;
  readonly onDone: () => void;
}

function NoticeItem({ notice, onDone }: NoticeItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const dismiss = useDismiss(onDone);
  return (
    <Item
      id={itemAnchor(notice.id)}
      title={<RecordName record={notice} />}
      note={formats.instant(notice.at)}
      actions={
        <Button
          variant="default"
          aria-label={t('cloud.of', {
            action: t('cloud.notices.seen'),
            title: recordTitle(t, notice),
          })}
          onClick={() => void dismiss(notice.id)}
        >
          {t('cloud.notices.seen')}
        </Button>
      }
    >
      <span>{noticeText(t, notice)}</span>
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
  return (
    <SidesTable
      label={t('cloud.notices.overtaken')}
      fields={fields}
      sides={[
        { side: 'theirs', header: t('cloud.notices.typed') },
        { side: 'mine', header: t('cloud.notices.finalised') },
      ]}
      currency={data?.invoice.content.currency ?? null}
    />
  );
}
