import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Logo } from '../../../shared/domain/business';
import { bridge } from '../../app/bridge';
import classes from './logo-field.module.css';
import type { LogoRefusal } from './scale-logo';
import { scaleLogo } from './scale-logo';

interface LogoFieldProps {
  readonly value: Logo | null;
  readonly onChange: (logo: Logo | null) => void;
  readonly error: string | undefined;
}

/** The logo as it stands on paper: white ground in both themes, its own proportions. */
export function LogoField({ value, onChange, error }: LogoFieldProps) {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState<LogoRefusal | null>(null);

  const choose = async (): Promise<void> => {
    const file = await bridge.openFile({ accept: ['png', 'jpg', 'jpeg'] });
    if (file === null) return;
    const logo = await scaleLogo(file.bytes);
    if (typeof logo === 'string') return setRefusal(logo);
    setRefusal(null);
    onChange(logo);
  };

  const problem = refusal === null ? error : t(`settings.${refusal}`);
  return (
    <div>
      {value !== null && (
        <div className={classes['paper']}>
          <img
            className={classes['image']}
            src={`data:${value.mime};base64,${value.base64}`}
            alt={t('settings.logoPreview')}
          />
        </div>
      )}
      <Group gap={8}>
        <Button variant="default" onClick={() => void choose()}>
          {value === null ? t('settings.chooseLogo') : t('settings.changeLogo')}
        </Button>
        {value !== null && (
          <Button variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t('action.remove')}
          </Button>
        )}
      </Group>
      <p className={problem === undefined ? classes['hint'] : classes['error']} role="status">
        {problem ?? t('settings.logoHint')}
      </p>
    </div>
  );
}
