import { useTranslation } from 'react-i18next';

import type {
  ImportPreset,
  ImportPreview,
  ImportReading,
} from '../../../shared/contracts/app-api/imports';
import { dateFormat, decimalStyle, importPreset } from '../../../shared/contracts/app-api/imports';
import { Choice } from '../../ui/fields/choosers';
import { useFormats } from '../../ui/formats-context';
import { fieldErrors } from '../../ui/issues';
import page from '../../ui/page.module.css';
import classes from './imports.module.css';

interface ReadingFieldsProps {
  readonly preview: ImportPreview;
  readonly onChange: (preset: ImportPreset | null, reading: ImportReading) => void;
}

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'gb18030',
  'euc-kr',
] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const READING = ['encoding', 'delimiter', 'dateFormat', 'decimalStyle'];

/** How the file is read: everything was detected and can be set by hand. */
export function ReadingFields({ preview, onChange }: ReadingFieldsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { preset, reading } = preview;
  const set = (patch: Partial<ImportReading>): void => onChange(preset, { ...reading, ...patch });
  const questions = fieldErrors(t, preview.questions, formats, {
    prefix: 'reading.',
    knows: (field) => READING.includes(field),
  });
  const encodings = [reading.encoding, ...ENCODINGS].filter(
    (encoding, index, all) =>
      all.findIndex((other) => other.toLowerCase() === encoding.toLowerCase()) === index,
  );
  const delimiters = [reading.delimiter, ...DELIMITERS].filter(
    (delimiter, index, all) => all.indexOf(delimiter) === index,
  );
  return (
    <div className={classes['reading']}>
      <Choice
        label={t('imports.preset')}
        emptyLabel={t('imports.presets.none')}
        value={preset}
        options={importPreset.options.map((value) => ({
          value,
          label: t(`imports.presets.${value}`),
        }))}
        onChange={(chosen) => onChange(chosen, reading)}
      />
      <div className={page['pair']}>
        <Choice
          label={t('imports.dateFormat')}
          value={reading.dateFormat}
          options={dateFormat.options.map((value) => ({
            value,
            label: t(`imports.dateFormats.${value}`),
          }))}
          error={questions.fields['dateFormat']}
          onChange={(chosen) => chosen !== null && set({ dateFormat: chosen })}
        />
        <Choice
          label={t('imports.decimalStyle')}
          value={reading.decimalStyle}
          options={decimalStyle.options.map((value) => ({
            value,
            label: t(`imports.decimalStyles.${value}`),
          }))}
          error={questions.fields['decimalStyle']}
          onChange={(chosen) => chosen !== null && set({ decimalStyle: chosen })}
        />
        <Choice
          label={t('imports.encoding')}
          value={reading.encoding}
          options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
          error={questions.fields['encoding']}
          onChange={(chosen) => chosen !== null && set({ encoding: chosen })}
        />
        <Choice
          label={t('imports.delimiter')}
          value={reading.delimiter}
          options={delimiters.map((value) => ({ value, label: delimiterLabel(value) }))}
          error={questions.fields['delimiter']}
          onChange={(chosen) => chosen !== null && set({ delimiter: chosen })}
        />
      </div>
      {questions.rest.map((question) => (
        <p key={question} className={classes['question']}>
          {question}
        </p>
      ))}
    </div>
  );

  function delimiterLabel(delimiter: string): string {
    switch (delimiter) {
      case ',':
        return t('imports.delimiters.comma');
      case ';':
        return t('imports.delimiters.semicolon');
      case '\t':
        return t('imports.delimiters.tab');
      case '|':
        return t('imports.delimiters.bar');
      default:
        return delimiter;
    }
  }
}
