import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { screenLanguage } from '../../../shared/domain/screen-language';
import { useLanguageChoice } from '../../app/use-language-choice';
import { ownNameOf, spokenLanguage } from '../../i18n/i18n';
import classes from './welcome-screen.module.css';

/** The languages of the screens, each called as its speakers do, for whom is met in another. */
export function LanguageLinks() {
  const { t } = useTranslation();
  const { choose } = useLanguageChoice();
  const spoken = spokenLanguage();
  return (
    <ul className={classes['languages']} aria-label={t('settings.language')}>
      {screenLanguage.options.map((language) => (
        <li key={language}>
          {language === spoken ? (
            <span aria-current="true">{ownNameOf(language)}</span>
          ) : (
            <Anchor
              component="button"
              type="button"
              lang={language}
              onClick={() => void choose(language)}
            >
              {ownNameOf(language)}
            </Anchor>
          )}
        </li>
      ))}
    </ul>
  );
}
