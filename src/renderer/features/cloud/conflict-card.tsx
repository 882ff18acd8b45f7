import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConflictItem, Decision } from '../../../shared/contracts/app-api/sync';
import { isSameValue } from '../../../shared/sync/field-paths';
import { useApiAction } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { showUndo } from '../../ui/toasts';
import classes from './conflict-card.module.css';
import { allOf, choose, decisionsOf, followFields, startChoices } from './conflict-choices';
import { ConflictTable } from './conflict-table';
import { ConflictTotals } from './conflict-totals';
import { pathLabel } from './field-text';
import { readItemsAnew } from './read-items';
import { RecordName, recordTitle } from './record-name';
import { itemAnchor } from './record-path';
import { useUndoChoice } from './use-undo-choice';

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
  const undo = useUndoChoice(onDecided);
  const [choices, setChoices] = useState(() => startChoices(conflict.fields));
  const [showsBase, setShowsBase] = useState(false);
  const [errors, setErrors] = useState<readonly string[]>([]);
  if (!isSameValue(choices.fields, conflict.fields)) {
    setChoices(followFields(choices, conflict.fields));
  }
  const decisions = decisionsOf(choices);
  const moved = conflict.fields.filter(({ path }) => choices.moved.includes(path));

  const submit = async (decided: readonly Decision[]): Promise<void> => {
    const result = await resolve.run({ id: conflict.id, decisions: [...decided] });
    if (!result.ok) {
      const { error } = result;
      setErrors([...new Set(describeError(t, error, formats))]);
      return readItemsAnew();
    }
    onDecided();
    showUndo({
      message: t('cloud.conflicts.resolved', { title: recordTitle(t, conflict) }),
      undoLabel: t('action.undo'),
      onUndo: () => void undo(conflict),
    });
  };

  return (
    <article
      id={itemAnchor(conflict.id)}
      tabIndex={-1}
      className={classes['card']}
      aria-label={recordTitle(t, conflict)}
    >
      <header className={classes['head']}>
        <div>
          <RecordName record={conflict} />
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
      {moved.length > 0 ? (
        <ErrorSummary
          messages={[
            t('cloud.conflicts.moved', {
              fields: moved.map((field) => pathLabel(t, field)).join(', '),
            }),
          ]}
        />
      ) : (
        <ErrorSummary messages={errors} />
      )}
      <ConflictTable
        conflict={conflict}
        sides={choices.sides}
        showsBase={showsBase}
        onChoose={(path, side) => {
          setErrors([]);
          setChoices(choose(choices, path, side));
        }}
      />
      {conflict.totals !== null && (
        <ConflictTotals conflict={conflict} totals={conflict.totals} sides={choices.sides} />
      )}
      <footer className={classes['actions']}>
        <Button
          variant="default"
          disabled={resolve.isRunning}
          onClick={() => void submit(allOf(choices, 'mine'))}
        >
          {t('cloud.conflicts.allMine')}
        </Button>
        <Button
          variant="default"
          disabled={resolve.isRunning}
          onClick={() => void submit(allOf(choices, 'theirs'))}
        >
          {t('cloud.conflicts.allTheirs')}
        </Button>
        <Button
          disabled={decisions === null}
          loading={resolve.isRunning}
          onClick={() => void submit(decisions ?? [])}
        >
          {t('cloud.conflicts.apply')}
        </Button>
      </footer>
    </article>
  );
}
