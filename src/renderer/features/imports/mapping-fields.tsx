import { Select, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ImportPreview } from '../../../shared/contracts/app-api/imports';
import { fieldWord } from './import-words';
import classes from './imports.module.css';

interface MappingFieldsProps {
  readonly preview: ImportPreview;
  readonly onChange: (mapping: ImportPreview['reading']['mapping']) => void;
}

/** Which column of the file fills which field; fields that nothing fits are folded away. */
export function MappingFields({ preview, onChange }: MappingFieldsProps) {
  const { t } = useTranslation();
  const [isAllShown, setAllShown] = useState(false);
  const { mapping } = preview.reading;
  const isUsed = (field: ImportPreview['fields'][number]): boolean =>
    field.isRequired || mapping[field.name] !== undefined;
  const shown = preview.fields.filter((field) => isAllShown || isUsed(field));
  const hidden = preview.fields.length - shown.length;
  const columns = preview.columns.map((column) => ({
    value: String(column.index),
    label:
      column.name === '' ? t('imports.columnNumber', { number: column.index + 1 }) : column.name,
  }));
  const set = (name: string, column: string | null): void => {
    const others = Object.fromEntries(Object.entries(mapping).filter(([other]) => other !== name));
    onChange(column === null ? others : { ...others, [name]: Number(column) });
  };
  return (
    <div>
      <div className={classes['mapping']} role="group" aria-label={t('imports.mapping')}>
        {shown.map((field) => {
          const column = mapping[field.name];
          const label = fieldWord(t, field.name);
          return (
            <Select
              key={field.name}
              label={label}
              placeholder={t('imports.notMapped')}
              searchable
              clearable={!field.isRequired}
              clearButtonProps={{ 'aria-label': t('imports.clearColumn', { field: label }) }}
              data={columns}
              value={column === undefined ? null : String(column)}
              description={preview.columns
                .find((candidate) => candidate.index === column)
                ?.samples.filter((sample) => sample !== '')
                .slice(0, 2)
                .join(', ')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              error={
                field.isRequired && column === undefined ? t('imports.columnRequired') : undefined
              }
              onChange={(chosen) => set(field.name, chosen)}
            />
          );
        })}
      </div>
      {(hidden > 0 || isAllShown) && (
        <UnstyledButton className={classes['more']} onClick={() => setAllShown(!isAllShown)}>
          {isAllShown ? t('imports.fewerFields') : t('imports.moreFields', { count: hidden })}
        </UnstyledButton>
      )}
    </div>
  );
}
