import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { fieldLabel } from './field-label';
import { Note } from './note';

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
        <LetGo text={t('form.restored')} action={t('action.discard')} onAct={form.discard} />
      )}
      {form.overtaken.length > 0 && (
        <LetGo
          text={t('form.overtaken', { fields })}
          action={t('form.takeTheirs')}
          onAct={form.takeTheirs}
        />
      )}
    </>
  );
}

interface LetGoProps {
  readonly text: string;
  readonly action: string;
  readonly onAct: () => void;
}

function LetGo({ text, action, onAct }: LetGoProps) {
  return (
    <Note text={text}>
      <Anchor component="button" type="button" fz="inherit" onClick={onAct}>
        {action}
      </Anchor>
    </Note>
  );
}
