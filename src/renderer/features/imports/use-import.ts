import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type {
  ImportKind,
  ImportPreset,
  ImportPreview,
  ImportProgress,
  ImportReading,
} from '../../../shared/contracts/app-api/imports';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { spokenLanguage } from '../../i18n/i18n';
import { toBase64 } from '../../ui/base64';
import { useFormats } from '../../ui/formats-context';

export type ImportReport = MethodOutput<'imports.report'>;
export type ImportPolicy = 'all_or_nothing' | 'good_rows';

/** Where an import stands: a file is chosen, looked at, brought in, reported. */
export type ImportStep =
  | { readonly step: 'choose'; readonly errors: readonly string[] }
  | { readonly step: 'check'; readonly preview: ImportPreview; readonly errors: readonly string[] }
  | { readonly step: 'run'; readonly preview: ImportPreview; readonly progress: ImportProgress }
  | { readonly step: 'done'; readonly preview: ImportPreview; readonly report: ImportReport };

export interface ImportFlow {
  readonly state: ImportStep;
  readonly isBusy: boolean;
  readonly open: (file: { readonly fileName: string; readonly bytes: Uint8Array }) => Promise<void>;
  readonly readAs: (preset: ImportPreset | null, reading: ImportReading) => Promise<void>;
  readonly run: (policy: ImportPolicy) => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly startOver: () => void;
}

/** In case an event is lost while the connection is made anew. */
const ASK_AGAIN_MS = 1_000;

/** One import from the file to its report. The file is freed when the screen is left. */
export function useImport(kind: ImportKind): ImportFlow {
  const { t } = useTranslation();
  const formats = useFormats();
  const [state, setState] = useState<ImportStep>({ step: 'choose', errors: [] });
  const [isBusy, setBusy] = useState(false);
  const opened = useRef<string | null>(null);
  /** Answers to an older reading must not replace the newest. */
  const asked = useRef(0);
  const wordsFor = (error: ApiError): readonly string[] => describeError(t, error, formats);

  const close = (): void => {
    if (opened.current !== null) void bridge.call('imports.close', { importId: opened.current });
    opened.current = null;
  };
  useEffect(() => close, []);

  const runningId = state.step === 'run' ? state.preview.importId : null;
  useEffect(() => {
    if (runningId === null) return;
    let isLeft = false;
    const isHere = (): boolean => !isLeft;
    const show = async (progress: ImportProgress): Promise<void> => {
      if (!isHere() || progress.importId !== runningId) return;
      if (progress.state === 'running') {
        setState((now) => (now.step === 'run' ? { ...now, progress } : now));
        return;
      }
      const report = await bridge.call('imports.report', {
        importId: runningId,
        language: spokenLanguage(),
      });
      if (!isHere() || !report.ok) return;
      setState((now) =>
        now.step === 'run' ? { step: 'done', preview: now.preview, report: report.value } : now,
      );
    };
    const stop = bridge.onEvent((event) => {
      if (event.event === 'import_progress') void show(event.progress);
    });
    const ask = async (): Promise<void> => {
      const progress = await bridge.call('imports.progress', { importId: runningId });
      if (progress.ok) await show(progress.value);
    };
    const timer = window.setInterval(() => void ask(), ASK_AGAIN_MS);
    void ask();
    return () => {
      isLeft = true;
      stop();
      window.clearInterval(timer);
    };
  }, [runningId]);

  return {
    state,
    isBusy,
    open: async ({ fileName, bytes }) => {
      setBusy(true);
      close();
      const result = await bridge.call('imports.open', { kind, fileName, file: toBase64(bytes) });
      setBusy(false);
      if (!result.ok) return setState({ step: 'choose', errors: wordsFor(result.error) });
      opened.current = result.value.importId;
      setState({ step: 'check', preview: result.value, errors: [] });
    },
    readAs: async (preset, reading) => {
      if (state.step !== 'check') return;
      const { importId } = state.preview;
      const number = ++asked.current;
      // What was chosen shows at once; the rows follow.
      setState({ ...state, preview: { ...state.preview, preset, reading } });
      const result = await bridge.call('imports.preview', { importId, preset, reading });
      if (number !== asked.current) return;
      setState((now) => {
        if (now.step !== 'check') return now;
        return result.ok
          ? { step: 'check', preview: result.value, errors: [] }
          : { ...now, errors: wordsFor(result.error) };
      });
    },
    run: async (policy) => {
      if (state.step !== 'check' || isBusy) return;
      const { preview } = state;
      setBusy(true);
      const result = await bridge.call('imports.run', {
        importId: preview.importId,
        reading: preview.reading,
        policy,
      });
      setBusy(false);
      setState(
        result.ok
          ? { step: 'run', preview, progress: result.value }
          : { step: 'check', preview, errors: wordsFor(result.error) },
      );
    },
    cancel: async () => {
      if (runningId !== null) await bridge.call('imports.cancel', { importId: runningId });
    },
    startOver: () => {
      close();
      setState({ step: 'choose', errors: [] });
    },
  };
}
