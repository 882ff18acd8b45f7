import type { MethodOutput } from '../../shared/contracts/app-api';
import { forgetLists } from '../ui/list-state';
import { queryKey } from './api';
import { queryClient } from './query-client';

/**
 * Another business is open: `state` is the core's answer. Nothing of the one before may be shown or
 * kept in lists; the screens are made anew because the current uid is another.
 */
export function showBusiness(state: MethodOutput<'app.state'>): void {
  const [appState] = queryKey('app.state', {});
  forgetLists();
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== appState });
  queryClient.setQueryData(queryKey('app.state', {}), state);
}
