import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { SeriesState } from '../../../shared/contracts/app-api/settings';
import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table';
import classes from './number-settings.module.css';
import { SeriesDialog } from './series-dialog';
import { useEditedRecord } from './use-edited-record';

/** The series that documents take their numbers from. */
export function NumberSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: series = [] } = useApiQuery('series.list', {});
  const { edited: editedUid, edit, close } = useEditedRecord();
  // As it is now: it may change elsewhere while it is edited.
  const edited = series.find(({ uid }) => uid === editedUid);
  const hasLetters = series.some((one) => one.letter !== '');
  const nameOf = (one: SeriesState): string =>
    one.letter === ''
      ? t(`series.kinds.${one.kind}`)
      : t('series.withLetter', { kind: t(`series.kinds.${one.kind}`), letter: one.letter });

  return (
    <>
      <PageHeader title={t('settings.numbers')} />
      <div className={page['scroll']}>
        <p className={classes['hint']}>{t('series.hint')}</p>
        <SimpleTable
          label={t('settings.numbers')}
          columns={[
            { id: 'kind', header: t('series.kind') },
            { id: 'pattern', header: t('series.pattern') },
            { id: 'next', header: t('series.next') },
            { id: 'report', header: '', width: 190 },
          ]}
          rows={series.map((one) => ({
            key: one.uid,
            cells: [
              one.kind === 'imported' ? (
                nameOf(one)
              ) : (
                <UnstyledButton key="name" className="doc-row-link" onClick={() => edit(one.uid)}>
                  {nameOf(one)}
                </UnstyledButton>
              ),
              one.kind === 'imported' ? t('series.asImported') : one.pattern,
              one.next ?? '',
              one.kind === 'imported' ? null : (
                <Button
                  key="report"
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('series.reportOf', { name: nameOf(one) })}
                  onClick={() => void navigate(`/settings/numbers/${one.uid}`)}
                >
                  {t('settings.report')}
                </Button>
              ),
            ],
          }))}
        />
        {hasLetters && <p className={classes['hint']}>{t('series.letterHint')}</p>}
      </div>
      {edited !== undefined && (
        <SeriesDialog series={edited} title={nameOf(edited)} onClose={close} />
      )}
    </>
  );
}
