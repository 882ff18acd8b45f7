import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SeriesState } from '../../../shared/contracts/app-api/settings';
import { useApiAction, useApiQuery } from '../../app/api';
import { formErrors } from '../../app/describe-error';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { fieldErrors, NO_ERRORS } from '../../ui/issues';
import { CountInput } from '../../ui/scaled-input';
import classes from './series-dialog.module.css';

interface SeriesDialogProps {
  readonly series: SeriesState;
  readonly title: string;
  readonly onClose: () => void;
}

const NEW_PERIOD = { period: 0, start: 1, last: 0 };
const FIELDS = ['pattern', 'resetsYearly', 'start'];

/** How numbers of a series look and go on, with the next ones shown while it is changed. */
export function SeriesDialog({ series, title, onClose }: SeriesDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [pattern, setPattern] = useState(series.pattern);
  const [resetsYearly, setResetsYearly] = useState(series.resetsYearly);
  const current = currentPeriod(series);
  const [start, setStart] = useState<number | null>(current.start);
  const [errors, setErrors] = useState(NO_ERRORS);
  const update = useApiAction('series.update');
  const change = {
    uid: series.uid,
    pattern: pattern.trim() === '' ? ' ' : pattern,
    resetsYearly,
    start: start ?? 1,
  };
  const [previewed] = useDebouncedValue(change, 150);
  const preview = useApiQuery('series.preview', previewed, { keepPrevious: true });
  const form = { knows: (field: string) => FIELDS.includes(field) };
  const previewErrors = preview.isError
    ? formErrors(t, preview.error.error, formats, form)
    : fieldErrors(t, preview.data?.issues ?? [], formats, form);
  const errorOf = (field: string): string | undefined =>
    previewErrors.fields[field] ?? errors.fields[field];

  const save = async (): Promise<void> => {
    const result = await update.run(change);
    if (result.ok) return onClose();
    setErrors(formErrors(t, result.error, formats, form));
  };

  return (
    <Modal opened onClose={onClose} title={title} size={520}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap={12}>
          <ErrorSummary messages={[...previewErrors.rest, ...errors.rest]} />
          <TextInput
            label={t('series.pattern')}
            description={t('series.patternHint')}
            data-autofocus
            autoComplete="off"
            maxLength={40}
            value={pattern}
            error={errorOf('pattern')}
            onChange={(event) => setPattern(event.currentTarget.value)}
          />
          <Checkbox
            label={t('series.resetsYearly')}
            checked={resetsYearly}
            error={errorOf('resetsYearly')}
            onChange={(event) => setResetsYearly(event.currentTarget.checked)}
          />
          <CountInput
            w={160}
            label={t('series.start')}
            description={t('series.startHint')}
            disabled={current.last > 0}
            value={start}
            error={errorOf('start')}
            onChange={setStart}
          />
          <div className={classes['examples']} aria-live="polite">
            <div className="doc-label">{t('series.examples')}</div>
            <ol>
              {(preview.data?.examples ?? []).map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ol>
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={update.isRunning}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Where the series stands now: the newest period, or the beginning of the first one. */
function currentPeriod(series: SeriesState): SeriesState['periods'][number] {
  return [...series.periods].sort((a, b) => b.period - a.period)[0] ?? NEW_PERIOD;
}
