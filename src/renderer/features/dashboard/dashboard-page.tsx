import { useTranslation } from 'react-i18next';

import { PageHeader } from '../../ui/page-header';

/** Where the business stands. */
export function DashboardPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.dashboard')} />;
}
