import { Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

import type { SeriesState } from '../../../shared/contracts/app-api/settings';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { formErrors } from '../../app/describe-error';
import { useRecordForm } from '../../app/use-record-form';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { FormNotes } from '../../ui/form-notes';
import { useFormats } from '../../ui/formats-context';
import { fieldErrors } from '../../ui/issues';
import { CountInput } from '../../ui/scaled-input';
import { RecordNotes } from '../cloud/record-notes';
import classes from './series-dialog.module.css';

interface SeriesDialogProps {
  readonly series: SeriesState;
  readonly title: string;
  readonly onClose: () => void;
}

interface SeriesValues {
  readonly pattern: string;
  readonly resetsYearly: boolean;
  readonly start: number | null;
}

const NEW_PERIOD = { period: 0, start: 1, last: 0 };
const FIELDS = ['pattern', 'resetsYearly', 'start'];

/** How numbers of a series look and go on, with the next ones shown while it is changed. */
export function SeriesDialog({ series, title, onClose }: SeriesDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={520}>
      <SeriesForm series={series} onClose={onClose} />
    </Modal>
  );
}

function SeriesForm({ series, onClose }: Omit<SeriesDialogProps, 'title'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const business = useBusiness();
  const current = currentPeriod(series);
  const { pattern, resetsYearly } = series;
  const form = useRecordForm<SeriesValues, SeriesState>({
    key: `series ${business.uid} ${series.uid}`,
    uid: series.uid,
    initial: { pattern, resetsYearly, start: current.start },
    prefix: '',
    save: (typed, { start: _, ...base }) =>
      bridge.call('series.update', { ...changeOf(series, typed), base }),
    onSaved: onClose,
  });
  const { values } = form;
  const [previewed] = useDebouncedValue(values, 150);
  const preview = useApiQuery('series.preview', changeOf(series, previewed), {
    keepPrevious: true,
  });
  const known = { knows: (field: string) => FIELDS.includes(field) };
  const previewErrors = preview.isError
    ? formErrors(t, preview.error.error, formats, known)
    : fieldErrors(t, preview.data?.issues ?? [], formats, known);
  const errorOf = (field: string): string | undefined =>
    previewErrors.fields[field] ?? form.error(field);
  if (!form.isReady) return null;
  return (
    <form {...form.formProps}>
      <Stack gap={12}>
        <RecordNotes uid={series.uid} />
        <FormNotes form={form} />
        <ErrorSummary messages={[...previewErrors.rest, ...form.rest]} />
        <TextInput
          label={t('series.pattern')}
          description={t('series.patternHint')}
          data-autofocus
          autoComplete="off"
          maxLength={40}
          value={values.pattern}
          error={errorOf('pattern')}
          onChange={(event) => form.set({ pattern: event.currentTarget.value })}
        />
        <Checkbox
          label={t('series.resetsYearly')}
          checked={values.resetsYearly}
          error={errorOf('resetsYearly')}
          onChange={(event) => form.set({ resetsYearly: event.currentTarget.checked })}
        />
        <CountInput
          w={160}
          label={t('series.start')}
          description={t('series.startHint')}
          disabled={current.last > 0}
          value={values.start}
          error={errorOf('start')}
          onChange={(start) => form.set({ start })}
        />
        <div className={classes['examples']} aria-live="polite">
          <div className="doc-label">{t('series.examples')}</div>
          <ol>
            {(preview.data?.examples ?? []).map((example) => (
              <li key={example}>{example}</li>
            ))}
          </ol>
        </div>
        <DialogActions label={t('action.save')} isRunning={form.isSaving} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** What the core is asked for; an empty pattern is refused by it in words. */
function changeOf({ uid }: SeriesState, { pattern, resetsYearly, start }: SeriesValues) {
  return {
    uid,
    pattern: pattern.trim() === '' ? ' ' : pattern,
    resetsYearly,
    start: start ?? 1,
  };
}

/** Where the series stands now: the newest period, or the beginning of the first one. */
function currentPeriod(series: SeriesState): SeriesState['periods'][number] {
  return [...series.periods].sort((a, b) => b.period - a.period)[0] ?? NEW_PERIOD;
}
