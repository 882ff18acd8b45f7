import { Anchor } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { SyncCollection } from '../../../shared/contracts/sync/collections';
import { recordPath } from './record-path';

interface NamedRecord {
  readonly collection: SyncCollection;
  readonly uid: string;
  readonly title: string;
  readonly fields?: readonly { readonly path: string }[];
}

/** What a record is called; one without a name by its kind. */
export function recordTitle(t: TFunction, { title, collection }: NamedRecord): string {
  return title === '' ? t(`cloud.record.${collection}`) : title;
}

/** A record by its name, which leads to its page where it has one. */
export function RecordName({ record }: { readonly record: NamedRecord }) {
  const { t } = useTranslation();
  const path = recordPath(record);
  const title = recordTitle(t, record);
  if (path === null) return <strong>{title}</strong>;
  return (
    <Anchor component={Link} to={path} fw={600}>
      {title}
    </Anchor>
  );
}
