import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import { unreachable } from '../../../shared/domain/result';
import type { Result } from '../../../shared/domain/result';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { queryClient } from '../../app/query-client';
import { confirm } from '../../ui/confirm';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import classes from './problem-screen.module.css';

type Problem = NonNullable<MethodOutput<'app.state'>['problem']>;
type Of<Kind extends Problem['kind']> = Extract<Problem, { kind: Kind }>;

/** The books cannot be opened: what happened, and each way out of it. */
export function ProblemScreen({ problem }: { readonly problem: Problem }) {
  return (
    <main className={classes['page']}>
      <div className={classes['panel']}>
        <ProblemBody problem={problem} />
      </div>
    </main>
  );
}

function ProblemBody({ problem }: { readonly problem: Problem }) {
  switch (problem.kind) {
    case 'corrupted':
      return <Corrupted problem={problem} />;
    case 'too_new':
      return <TooNew problem={problem} />;
    case 'ledger_missing':
      return <LedgerMissing />;
    default:
      return unreachable(problem);
  }
}

interface WayOut {
  readonly isRunning: boolean;
  readonly errors: readonly string[];
  readonly run: (call: () => Promise<Result<unknown, ApiError>>) => Promise<void>;
}

/** Runs a way out; when it worked, the app looks at its state again. */
function useWayOut(): WayOut {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isRunning, setRunning] = useState(false);
  const [errors, setErrors] = useState<readonly string[]>([]);
  const run: WayOut['run'] = async (call) => {
    setRunning(true);
    const result = await call();
    setRunning(false);
    setErrors(result.ok ? [] : describeError(t, result.error, formats));
    if (result.ok) await queryClient.resetQueries();
  };
  return { isRunning, errors, run };
}

function Corrupted({ problem }: { readonly problem: Of<'corrupted'> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const way = useWayOut();
  const { lastBackup } = problem;
  const startEmpty = async (): Promise<void> => {
    const isSure = await confirm({
      title: t('problem.startEmptyTitle'),
      body: t('problem.startEmptyBody'),
      confirmLabel: t('problem.startEmpty'),
      cancelLabel: t('action.cancel'),
      isDestructive: true,
    });
    if (isSure) await way.run(() => bridge.call('backups.startEmpty', {}));
  };
  return (
    <>
      <h1 className={classes['title']}>{t('problem.corruptedTitle')}</h1>
      <p>{t('problem.corruptedText')}</p>
      <dl className={classes['facts']}>
        <dt>{t('problem.setAside')}</dt>
        <dd>{problem.setAsidePath}</dd>
        {problem.exportPath !== null && (
          <>
            <dt>{t('problem.exported', { count: problem.exportedChanges })}</dt>
            <dd>{problem.exportPath}</dd>
          </>
        )}
      </dl>
      <p>
        {lastBackup === null
          ? t('problem.noBackup')
          : t('problem.lastBackup', { time: formats.instant(lastBackup.at) })}
      </p>
      <ErrorSummary messages={way.errors} />
      <Group justify="flex-end" mt={20}>
        <Button
          variant={lastBackup === null ? 'filled' : 'default'}
          disabled={way.isRunning}
          onClick={() => void startEmpty()}
        >
          {t('problem.startEmpty')}
        </Button>
        {lastBackup !== null && (
          <Button
            loading={way.isRunning}
            onClick={() =>
              void way.run(() => bridge.call('backups.restore', { id: lastBackup.id }))
            }
          >
            {t('backups.restore')}
          </Button>
        )}
      </Group>
    </>
  );
}

function TooNew({ problem }: { readonly problem: Of<'too_new'> }) {
  const { t } = useTranslation();
  return (
    <>
      <h1 className={classes['title']}>{t('problem.tooNewTitle')}</h1>
      <p>{t('problem.tooNewText')}</p>
      <details>
        <summary>{t('problem.details')}</summary>
        <p>
          {t('problem.tooNewDetails', {
            replica: problem.replicaVersion,
            app: problem.appVersion,
          })}
        </p>
      </details>
    </>
  );
}

function LedgerMissing() {
  const { t } = useTranslation();
  const way = useWayOut();
  const [lastNumber, setLastNumber] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void way.run(() => bridge.call('ledger.recreate', { lastNumber }));
      }}
    >
      <h1 className={classes['title']}>{t('problem.ledgerTitle')}</h1>
      <p>{t('problem.ledgerText')}</p>
      <TextInput
        autoFocus
        label={t('problem.lastNumber')}
        description={t('problem.lastNumberHint')}
        maxLength={60}
        value={lastNumber}
        error={way.errors[0]}
        onChange={(event) => setLastNumber(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt={20}>
        <Button type="submit" loading={way.isRunning}>
          {t('problem.continue')}
        </Button>
      </Group>
    </form>
  );
}
