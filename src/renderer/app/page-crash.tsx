import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { EmptyState } from '../ui/empty-state';

/** A page failed (a bug): what was typed is kept, the rest of the app goes on. */
export function PageCrash() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      text={t('app.pageCrashed')}
      action={
        <Button variant="default" onClick={() => void navigate(0)}>
          {t('app.openAgain')}
        </Button>
      }
    />
  );
}
