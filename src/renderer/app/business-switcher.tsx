import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { BusinessUid } from '../../shared/domain/ids';
import { showError } from '../ui/toasts';
import { useApiQuery } from './api';
import { bridge } from './bridge';
import { useBusiness } from './business-context';
import classes from './business-switcher.module.css';
import { showBusiness } from './open-business';

/** The business at work: its name, and with more than one, the way to the others. */
export function BusinessSwitcher() {
  const { t } = useTranslation();
  const business = useBusiness();
  const navigate = useNavigate();
  const { data: state } = useApiQuery('app.state', {});
  const others = state?.businesses ?? [];
  if (others.length < 2) {
    return (
      <div className={`${classes['name']} doc-wide-only`} title={business.name}>
        {business.name}
      </div>
    );
  }
  const open = async (uid: BusinessUid): Promise<void> => {
    if (uid === business.uid) return;
    await navigate('/');
    const result = await bridge.call('businesses.open', { uid });
    if (result.ok) showBusiness(result.value);
    else showError(t('business.openFailed'));
  };
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton
          className={classes['button']}
          aria-label={t('business.switch', { name: business.name })}
          title={business.name}
        >
          <span className={`${classes['label']} doc-wide-only`}>{business.name}</span>
          <IconSelector size={15} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((other) => (
          <Menu.Item
            key={other.uid}
            leftSection={
              other.uid === business.uid ? (
                <IconCheck size={15} stroke={1.8} />
              ) : (
                <span className={classes['noCheck']} />
              )
            }
            onClick={() => void open(other.uid)}
          >
            {other.isDemo ? t('business.demoName', { name: other.name }) : other.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.8} />}
          onClick={() => void navigate('/settings/add-business')}
        >
          {t('business.add')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
