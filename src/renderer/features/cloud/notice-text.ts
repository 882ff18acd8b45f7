import type { TFunction } from 'i18next';

import type { NoticeItem } from '../../../shared/contracts/app-api/sync';

/** What somebody should know, in a sentence, from its code. */
export function noticeText(t: TFunction, { code, params }: NoticeItem): string {
  return t(`cloud.notice.${code}` as 'cloud.notice.other', {
    ...params,
    defaultValue: t('cloud.notice.other'),
  });
}
