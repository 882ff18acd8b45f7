import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ImportPreview } from '../../../shared/contracts/app-api/imports';
import { ErrorSummary } from '../../ui/error-summary';
import { FormSection } from '../../ui/form-section';
import { useFormats } from '../../ui/formats-context';
import classes from './imports.module.css';
import { MappingFields } from './mapping-fields';
import { ReadingFields } from './reading-fields';
import { SampleTable } from './sample-table';
import type { ImportFlow, ImportPolicy } from './use-import';

interface CheckFileProps {
  readonly preview: ImportPreview;
  readonly errors: readonly string[];
  readonly policy: ImportPolicy;
  readonly onPolicy: (policy: ImportPolicy) => void;
  readonly onReadAs: ImportFlow['readAs'];
}

/** How the file is understood, beside the rows that come of it. */
export function CheckFile({ preview, errors, policy, onPolicy, onReadAs }: CheckFileProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={classes['check']}>
      <div className={classes['settings']}>
        <ErrorSummary messages={errors} />
        <FormSection title={t('imports.readAs')}>
          <ReadingFields
            preview={preview}
            onChange={(preset, reading) => void onReadAs(preset, reading)}
          />
        </FormSection>
        <FormSection title={t('imports.mapping')}>
          <MappingFields
            preview={preview}
            onChange={(mapping) => void onReadAs(preview.preset, { ...preview.reading, mapping })}
          />
        </FormSection>
        <Radio.Group
          label={t('imports.policy')}
          value={policy}
          onChange={(chosen) =>
            onPolicy(chosen === 'all_or_nothing' ? 'all_or_nothing' : 'good_rows')
          }
        >
          <Stack gap={6} mt={4}>
            <Radio value="good_rows" label={t('imports.goodRows')} />
            <Radio value="all_or_nothing" label={t('imports.allOrNothing')} />
          </Stack>
        </Radio.Group>
      </div>
      <div className={classes['preview']}>
        <p className={classes['hint']}>
          {t('imports.rows', {
            count: preview.rowCount,
            shown: formats.count(preview.rowCount),
            file: preview.fileName,
          })}
        </p>
        <SampleTable preview={preview} />
      </div>
    </div>
  );
}
