import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { bridge } from '../../app/bridge';
import { ErrorSummary } from '../../ui/error-summary';
import classes from './imports.module.css';

interface ChooseFileProps {
  readonly errors: readonly string[];
  readonly isBusy: boolean;
  readonly onFile: (file: { readonly fileName: string; readonly bytes: Uint8Array }) => void;
}

/** A file is dropped here or chosen. */
export function ChooseFile({ errors, isBusy, onFile }: ChooseFileProps) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);

  const choose = async (): Promise<void> => {
    const file = await bridge.openFile({ accept: ['csv', 'tsv', 'txt'] });
    if (file !== null) onFile(file);
  };
  const read = async (file: File): Promise<void> => {
    onFile({ fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  };

  return (
    <div className={classes['choose']}>
      <div
        className={classes['drop']}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files.item(0);
          if (file) void read(file);
        }}
      >
        <p className={classes['hint']}>{t('imports.drop')}</p>
        <Button loading={isBusy} onClick={() => void choose()}>
          {t('imports.choose')}
        </Button>
      </div>
      <ErrorSummary messages={errors} />
      <p className={classes['hint']}>{t('imports.chooseHint')}</p>
    </div>
  );
}
