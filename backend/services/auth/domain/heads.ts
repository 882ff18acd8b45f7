import { COLLECTION_ORDER } from '../../../../src/shared/contracts/sync/collections';
import type { Heads } from '../../../../src/shared/contracts/sync/protocol';

/**
 * Whether a device that knows some heads has something to pull. It may have pulled already what no
 * event has told of yet: a lower version of the same epoch is no news.
 */
export function hasNews(heads: Heads, known: Heads): boolean {
  return COLLECTION_ORDER.some((collection) => {
    const [head, seen] = [heads[collection], known[collection]];
    if (head === undefined) return false;
    if (seen === undefined) return head.version > 0;
    return head.epoch !== seen.epoch || head.version > seen.version;
  });
}
