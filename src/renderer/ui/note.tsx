import type { ReactNode } from 'react';

import classes from './note.module.css';

/** One quiet line above a form or a record, with what can be done about it at its end. */
export function Note({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <p className={classes['note']} role="status">
      {text} {children}
    </p>
  );
}
