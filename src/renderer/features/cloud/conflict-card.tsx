import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ConflictItem } from '../../../shared/contracts/app-api/sync';
import { useApiAction, useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { showError, showUndo } from '../../ui/toasts';
import { fieldLabel } from '../../ui/field-label';
import classes from './conflict-card.module.css';
import { FieldValue } from './field-value';
import { recordPath } from './record-path';

type Choice = 'mine' | 'theirs';

interface ConflictCardProps {
  readonly conflict: ConflictItem;
  /** The card goes, and with it what had the focus. */
  readonly onDecided: () => void;
}

/** One record that was changed here and elsewhere: field by field, mine or theirs. */
export function ConflictCard({ conflict, onDecided }: ConflictCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const resolve = useApiAction('sync.resolve');
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const [showsBase, setShowsBase] = useState(false);
  const path = recordPath(conflict);
  const currency = conflict.totals?.currency ?? null;
  const isDecided = conflict.fields.every((field) => choices[field.path] !== undefined);

  const submit = async (decided: Readonly<Record<string, Choice>>): Promise<void> => {
    const result = await resolve.run({ id: conflict.id, choices: { ...decided } });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    onDecided();
    showUndo({
      message: t('cloud.conflicts.resolved', { title: conflict.title }),
      undoLabel: t('action.undo'),
      onUndo: () => {
        void bridge.call('sync.undoResolve', { id: conflict.id });
        onDecided();
      },
    });
  };
  const all = (choice: Choice) =>
    Object.fromEntries(conflict.fields.map((field) => [field.path, choice]));

  return (
    <article className={classes['card']} aria-label={conflict.title}>
      <header className={classes['head']}>
        <div>
          {path === null ? (
            <strong>{conflict.title}</strong>
          ) : (
            <Anchor component={Link} to={path} fw={600}>
              {conflict.title}
            </Anchor>
          )}
          <div className={classes['quiet']}>
            {t('cloud.recordAt', {
              kind: t(`cloud.record.${conflict.collection}`),
              time: formats.instant(conflict.at),
            })}
          </div>
        </div>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-pressed={showsBase}
          onClick={() => setShowsBase(!showsBase)}
        >
          {t(showsBase ? 'cloud.conflicts.hideBase' : 'cloud.conflicts.showBase')}
        </Button>
      </header>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('cloud.conflicts.field')}</th>
            {showsBase && <th scope="col">{t('cloud.conflicts.base')}</th>}
            <th scope="col">{t('cloud.conflicts.mine')}</th>
            <th scope="col">{t('cloud.conflicts.theirs')}</th>
            <th scope="col">{t('cloud.conflicts.choice')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map((field) => {
            const label = fieldLabel(t, field.path);
            return (
              <tr key={field.path}>
                <th scope="row">
                  <div className={classes['field']}>{label}</div>
                </th>
                {showsBase && (
                  <td data-side={t('cloud.conflicts.base')}>
                    <FieldValue path={field.path} value={field.base} currency={currency} />
                  </td>
                )}
                <td
                  data-side={t('cloud.conflicts.mine')}
                  data-chosen={choices[field.path] === 'mine' || undefined}
                >
                  <FieldValue path={field.path} value={field.mine} currency={currency} />
                </td>
                <td
                  data-side={t('cloud.conflicts.theirs')}
                  data-chosen={choices[field.path] === 'theirs' || undefined}
                >
                  <FieldValue path={field.path} value={field.theirs} currency={currency} />
                </td>
                <td>
                  <SegmentedControl
                    size="xs"
                    className={classes['choice'] ?? ''}
                    aria-label={t('cloud.conflicts.choiceOf', { field: label })}
                    data={[
                      { value: 'mine', label: t('cloud.conflicts.keepMine') },
                      { value: 'theirs', label: t('cloud.conflicts.keepTheirs') },
                    ]}
                    value={choices[field.path] ?? ''}
                    onChange={(value) => setChoices({ ...choices, [field.path]: value as Choice })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {conflict.totals !== null && (
        <Totals conflict={conflict} totals={conflict.totals} choices={choices} />
      )}
      <footer className={classes['actions']}>
        <Button
          variant="default"
          disabled={resolve.isRunning}
          onClick={() => void submit(all('mine'))}
        >
          {t('cloud.conflicts.allMine')}
        </Button>
        <Button
          variant="default"
          disabled={resolve.isRunning}
          onClick={() => void submit(all('theirs'))}
        >
          {t('cloud.conflicts.allTheirs')}
        </Button>
        <Button
          disabled={!isDecided}
          loading={resolve.isRunning}
          onClick={() => void submit(choices)}
        >
          {t('cloud.conflicts.apply')}
        </Button>
      </footer>
    </article>
  );
}

interface TotalsProps {
  readonly conflict: ConflictItem;
  readonly totals: NonNullable<ConflictItem['totals']>;
  readonly choices: Readonly<Record<string, Choice>>;
}

/** What the document comes to by either choice, and by some of each. */
function Totals({ conflict, totals, choices }: TotalsProps) {
  const { t } = useTranslation();
  const isMixed = new Set(conflict.fields.map(({ path }) => choices[path] ?? 'theirs')).size > 1;
  const { data } = useApiQuery(
    'sync.choiceTotal',
    { id: conflict.id, choices: { ...choices } },
    { enabled: isMixed, keepPrevious: true },
  );
  const chosen = isMixed ? (data?.total ?? null) : null;
  return (
    <dl className={classes['totals']}>
      <dt>{t('cloud.conflicts.totalMine')}</dt>
      <dd>
        <Money amount={totals.mine} currency={totals.currency} withCode />
      </dd>
      <dt>{t('cloud.conflicts.totalTheirs')}</dt>
      <dd>
        <Money amount={totals.theirs} currency={totals.currency} withCode />
      </dd>
      {chosen !== null && (
        <>
          <dt>{t('cloud.conflicts.totalChosen')}</dt>
          <dd>
            <Money amount={chosen} currency={totals.currency} withCode isStrong />
          </dd>
        </>
      )}
    </dl>
  );
}
