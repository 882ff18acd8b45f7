import type { ReactNode } from 'react';

import classes from './form-section.module.css';

interface FormSectionProps {
  readonly title: string;
  /** A sentence for what is not self-explanatory. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** Fields that belong together, under a heading. */
export function FormSection({ title, hint, children }: FormSectionProps) {
  return (
    <fieldset className={classes['section']}>
      <legend className={classes['title']}>{title}</legend>
      {hint !== undefined && <p className={classes['hint']}>{hint}</p>}
      {children}
    </fieldset>
  );
}
