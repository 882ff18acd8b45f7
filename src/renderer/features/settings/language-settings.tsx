import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { pickScreenLanguage, screenLanguage } from '../../../shared/domain/screen-language';
import { useLanguageChoice } from '../../app/use-language-choice';
import { ownNameOf } from '../../i18n/i18n';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import classes from './number-settings.module.css';

const SYSTEM = 'system';

/** The language of the screens; it changes with the choice, and everything stays where it is. */
export function LanguageSettings() {
  const { t } = useTranslation();
  const { chosen, choose } = useLanguageChoice();
  const ofSystem = ownNameOf(pickScreenLanguage(null, navigator.languages));
  return (
    <>
      <PageHeader title={t('settings.language')} />
      <div className={page['scroll']}>
        <p className={classes['hint']}>{t('language.hint')}</p>
        {chosen !== undefined && (
          <Radio.Group
            aria-label={t('settings.language')}
            value={chosen ?? SYSTEM}
            onChange={(value) => void choose(value === SYSTEM ? null : screenLanguage.parse(value))}
          >
            <Stack gap={10}>
              <Radio value={SYSTEM} label={t('language.system', { language: ofSystem })} />
              {screenLanguage.options.map((language) => (
                <Radio
                  key={language}
                  value={language}
                  label={<span lang={language}>{ownNameOf(language)}</span>}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </div>
    </>
  );
}
