import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { fieldLabel } from './field-label';
import classes from './form-notes.module.css';

interface FormNotesProps {
  readonly form: {
    readonly isRestored: boolean;
    readonly discard: () => void;
    readonly overtaken: readonly string[];
    readonly takeTheirs: () => void;
  };
}

/**
 * What somebody should know of a form before saving it: that what was typed earlier is back, and
 * what was changed elsewhere while it was typed. Offers to let go of what was typed.
 */
export function FormNotes({ form }: FormNotesProps) {
  const { t } = useTranslation();
  const fields = form.overtaken.map((field) => fieldLabel(t, field)).join(', ');
  return (
    <>
      {form.isRestored && (
        <Note text={t('form.restored')} action={t('action.discard')} onAct={form.discard} />
      )}
      {form.overtaken.length > 0 && (
        <Note
          text={t('form.overtaken', { fields })}
          action={t('form.takeTheirs')}
          onAct={form.takeTheirs}
        />
      )}
    </>
  );
}

interface NoteProps {
  readonly text: string;
  readonly action: string;
  readonly onAct: () => void;
}

function Note({ text, action, onAct }: NoteProps) {
  return (
    <p className={classes['note']} role="status">
      {text}{' '}
      <Anchor component="button" type="button" fz="inherit" onClick={onAct}>
        {action}
      </Anchor>
    </p>
  );
}
