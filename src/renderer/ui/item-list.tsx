import type { ReactNode } from 'react';

import classes from './item-list.module.css';

/** A short list of things that something can be done with. */
export function ItemList({ children }: { readonly children: ReactNode }) {
  return <ul className={classes['items']}>{children}</ul>;
}

interface ItemProps {
  /** Where an address can lead to. */
  readonly id?: string;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The last, quiet line: counts, a time. */
  readonly note?: ReactNode;
  /** Buttons, or the word that says why there are none. */
  readonly actions: ReactNode;
}

export function Item({ id, title, children, note, actions }: ItemProps) {
  return (
    <li id={id} tabIndex={id === undefined ? undefined : -1} className={classes['item']}>
      <div className={classes['what']}>
        {title}
        {children}
        {note !== undefined && <span className={classes['quiet']}>{note}</span>}
      </div>
      <div className={classes['actions']}>{actions}</div>
    </li>
  );
}
