import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ImportProgress } from '../../../shared/contracts/app-api/imports';
import { bridge } from '../../app/bridge';
import { fromBase64 } from '../../ui/base64';
import { Figures } from '../../ui/figures';
import { useFormats } from '../../ui/formats-context';
import { SimpleTable } from '../../ui/simple-table';
import { reasonsOf } from './import-words';
import classes from './imports.module.css';
import type { ImportReport } from './use-import';

/** How far an import is, and the way to stop it. */
export function ImportRunning({
  progress,
  onCancel,
}: {
  readonly progress: ImportProgress;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = t('imports.progress', {
    done: formats.count(progress.doneRows),
    total: formats.count(progress.totalRows),
  });
  const share = progress.totalRows === 0 ? 0 : (progress.doneRows / progress.totalRows) * 100;
  return (
    <div className={classes['choose']}>
      <Progress.Root size="lg">
        <Progress.Section value={share} aria-label={text} />
      </Progress.Root>
      <p className={classes['hint']} aria-live="polite">
        {text}
      </p>
      <div>
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  );
}

/** What came of an import: what came in, what was there already, and each refused row. */
export function ImportDone({
  report,
  fileName,
}: {
  readonly report: ImportReport;
  readonly fileName: string;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const save = async (): Promise<void> => {
    await bridge.saveFile({
      fileName: `${fileName.replace(/\.[^.]*$/u, '')} ${t('imports.reportFile')}.csv`,
      mime: 'text/csv',
      bytes: fromBase64(report.reportCsv),
    });
  };
  return (
    <div className={classes['done']}>
      <p className={classes['verdict']} role="status">
        {t(`imports.verdict.${report.state}`)}
      </p>
      <Figures
        figures={(['created', 'unchanged', 'refused'] as const).map((id) => ({
          id,
          label: t(`imports.${id}`),
          value: formats.count(report[id]),
        }))}
      />
      {report.refusedRows.length > 0 && (
        <>
          <div className={classes['reportHead']}>
            <h2>{t('imports.refusedRows')}</h2>
            <Button variant="default" onClick={() => void save()}>
              {t('imports.saveReport')}
            </Button>
          </div>
          <SimpleTable
            label={t('imports.refusedRows')}
            columns={[
              { id: 'line', header: t('imports.line'), align: 'end', width: 70 },
              { id: 'reason', header: t('imports.reason') },
            ]}
            rows={report.refusedRows.map((row) => ({
              key: String(row.line),
              cells: [row.line, reasonsOf(t, row.issues, formats)],
            }))}
          />
          {report.refused > report.refusedRows.length && (
            <p className={classes['hint']}>
              {t('imports.moreRefused', {
                count: report.refused - report.refusedRows.length,
              })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
