import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { showToast } from '../../ui/toasts';
import classes from './about-settings.module.css';

/** Which version this is and where the books lie. */
export function AboutSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: state } = useApiQuery('app.state', {});
  const copy = async (path: string): Promise<void> => {
    await navigator.clipboard.writeText(path);
    showToast(t('about.copied'));
  };
  return (
    <>
      <PageHeader title={t('settings.about')} />
      <div className={page['scroll']}>
        {state && (
          <dl className={classes['facts']}>
            <dt>{t('about.version')}</dt>
            <dd>{state.version}</dd>
            <dt>{t('about.folder')}</dt>
            <dd>
              <span className={classes['path']}>{state.dataDirectory}</span>{' '}
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => void copy(state.dataDirectory)}
              >
                {t('action.copy')}
              </Button>
            </dd>
            <dt>{t('about.businesses')}</dt>
            <dd>
              {state.businesses.map((business) => (
                <div key={business.uid}>{business.name}</div>
              ))}
              <Button
                variant="subtle"
                size="compact-sm"
                ms={-8}
                onClick={() => void navigate('/settings/add-business')}
              >
                {t('business.add')}
              </Button>
            </dd>
          </dl>
        )}
      </div>
    </>
  );
}
