import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ConflictItem } from '../../../shared/contracts/app-api/sync';
import { useApiAction } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { showError, showUndo } from '../../ui/toasts';
import classes from './conflict-card.module.css';
import { fieldLabel, FieldValue } from './field-value';
import { recordPath } from './record-path';

type Choice = 'mine' | 'theirs';

/** One record that was changed here and elsewhere: field by field, mine or theirs. */
export function ConflictCard({ conflict }: { readonly conflict: ConflictItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const resolve = useApiAction('sync.resolve');
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const [showsBase, setShowsBase] = useState(false);
  const path = recordPath(conflict);
  const isDecided = conflict.fields.every((field) => choices[field.path] !== undefined);

  const submit = async (decided: Readonly<Record<string, Choice>>): Promise<void> => {
    const result = await resolve.run({ id: conflict.id, choices: { ...decided } });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    showUndo({
      message: t('cloud.conflicts.resolved', { title: conflict.title }),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call('sync.undoResolve', { id: conflict.id }),
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
          <div className={classes['quiet']}>{formats.instant(conflict.at)}</div>
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
                <th scope="row">{label}</th>
                {showsBase && (
                  <td>
                    <FieldValue path={field.path} value={field.base} />
                  </td>
                )}
                <td data-chosen={choices[field.path] === 'mine' || undefined}>
                  <FieldValue path={field.path} value={field.mine} />
                </td>
                <td data-chosen={choices[field.path] === 'theirs' || undefined}>
                  <FieldValue path={field.path} value={field.theirs} />
                </td>
                <td>
                  <SegmentedControl
                    size="xs"
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
      {conflict.totals !== null && <Totals totals={conflict.totals} />}
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

/** What the document comes to by either choice. */
function Totals({ totals }: { readonly totals: NonNullable<ConflictItem['totals']> }) {
  const { t } = useTranslation();
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
    </dl>
  );
}
