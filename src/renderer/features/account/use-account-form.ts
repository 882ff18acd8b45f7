import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodInput, MethodName, MethodOutput } from '../../../shared/contracts/app-api';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import { bridge } from '../../app/bridge';
import { formErrors } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';

export interface AccountForm<Fields extends string> {
  readonly values: Readonly<Record<Fields, string>>;
  readonly rest: readonly string[];
  readonly isRunning: boolean;
  /** What an input of one field needs. */
  readonly field: (name: Fields) => {
    readonly value: string;
    readonly error: string | undefined;
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
  /** Calls a method with what is typed; refusals go to their fields. Null when it was refused. */
  readonly send: <Name extends MethodName>(
    method: Name,
    input: MethodInput<Name>,
  ) => Promise<MethodOutput<Name> | null>;
}

/**
 * A form whose values are never kept anywhere: passwords and codes. A second click while a call
 * runs does nothing.
 */
export function useAccountForm<Fields extends string>(
  initial: Readonly<Record<Fields, string>>,
): AccountForm<Fields> {
  const { t } = useTranslation();
  const formats = useFormats();
  const [values, setValues] = useState(initial);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [isRunning, setRunning] = useState(false);
  const guard = useRef(false);
  const known = Object.keys(initial);
  const errors = formErrors(t, refusal, formats, { knows: (field) => known.includes(field) });
  return {
    values,
    rest: errors.rest,
    isRunning,
    field: (name) => ({
      value: values[name],
      error: errors.fields[name],
      onChange: (event) => {
        const { value } = event.currentTarget;
        setValues((before) => ({ ...before, [name]: value }));
      },
    }),
    send: async (method, input) => {
      if (guard.current) return null;
      guard.current = true;
      setRunning(true);
      const result = await bridge.call(method, input).finally(() => {
        guard.current = false;
        setRunning(false);
      });
      if (result.ok) {
        setRefusal(null);
        return result.value;
      }
      setRefusal(result.error);
      return null;
    },
  };
}
