import { loadPdfRenderer } from '../../../../src/core/pdf/load-renderer';
import type { PdfRenderer } from '../../../../src/shared/pdf/renderer';
import type { Logger } from '../../../kit/telemetry/log';
import { describeError } from '../../../kit/telemetry/log';

/** The renderer, as soon as there is one. */
export type RendererSource = () => Promise<PdfRenderer>;

/**
 * Loads the renderer beside everything else that starts, so that the service is ready before its
 * fonts are and the first document finds them there.
 */
export function startRenderer(log: Logger): RendererSource {
  let loading: Promise<PdfRenderer> | undefined;

  function load(): Promise<PdfRenderer> {
    loading ??= loadPdfRenderer().catch((error: unknown) => {
      // The next document tries again.
      loading = undefined;
      throw error;
    });
    return loading;
  }

  load().catch((error: unknown) => {
    log.error(describeError(error), 'the renderer could not be loaded');
  });
  return load;
}
