import { Anchor } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { RecordName as Named } from '../../../shared/contracts/app-api/sync';
import { recordPath } from './record-path';

interface NamedRecord extends Named {
  readonly fields?: readonly { readonly path: string }[];
}

/** What a record is called; one without a name by its kind. */
export function recordTitle(
  t: TFunction,
  { title, collection }: Pick<Named, 'title' | 'collection'>,
): string {
  return title === '' ? t(`cloud.record.${collection}`) : title;
}

interface RecordNameProps {
  readonly record: NamedRecord;
  /** In a row of a table, where it is one cell among others. */
  readonly isPlain?: boolean;
}

/** A record by its name, which leads to the page that shows it where there is one. */
export function RecordName({ record, isPlain = false }: RecordNameProps) {
  const { t } = useTranslation();
  const path = recordPath(record);
  const title = recordTitle(t, record);
  const weight = isPlain ? 400 : 600;
  if (path === null) return <span style={{ fontWeight: weight }}>{title}</span>;
  return (
    <Anchor component={Link} to={path} fw={weight}>
      {title}
    </Anchor>
  );
}
