import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { importKind } from '../../../shared/contracts/app-api/imports';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import classes from './number-settings.module.css';

/** Where lists from other programs come in. */
export function ImportSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('settings.import')} />
      <div className={page['scroll']}>
        <p className={classes['hint']}>{t('imports.hint')}</p>
        <Stack gap={8} align="flex-start">
          {importKind.options.map((kind) => (
            <Button key={kind} variant="default" onClick={() => void navigate(`/import/${kind}`)}>
              {t(`imports.${kind}`)}
            </Button>
          ))}
        </Stack>
      </div>
    </>
  );
}
