import { askAgain } from '../../app/ask-again';
import { queryClient } from '../../app/query-client';

/** Shows what is there by now, after a decision was refused: somebody decides again. */
export function readItemsAnew(): Promise<void> {
  return askAgain(queryClient, ({ queryKey }) => String(queryKey[0]).startsWith('sync.'));
}
