import { UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import classes from './fold-toggle.module.css';

interface FoldToggleProps {
  readonly label: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Id of what is folded, where it is there also while it is not seen. */
  readonly controls?: string;
  /** Reads as a link in running text; else as a heading. */
  readonly isLink?: boolean;
  /** What is folded away, in a line. */
  readonly children?: ReactNode;
}

/** Folds something out and in again. */
export function FoldToggle(props: FoldToggleProps) {
  const { label, isOpen, onToggle, controls, isLink = false, children } = props;
  return (
    <UnstyledButton
      className={classes['toggle'] ?? ''}
      data-link={isLink || undefined}
      aria-expanded={isOpen}
      aria-controls={controls}
      onClick={onToggle}
    >
      <IconChevronDown
        size={14}
        stroke={1.8}
        aria-hidden
        className={classes['arrow']}
        data-open={isOpen || undefined}
      />
      {label}
      {!isOpen && children !== undefined && <span className={classes['summary']}>{children}</span>}
    </UnstyledButton>
  );
}
