import { Alert, UnstyledButton } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';

import type { ErrorPlace, FoundError } from './editor-errors';
import classes from './error-list.module.css';

interface ErrorListProps {
  readonly title: string;
  readonly errors: readonly FoundError[];
  readonly onGoTo: (place: ErrorPlace) => void;
}

/** Everything that has to be mended first, each a way to its field. */
export function ErrorList({ title, errors, onGoTo }: ErrorListProps) {
  if (errors.length === 0) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      p="xs"
      icon={<IconAlertCircle size={16} stroke={1.8} />}
      title={title}
    >
      <ul className={classes['list']}>
        {errors.map(({ text, place }, index) => (
          <li key={`${index} ${text}`}>
            {place === null ? (
              text
            ) : (
              <UnstyledButton className={classes['link']} onClick={() => onGoTo(place)}>
                {text}
              </UnstyledButton>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
