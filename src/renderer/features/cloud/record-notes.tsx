import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { rootOf } from '../../../shared/sync/field-paths';
import { useApiQuery } from '../../app/api';
import { Note } from '../../ui/note';
import { pathLabel, telling } from './field-text';
import { noticeText } from './notice-text';
import { itemPath } from './record-path';
import classes from './record-notes.module.css';
import { useDismiss } from './use-dismiss';

/** The note goes by itself. */
const NOTHING_ELSE = (): void => undefined;

interface RecordNotesProps {
  /** Undefined for a record that is not there yet. */
  readonly uid: string | undefined;
  /** Of a page that shows a part of the record: the fields on it. */
  readonly fields?: readonly string[];
}

/** What a person should decide or know about the record that is shown, with the way there. */
export function RecordNotes({ uid, fields }: RecordNotesProps) {
  const { t } = useTranslation();
  const { data } = useApiQuery('sync.ofRecord', { uid: uid ?? '' }, { enabled: uid !== undefined });
  const dismiss = useDismiss(NOTHING_ELSE);
  if (data === undefined) return null;
  const isHere = (one: { readonly fields: readonly FieldConflict[] }): boolean =>
    fields === undefined || one.fields.some(({ path }) => fields.includes(rootOf(path)));
  const conflicts = data.conflicts.filter(isHere);
  const rejections = data.rejections.filter(isHere);
  // They are about no field: a page of a part has them no more than the others.
  const notices = fields === undefined ? data.notices : [];
  if (conflicts.length + rejections.length + notices.length === 0) return null;
  const wordsFor = (concerned: readonly FieldConflict[]): string =>
    telling(concerned)
      .map((field) => pathLabel(t, field))
      .join(', ');
  return (
    <div className={classes['notes']}>
      {conflicts.map((conflict) => (
        <Note
          key={conflict.id}
          text={t('cloud.note.conflict', { fields: wordsFor(conflict.fields) })}
        >
          <Anchor component={Link} to={itemPath(conflict.id)} fz="inherit">
            {t('cloud.note.choose')}
          </Anchor>
        </Note>
      ))}
      {rejections.map((rejection) => (
        <Note
          key={rejection.id}
          text={
            rejection.fields.length === 0
              ? t('cloud.note.rejectionWhole')
              : t('cloud.note.rejection', { fields: wordsFor(rejection.fields) })
          }
        >
          <Anchor component={Link} to={itemPath(rejection.id)} fz="inherit">
            {t('cloud.note.look')}
          </Anchor>
        </Note>
      ))}
      {notices.map((notice) => (
        <Note key={notice.id} text={noticeText(t, notice)}>
          {notice.overtaken === undefined ? (
            <Anchor
              component="button"
              type="button"
              fz="inherit"
              onClick={() => void dismiss(notice.id)}
            >
              {t('cloud.notices.seen')}
            </Anchor>
          ) : (
            <Anchor component={Link} to={itemPath(notice.id)} fz="inherit">
              {t('cloud.note.typed')}
            </Anchor>
          )}
        </Note>
      ))}
    </div>
  );
}
