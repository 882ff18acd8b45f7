import type {
  ImportKind,
  ImportPreset,
  ImportProgress,
  ImportReading,
} from '../../../../shared/contracts/app-api/imports';
import type { Issue, Result } from '../../../../shared/domain/result';
import { err, notFound, ok } from '../../../../shared/domain/result';
import type { BusinessContext } from '../../../context';
import type { Mapping } from '../mapping/mapping';
import type { TableHead } from '../reading/table';

/** A row that was not brought in, and why. */
export interface RefusedRow {
  readonly line: number;
  readonly issues: readonly Issue[];
}

/** How an import ended. */
export interface ImportOutcome {
  readonly created: number;
  readonly unchanged: number;
  readonly refusedRows: readonly RefusedRow[];
}

/** A text under one encoding and delimiter, and what every look at it needs. */
export interface OpenText {
  readonly text: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly head: TableHead;
}

/** A file that was opened for import; kept in memory until it is closed. */
export interface ImportSession {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly isEncodingCertain: boolean;
  open: OpenText;
  preset: ImportPreset | null;
  rowCount: number;
  /** The reading of the last preview. */
  previewed: ImportReading | null;
  /** The mapping of the last run: its report names fields by their columns. */
  mapping: Mapping;
  /** Null until the first run. */
  progress: ImportProgress | null;
  isCancelled: boolean;
  outcome: ImportOutcome | null;
  /** Settles when the run ended, however it did. */
  finished: Promise<void>;
  /** A bug that ended the run; told to whoever asks for the report. */
  failure: Error | null;
}

/** Files held open at once; the one opened first gives way. */
const MOST_SESSIONS = 4;

const sessionsOf = new WeakMap<BusinessContext['replica'], Map<string, ImportSession>>();

function sessions(context: BusinessContext): Map<string, ImportSession> {
  let open = sessionsOf.get(context.replica);
  if (!open) {
    open = new Map();
    sessionsOf.set(context.replica, open);
  }
  return open;
}

export function keepSession(context: BusinessContext, session: ImportSession): void {
  const open = sessions(context);
  for (const [importId, other] of open) {
    if (open.size < MOST_SESSIONS) break;
    if (other.progress?.state !== 'running') open.delete(importId);
  }
  open.set(session.importId, session);
}

export function findSession(context: BusinessContext, importId: string): Result<ImportSession> {
  const session = sessions(context).get(importId);
  return session ? ok(session) : err(notFound('import', importId).error);
}

export function dropSession(context: BusinessContext, importId: string): void {
  sessions(context).delete(importId);
}
