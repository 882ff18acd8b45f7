import type { ReactNode } from 'react';

/** Something that can be done with a record: in a row's menu, a selection bar or a page's menu. */
export interface Action {
  readonly id: string;
  /** Names its object where it destroys something ("Delete draft for Acme"). */
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shown beside the label, as `Mod+K` (see Shortcut). */
  readonly shortcut?: string;
  readonly isDestructive?: boolean;
  readonly isDisabled?: boolean;
  readonly onRun: () => void;
}
