import type { RouteObject } from 'react-router';
import { Navigate } from 'react-router';

import { AccountPage } from '../account/account-page';
import { AboutSettings } from './about-settings';
import { AddBusinessPage } from './add-business-page';
import { BackupSettings } from './backup-settings';
import { BankSettings } from './bank-settings';
import { BusinessSettings } from './business-settings';
import { DocumentSettings } from './document-settings';
import { ImportSettings } from './import-settings';
import { LanguageSettings } from './language-settings';
import { NumberSettings } from './number-settings';
import { SequenceReportPage } from './sequence-report-page';
import { SettingsFrame } from './settings-frame';
import { TaxSettings } from './tax-settings';

export const settingsRoutes: RouteObject[] = [
  {
    path: 'settings',
    element: <SettingsFrame />,
    children: [
      { index: true, element: <Navigate to="/settings/business" replace /> },
      { path: 'business', element: <BusinessSettings /> },
      { path: 'bank-accounts', element: <BankSettings /> },
      { path: 'tax-codes', element: <TaxSettings /> },
      { path: 'numbers', element: <NumberSettings /> },
      { path: 'numbers/:uid', element: <SequenceReportPage /> },
      { path: 'documents', element: <DocumentSettings /> },
      { path: 'import', element: <ImportSettings /> },
      { path: 'backups', element: <BackupSettings /> },
      { path: 'account', element: <AccountPage /> },
      { path: 'language', element: <LanguageSettings /> },
      { path: 'about', element: <AboutSettings /> },
      { path: 'add-business', element: <AddBusinessPage /> },
    ],
  },
];
