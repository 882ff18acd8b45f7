import { useEffect, useRef, useState } from 'react';

import type { InvoiceUid } from '../../../shared/domain/ids';
import type { DocumentContent } from '../../../shared/domain/invoice';
import { bridge } from '../../app/bridge';
import { bytesFromBase64 } from './pdf-bytes';

export interface Preview {
  /** The last one that could be made; stays until the next is there. */
  readonly pdf: Uint8Array | null;
  /** Characters that no bundled font has: they could not be printed. */
  readonly missingCharacters: readonly string[];
  readonly isBusy: boolean;
  readonly isFailed: boolean;
}

const DELAY_MS = 250;
const NONE: Preview = { pdf: null, missingCharacters: [], isBusy: false, isFailed: false };

/**
 * The PDF of a draft while it is written, made by the renderer that will print it. One at a time and
 * always of the newest content, so that quick typing never queues work.
 */
export function usePreview(
  content: DocumentContent,
  uid: InvoiceUid | null,
  isEnabled: boolean,
): Preview {
  const [preview, setPreview] = useState(NONE);
  const wanted = useRef<{ content: DocumentContent; uid: InvoiceUid | null } | null>(null);
  const isRunning = useRef(false);
  const isGone = useRef(false);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  useEffect(() => {
    if (!isEnabled) return;
    const run = async (): Promise<void> => {
      wanted.current = { content, uid };
      if (isRunning.current) return;
      isRunning.current = true;
      setPreview((last) => ({ ...last, isBusy: true }));
      let next: Pick<Preview, 'pdf' | 'missingCharacters'> | null = null;
      while (wanted.current !== null && !isGone.current) {
        const { content: newest, uid: newestUid } = wanted.current;
        wanted.current = null;
        const result = await bridge.call('invoices.preview', {
          content: newest,
          ...(newestUid === null ? {} : { uid: newestUid }),
        });
        next = result.ok
          ? {
              pdf: bytesFromBase64(result.value.pdf),
              missingCharacters: result.value.missingCharacters,
            }
          : null;
      }
      isRunning.current = false;
      if (isGone.current) return;
      setPreview((last) => ({
        ...(next ?? last),
        isBusy: false,
        isFailed: next === null,
      }));
    };
    const timer = window.setTimeout(() => void run(), DELAY_MS);
    return () => window.clearTimeout(timer);
  }, [content, uid, isEnabled]);

  return preview;
}
