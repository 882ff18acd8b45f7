import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { ImportPreview } from '../../../shared/contracts/app-api/imports';
import { useFormats } from '../../ui/formats-context';
import { fieldWord, reasonsOf, valueText } from './import-words';
import classes from './imports.module.css';

/** The first rows as they would come in, with what is wrong with them. */
export function SampleTable({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const used = preview.fields.filter((field) =>
    preview.sample.some((row) => (row.values[field.name] ?? '') !== ''),
  );
  return (
    <div className={classes['sample']} tabIndex={0} role="region" aria-label={t('imports.preview')}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('imports.line')}</th>
            {used.map((field) => (
              <th key={field.name} scope="col">
                {fieldWord(t, field.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.sample.map((row) => (
            <SampleRow key={row.line} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );

  function SampleRow({ row }: { readonly row: ImportPreview['sample'][number] }) {
    return (
      <>
        <tr data-refused={row.issues.length > 0 || undefined}>
          <td className={classes['line']}>{row.line}</td>
          {used.map(({ name }) => {
            const text = valueText(t, name, row.values[name] ?? '');
            return (
              <td key={name} title={text}>
                {text}
              </td>
            );
          })}
        </tr>
        {row.issues.length > 0 && (
          <tr className={classes['reasons']}>
            <td />
            <td colSpan={Math.max(1, used.length)}>
              <IconAlertTriangle size={13} stroke={1.8} aria-hidden />{' '}
              {reasonsOf(t, row.issues, formats)}
            </td>
          </tr>
        )}
      </>
    );
  }
}
