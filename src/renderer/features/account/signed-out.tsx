import { Alert, Button, Group } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccountState } from '../../../shared/contracts/app-api/account';
import { queryClient } from '../../app/query-client';
import classes from './account-page.module.css';
import { ConfirmForm } from './confirm-form';
import { ForgotForm } from './forgot-form';
import { SignOutDialog } from './sign-out-dialog';
import { ResetForm } from './reset-form';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';
import { TotpForm } from './totp-form';
import { UnprotectedWarning } from './unprotected-warning';

/** Which form is shown, and what it needs to know from the one before. */
type Face =
  | { readonly kind: 'sign_in' | 'sign_up' | 'forgot' | 'totp'; readonly email: string }
  | { readonly kind: 'confirm'; readonly email: string; readonly password: string }
  | { readonly kind: 'reset'; readonly email: string };

/** The ways into an account. Working without one stays as it is. */
export function SignedOut({ account }: { readonly account: AccountState }) {
  const { t } = useTranslation();
  const [face, setFace] = useState<Face>({ kind: 'sign_in', email: account.email });
  const done = (): void => void queryClient.invalidateQueries();
  if (account.cloud === null) return <p className={classes['hint']}>{t('account.noCloud')}</p>;
  return (
    <div>
      {account.kind === 'expired' ? (
        <Expired email={account.email} />
      ) : (
        <p className={classes['hint']}>{t('account.why')}</p>
      )}
      <UnprotectedWarning account={account} />
      <div className={classes['face']}>{form()}</div>
    </div>
  );

  function form() {
    switch (face.kind) {
      case 'sign_in':
        return (
          <SignInForm
            email={face.email}
            onSignedIn={done}
            onTotp={(email) => setFace({ kind: 'totp', email })}
            onConfirm={(email, password) => setFace({ kind: 'confirm', email, password })}
            onForgot={(email) => setFace({ kind: 'forgot', email })}
            onSignUp={(email) => setFace({ kind: 'sign_up', email })}
          />
        );
      case 'sign_up':
        return (
          <SignUpForm
            email={face.email}
            onRegistered={(email, password) => setFace({ kind: 'confirm', email, password })}
            onBack={(email) => setFace({ kind: 'sign_in', email })}
          />
        );
      case 'confirm':
        return (
          <ConfirmForm
            email={face.email}
            password={face.password}
            onSignedIn={done}
            onBack={() => setFace({ kind: 'sign_in', email: face.email })}
          />
        );
      case 'totp':
        return (
          <TotpForm
            onSignedIn={done}
            onBack={() => setFace({ kind: 'sign_in', email: face.email })}
          />
        );
      case 'forgot':
        return (
          <ForgotForm
            email={face.email}
            onSent={(email) => setFace({ kind: 'reset', email })}
            onBack={() => setFace({ kind: 'sign_in', email: face.email })}
          />
        );
      case 'reset':
        return (
          <ResetForm
            email={face.email}
            onDone={() => setFace({ kind: 'sign_in', email: face.email })}
            onBack={() => setFace({ kind: 'sign_in', email: face.email })}
          />
        );
    }
  }
}

/** Whoever does not want to go on in this account can leave it without signing in again. */
function Expired({ email }: { readonly email: string }) {
  const { t } = useTranslation();
  const [isLeaving, setLeaving] = useState(false);
  return (
    <Alert color="yellow" variant="light" mb={10} icon={<IconAlertCircle size={16} />}>
      {t('account.expired', { email })}
      <Group mt={8}>
        <Button variant="default" size="compact-sm" onClick={() => setLeaving(true)}>
          {t('account.signOut.open')}
        </Button>
      </Group>
      <SignOutDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </Alert>
  );
}
