import type { TFunction } from 'i18next';

import type { SequenceReport } from '../../../shared/contracts/app-api/settings';

/** The report as plain text, for a letter or a mail. */
export function sequenceReportText(t: TFunction, title: string, report: SequenceReport): string {
  const periods = report.periods.map((period) =>
    [
      ...(period.period === 0 ? [] : [String(period.period)]),
      period.isProven ? t('report.proven') : t('report.notProven'),
      `${t('report.first')}: ${period.first ?? ''}`,
      `${t('report.last')}: ${period.last ?? ''}`,
      `${t('report.count')}: ${period.count}`,
      ...period.gaps.map((gap) =>
        gap.from === gap.to
          ? t('report.gapOne', { number: gap.from })
          : t('report.gap', { from: gap.from, to: gap.to }),
      ),
      ...period.duplicates.map((duplicate) =>
        t('report.duplicate', { number: duplicate.number, count: duplicate.uids.length }),
      ),
    ].join('\n'),
  );
  return [title, ...periods].join('\n\n');
}
