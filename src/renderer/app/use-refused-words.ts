import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

import type { FieldConflict } from '../../shared/contracts/sync/protocol';
import { useApiQuery } from './api';
import { bridge } from './bridge';

export interface RefusedWords {
  /** Whether it is known what was refused: only then is it laid over the record. */
  readonly isReady: boolean;
  /** What was typed (mine), and over what (base). */
  readonly fields: readonly FieldConflict[];
  /** The words of these fields were corrected and kept; with the last of them the refusal is dealt with. */
  readonly settle: (corrected: readonly FieldConflict[]) => void;
}

const NOTHING: readonly FieldConflict[] = [];

/**
 * Words for a record that the cloud refused, where the address (`refused`) asks for them: its editor
 * shows them again, to be corrected. Once they were, or are let go, the address means nothing.
 */
export function useRefusedWords(uid: string | null): RefusedWords {
  const [params] = useSearchParams();
  const asked = uid === null ? null : params.get('refused');
  const { data, isPending } = useApiQuery(
    'sync.ofRecord',
    { uid: uid ?? '' },
    { enabled: asked !== null },
  );
  const found = data?.rejections.find(({ id }) => String(id) === asked);
  const id = found?.id;
  const settle = useCallback(
    (corrected: readonly FieldConflict[]) => {
      const paths = corrected.map(({ path }) => path);
      if (id !== undefined) void bridge.call('sync.settleFields', { id, paths });
    },
    [id],
  );
  const fields = found?.fields ?? NOTHING;
  const isReady = asked === null || !isPending;
  return useMemo(() => ({ isReady, fields, settle }), [isReady, fields, settle]);
}
