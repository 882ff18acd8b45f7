import { Anchor, Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

import { ErrorSummary } from '../../ui/error-summary';
import classes from './account-page.module.css';

interface FormLink {
  readonly label: string;
  readonly onClick: () => void;
}

interface AccountFormViewProps {
  readonly title: string;
  readonly hint?: string;
  readonly rest: readonly string[];
  readonly isRunning: boolean;
  readonly submitLabel: string;
  readonly onSubmit: () => void;
  /** The other ways: "Forgotten your password?" */
  readonly links?: readonly FormLink[];
  readonly children: ReactNode;
}

/** The shape that all forms of the account share. */
export function AccountFormView(props: AccountFormViewProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!props.isRunning) focusNext(form.current);
  }, [props.isRunning]);
  return (
    <section className={classes['form']}>
      <h2 className={classes['heading']}>{props.title}</h2>
      {props.hint !== undefined && <p className={classes['hint']}>{props.hint}</p>}
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <Stack gap={12}>
          <ErrorSummary messages={props.rest} />
          {props.children}
          <div className={classes['actions']}>
            <Button type="submit" loading={props.isRunning}>
              {props.submitLabel}
            </Button>
          </div>
          {props.links !== undefined && (
            <div className={classes['links']}>
              {props.links.map((link) => (
                <Anchor key={link.label} component="button" type="button" onClick={link.onClick}>
                  {link.label}
                </Anchor>
              ))}
            </div>
          )}
        </Stack>
      </form>
    </section>
  );
}

/** To what was refused, or else to what is still empty: when the form appears, and after a try. */
function focusNext(form: HTMLFormElement | null): void {
  const inputs = [...(form?.querySelectorAll('input') ?? [])];
  const next =
    inputs.find((input) => input.getAttribute('aria-invalid') === 'true') ??
    inputs.find((input) => input.value === '');
  next?.focus();
}
