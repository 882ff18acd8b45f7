import { Anchor } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useApiAction } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { showBusiness } from '../../app/open-business';
import { makeFormats } from '../../ui/formats-context';
import { showError } from '../../ui/toasts';
import { defaultBusiness } from './business-defaults';
import { LanguageLinks } from './language-links';
import { NewBusinessForm } from './new-business-form';
import { WelcomeAccount } from './welcome-account';
import classes from './welcome-screen.module.css';

/** First start: a few questions, all of which can be skipped and changed later, or an account. */
export function WelcomeScreen() {
  const { t } = useTranslation();
  const [initial] = useState(() => defaultBusiness(''));
  const [hasAccount, setHasAccount] = useState(false);
  const create = useApiAction('businesses.create');

  const skip = async (): Promise<void> => {
    const result = await create.run(defaultBusiness(t('welcome.defaultName')));
    if (result.ok) return showBusiness(result.value);
    const formats = makeFormats('en-GB', initial.currency);
    describeError(t, result.error, formats).forEach(showError);
  };

  return (
    <main className={classes['page']}>
      <div className={classes['panel']}>
        <h1 className={classes['title']}>{t('welcome.title')}</h1>
        {hasAccount ? (
          <WelcomeAccount onBack={() => setHasAccount(false)} />
        ) : (
          <>
            <p className={classes['text']}>{t('welcome.text')}</p>
            <NewBusinessForm
              initial={initial}
              submitLabel={t('welcome.start')}
              onCreated={showBusiness}
              aside={{ label: t('welcome.skip'), onClick: () => void skip() }}
            />
            <p className={classes['other']}>
              {t('welcome.haveAccount')}{' '}
              <Anchor component="button" type="button" onClick={() => setHasAccount(true)}>
                {t('account.signIn.action')}
              </Anchor>
            </p>
          </>
        )}
        <LanguageLinks />
      </div>
    </main>
  );
}
