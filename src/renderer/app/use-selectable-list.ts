import { useEffect, useMemo } from 'react';

import type { MethodInput } from '../../shared/contracts/app-api';
import type { ListHandle } from '../ui/list-state';
import { useListState } from '../ui/list-state';
import { useApiQuery } from './api';

type Collection = MethodInput<'records.standing'>['collection'];

/**
 * The state of the list of a collection, whose rows can be selected. What is deleted elsewhere leaves
 * the selection, also out of sight and under another filter: it is neither counted nor acted on.
 */
export function useSelectableList<Filters, Row>(
  collection: Collection,
  initial: Pick<ListHandle<Filters, Row>, 'filters' | 'sort'>,
): ListHandle<Filters, Row> {
  const list = useListState<Filters, Row>(collection, initial);
  const { selected, select } = list;
  const { data } = useApiQuery(
    'records.standing',
    { collection, uids: [...selected.keys()] },
    { enabled: selected.size > 0, fresh: true },
  );
  const left = useMemo(() => {
    if (data === undefined) return selected;
    const standing = new Set(data.uids);
    return new Map([...selected].filter(([uid]) => standing.has(uid)));
  }, [data, selected]);
  useEffect(() => {
    if (left.size < selected.size) select(left);
  });
  return list;
}
