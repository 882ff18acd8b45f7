import type { KeyboardEvent, SyntheticEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ApiError } from '../../shared/contracts/core-protocol';
import type { Result } from '../../shared/domain/result';
import { useFormats } from '../ui/formats-context';
import { formErrors } from './describe-error';
import {
  fieldsIn,
  followRecord,
  followSave,
  restoreTyped,
  startForm,
  takeTheirs,
  typedFields,
  wordsFor,
} from './form-state';
import { useRefusedWords } from './use-refused-words';
import { useUnsavedForm } from './use-unsaved-form';

interface RecordFormOptions<Values, Saved> {
  /** Names the form and its record; what is typed is kept under it until it is saved. */
  readonly key: string;
  /** The record that it edits, for words of it that were refused; left out for new ones. */
  readonly uid?: string | undefined;
  readonly initial: Values;
  /** What the method's input wraps the values in: `client.`. */
  readonly prefix: string;
  /** `base` is the record that the values began with; what others changed is merged with that. */
  readonly save: (values: Values, base: Values) => Promise<Result<Saved, ApiError>>;
  readonly onSaved: (saved: Saved) => void;
  /** For forms that stay open: what they show of the record as it was saved. */
  readonly valuesOf?: (saved: Saved) => Values;
}

export interface RecordForm<Values> {
  readonly values: Values;
  readonly set: (patch: Partial<Values>) => void;
  readonly error: (field: string) => string | undefined;
  readonly rest: readonly string[];
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Something typed earlier and not saved is back in the form. */
  readonly isRestored: boolean;
  /** Fields that were typed into here and changed elsewhere since. */
  readonly overtaken: readonly string[];
  /** Lets what came from elsewhere stand in those fields. */
  readonly takeTheirs: () => void;
  /** Whether what was typed earlier has been looked for: only then is the form shown. */
  readonly isReady: boolean;
  /** Back to the record as it is saved. */
  readonly discard: () => void;
  readonly submit: () => Promise<void>;
  /** For the form element: sending it saves, and so does Ctrl/Cmd+Enter in any field. */
  readonly formProps: {
    readonly noValidate: true;
    readonly onSubmit: (event: SyntheticEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** A form for one record: its values, the reasons it was refused, and nothing typed is lost. */
export function useRecordForm<Values extends object, Saved>(
  options: RecordFormOptions<Values, Saved>,
): RecordForm<Values> {
  const { t } = useTranslation();
  const formats = useFormats();
  const { key, initial, prefix } = options;
  const [state, setState] = useState(() => startForm(initial));
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isRestored, setRestored] = useState(false);
  if (JSON.stringify(state.given) !== JSON.stringify(initial)) {
    setState(followRecord(state, initial));
  }
  const { values } = state;
  const typed = typedFields(state);
  const isDirty = Object.keys(typed.values).length > 0;
  const unsaved = useUnsavedForm(key, typed, isDirty);
  const refused = useRefusedWords(options.uid ?? null);
  const applied = useRef(false);
  const saving = useRef(false);

  useEffect(() => {
    if (applied.current || unsaved.restored === null || !refused.isReady) return;
    applied.current = true;
    const words = wordsFor(state.values, refused.fields);
    const kept = unsaved.restored.values;
    // What was typed since, over the words that were refused, is what somebody wants by now.
    const restored = restoreTyped(state, {
      values: { ...words.values, ...kept?.values },
      base: { ...words.base, ...kept?.base },
    });
    setState(restored);
    setRestored(Object.keys(typedFields(restored).values).length > 0);
  }, [unsaved.restored, refused, state]);

  useEffect(() => {
    if (refusal !== null) focusFirstError();
  }, [refusal]);

  const submit = async (): Promise<void> => {
    if (saving.current) return;
    saving.current = true;
    setSaving(true);
    const result = await options.save(values, state.base);
    saving.current = false;
    setSaving(false);
    if (result.ok) {
      unsaved.forget();
      refused.settle(fieldsIn(values, refused.fields));
      setRefusal(null);
      setRestored(false);
      const saved = options.valuesOf?.(result.value);
      if (saved !== undefined) setState((before) => followSave(before, values, saved));
      options.onSaved(result.value);
      return;
    }
    setRefusal(result.error);
  };
  const errors = formErrors(t, refusal, formats, {
    prefix,
    knows: (field) => hasPath(values, field),
  });

  return {
    values,
    set: (patch) => setState((before) => ({ ...before, values: { ...before.values, ...patch } })),
    error: (field) => errors.fields[field],
    rest: errors.rest,
    isDirty,
    isSaving,
    isRestored,
    overtaken: state.overtaken,
    takeTheirs: () => setState(takeTheirs),
    isReady: unsaved.restored !== null && refused.isReady,
    discard: () => {
      unsaved.forget();
      setState((before) => ({ ...before, values: before.base, overtaken: [] }));
      setRefusal(null);
      setRestored(false);
    },
    submit,
    formProps: {
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        // A form inside a dialog of another form's page must not send that one too.
        event.stopPropagation();
        void submit();
      },
      onKeyDown: (event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        void submit();
      },
    },
  };
}

function hasPath(values: object, path: string): boolean {
  let at: unknown = values;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(part in at)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return true;
}

function focusFirstError(): void {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
