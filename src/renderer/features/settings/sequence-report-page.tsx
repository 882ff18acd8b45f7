import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';

import type { SequenceReport } from '../../../shared/contracts/app-api/settings';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import type { SeriesUid } from '../../../shared/domain/ids';
import { seriesUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { DateField } from '../../ui/date-field';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table';
import { StatusBadge } from '../../ui/status-badge';
import { showToast } from '../../ui/toasts';
import classes from './number-settings.module.css';
import { sequenceReportText } from './sequence-report-text';

/** Proves that a series has no gap and no duplicate, or shows where it has. */
export function SequenceReportPage() {
  const uid = seriesUid.safeParse(useParams()['uid']);
  return uid.success ? <Report uid={uid.data} /> : <Navigate to="/settings/numbers" replace />;
}

function Report({ uid }: { readonly uid: SeriesUid }) {
  const { t } = useTranslation();
  const business = useBusiness();
  const [from, setFrom] = useState<CalendarDate | null>(null);
  const [to, setTo] = useState<CalendarDate | null>(null);
  const { data: report } = useApiQuery(
    'series.report',
    { uid, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) },
    { keepPrevious: true },
  );
  const { data: series = [] } = useApiQuery('series.list', {});
  const one = series.find((candidate) => candidate.uid === uid);
  const kind = one ? t(`series.kinds.${one.kind}`) : '';
  const name =
    one && one.letter !== '' ? t('series.withLetter', { kind, letter: one.letter }) : kind;
  const title = `${t('settings.report')}: ${name}`;

  const copy = async (): Promise<void> => {
    if (!report) return;
    await navigator.clipboard.writeText(
      sequenceReportText(t, `${business.name}\n${title}`, report),
    );
    showToast(t('report.copied'));
  };

  return (
    <>
      <PageHeader
        title={title}
        parent={{ label: t('settings.numbers'), to: '/settings/numbers' }}
        secondary={
          <Button variant="default" onClick={() => void copy()}>
            {t('action.copy')}
          </Button>
        }
        primary={<Button onClick={() => window.print()}>{t('action.print')}</Button>}
      />
      <div className={page['scroll']}>
        <div className={classes['range']}>
          <DateField w={150} label={t('report.from')} value={from} onChange={setFrom} />
          <DateField w={150} label={t('report.to')} value={to} onChange={setTo} />
        </div>
        {report?.periods.length === 0 && <p className={classes['hint']}>{t('report.empty')}</p>}
        {report?.periods.map((period) => (
          <Period key={period.period} period={period} />
        ))}
      </div>
    </>
  );
}

function Period({ period }: { readonly period: SequenceReport['periods'][number] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className={classes['period']}>
      {period.period !== 0 && <h2>{period.period}</h2>}
      <p className={classes['verdict']}>
        {period.isProven ? (
          <StatusBadge
            tone="good"
            label={t('report.proven')}
            icon={<IconCircleCheck size={16} stroke={1.8} />}
          />
        ) : (
          <StatusBadge
            tone="bad"
            label={t('report.notProven')}
            icon={<IconAlertTriangle size={16} stroke={1.8} />}
          />
        )}
      </p>
      <SimpleTable
        label={t('settings.report')}
        columns={[
          { id: 'first', header: t('report.first') },
          { id: 'last', header: t('report.last') },
          { id: 'count', header: t('report.count'), align: 'end' },
        ]}
        rows={[
          {
            key: 'all',
            cells: [period.first ?? '', period.last ?? '', formats.count(period.count)],
          },
        ]}
      />
      {(period.gaps.length > 0 || period.duplicates.length > 0) && (
        <ul>
          {period.gaps.map((gap) => (
            <li key={gap.from}>
              {gap.from === gap.to
                ? t('report.gapOne', { number: gap.from })
                : t('report.gap', { from: gap.from, to: gap.to })}
            </li>
          ))}
          {period.duplicates.map((duplicate) => (
            <li key={duplicate.number}>
              {t('report.duplicate', { number: duplicate.number, count: duplicate.uids.length })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
