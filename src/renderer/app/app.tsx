import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';

import { ProblemScreen } from '../features/problems/problem-screen';
import { WelcomeScreen } from '../features/welcome/welcome-screen';
import { speakLanguage, spokenLanguage } from '../i18n/i18n';
import { useApiQuery } from './api';
import { bridge } from './bridge';
import { BusinessProvider } from './business-context';
import { ConnectionNotice } from './connection-notice';
import { giveKeysToDialogs } from './dialog-keys';
import { followChanges, queryClient } from './query-client';
import { createRouter } from './routes';
import { makeTheme } from './theme';
import { wakeSync } from './wake-sync';

/** Everything that stands around the screens. */
export function App() {
  const { t } = useTranslation();
  const theme = useMemo(
    () => makeTheme({ close: t('action.close'), showPassword: t('account.showPassword') }),
    [t],
  );
  useEffect(followChanges, []);
  useEffect(giveKeysToDialogs, []);
  useEffect(wakeSync, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={bridge.styleNonce}>
      <QueryClientProvider client={queryClient}>
        <DatesProvider settings={{ locale: spokenLanguage(), firstDayOfWeek: 1 }}>
          <ModalsProvider>
            <Notifications position="bottom-left" limit={3} className="doc-toasts" />
            <ConnectionNotice />
            <Gate />
          </ModalsProvider>
        </DatesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Which of the app's three faces is shown: a way out of a problem, the welcome, or the screens. */
function Gate() {
  const { t } = useTranslation();
  const { data: state } = useApiQuery('app.state', {});
  const [router] = useState(createRouter);
  const language = state?.language;
  // Before anything is painted: nobody sees the screens change from the system's language.
  useLayoutEffect(() => {
    if (language !== undefined) speakLanguage(language);
  }, [language]);
  const name = state?.businesses.find((business) => business.uid === state.currentUid)?.name;
  useEffect(() => {
    document.title = name === undefined ? t('app.name') : `${name} – ${t('app.name')}`;
  }, [name, t]);
  if (!state) return null;
  if (state.problem) return <ProblemScreen problem={state.problem} />;
  if (state.currentUid === null) return <WelcomeScreen />;
  return (
    <BusinessProvider key={state.currentUid}>
      <RouterProvider router={router} />
    </BusinessProvider>
  );
}
