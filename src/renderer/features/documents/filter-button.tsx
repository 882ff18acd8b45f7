import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import classes from './filters.module.css';

interface FilterButtonProps {
  readonly name: string;
  /** What is chosen, in words; empty while everything is shown. */
  readonly value: string;
  readonly children: (close: () => void) => ReactNode;
}

/** One filter of a list: its name, what is chosen, and where to choose. */
export function FilterButton({ name, value, children }: FilterButtonProps) {
  const [isOpen, open] = useDisclosure(false);
  return (
    <Popover
      opened={isOpen}
      onChange={(next) => (next ? open.open() : open.close())}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          variant={value === '' ? 'default' : 'light'}
          className={classes['button'] ?? ''}
          rightSection={<IconChevronDown size={13} stroke={1.8} aria-hidden />}
          onClick={open.toggle}
        >
          {value === '' ? name : `${name}: ${value}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>{children(open.close)}</Popover.Dropdown>
    </Popover>
  );
}
