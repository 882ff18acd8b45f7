import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { showBusiness } from '../../app/open-business';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { defaultBusiness } from '../welcome/business-defaults';
import { NewBusinessForm } from '../welcome/new-business-form';
import classes from './add-business-page.module.css';

/** Another business, with books of its own. */
export function AddBusinessPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [initial] = useState(() => defaultBusiness(''));
  return (
    <>
      <PageHeader
        title={t('business.addTitle')}
        parent={{ label: t('nav.settings'), to: '/settings' }}
      />
      <div className={page['scroll']}>
        <p className={classes['hint']}>{t('business.addHint')}</p>
        <div className={classes['form']}>
          <NewBusinessForm
            initial={initial}
            submitLabel={t('business.create')}
            onCreated={(state) => {
              void navigate('/', { replace: true });
              showBusiness(state);
            }}
            aside={{ label: t('action.cancel'), onClick: () => void navigate(-1) }}
          />
        </div>
      </div>
    </>
  );
}
