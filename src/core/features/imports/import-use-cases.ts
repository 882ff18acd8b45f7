import { randomUUID } from 'node:crypto';

import type {
  ImportKind,
  ImportPreset,
  ImportPreview,
  ImportReading,
} from '../../../shared/contracts/app-api/imports';
import type { Result } from '../../../shared/domain/result';
import { ok, refused, refusedFor } from '../../../shared/domain/result';
import { readBusiness } from '../../businesses/business-repository';
import type { BusinessContext, UseCases } from '../../context';
import { readTaxCodes } from '../settings/tax-code-repository';
import type { FieldType } from './mapping/fields';
import { fieldsOf } from './mapping/fields';
import { isUtcHeader } from './mapping/header-key';
import type { Mapping } from './mapping/mapping';
import { checkMapping, suggestMapping } from './mapping/mapping';
import type { RowReading } from './planning/row-reader';
import { detectDelimiter } from './reading/csv-rows';
import { decodeText, detectEncoding } from './reading/encoding';
import { findHeader } from './reading/table';
import type { ImportSession, OpenText } from './running/import-session';
import { dropSession, findSession, keepSession } from './running/import-session';
import { buildPreview, questionsOf } from './running/preview';
import { buildReport } from './running/report';
import { runImport, tell } from './running/run-import';
import { scanFile } from './running/scan';

type Methods =
  | 'imports.open'
  | 'imports.preview'
  | 'imports.run'
  | 'imports.progress'
  | 'imports.cancel'
  | 'imports.report'
  | 'imports.close';

const MOST_BYTES = 50 * 1024 * 1024;

export const importUseCases: UseCases<Methods> = {
  'imports.open': (context, { kind, fileName, file }) => {
    const bytes = Buffer.from(file, 'base64');
    if (bytes.length > MOST_BYTES) {
      return refused('file', 'file_too_large', { limit: MOST_BYTES / 1024 / 1024 });
    }
    return openFile(context, kind, fileName, bytes);
  },

  'imports.preview': (context, { importId, preset, reading }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    if (found.value.progress?.state === 'running') return refused('importId', 'import_running');
    return lookAgain(context, found.value, preset, reading);
  },

  'imports.run': (context, { importId, reading, policy }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    const session = found.value;
    if (session.progress?.state === 'running') return refused('importId', 'import_running');
    const open = isOtherText(session, reading)
      ? openText(session.kind, session.bytes, reading.encoding, reading.delimiter)
      : ok(session.open);
    if (!open.ok) return open;
    const issues = checkMapping(session.kind, reading.mapping, open.value.head.headers.length);
    if (issues.length > 0) return refusedFor(issues);
    session.open = open.value;
    session.mapping = reading.mapping;
    Object.assign(session, { isCancelled: false, outcome: null, failure: null });
    const rowReading = rowReadingOf(context, session, reading);
    const progress = tell(context, session, 'running', 0);
    session.finished = runImport(context, session, rowReading, policy).catch((error: unknown) => {
      // A bug: the transaction is rolled back; whoever asks for the report hears of it.
      session.failure = error instanceof Error ? error : new Error(String(error));
      tell(context, session, 'refused', 0);
    });
    return ok(progress);
  },

  'imports.progress': (context, { importId }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    const { progress } = found.value;
    return progress === null ? refused('importId', 'import_not_started') : ok(progress);
  },

  'imports.cancel': async (context, { importId }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    const session = found.value;
    if (session.progress?.state === 'running') {
      session.isCancelled = true;
      await session.finished;
    }
    // What is stored cannot be taken back by then: numbers and payments may be in use.
    return session.progress?.state === 'done' ? refused('importId', 'import_finished') : ok({});
  },

  'imports.report': (context, { importId, language }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    const { progress, failure } = found.value;
    if (progress === null) return refused('importId', 'import_not_started');
    if (progress.state === 'running') return refused('importId', 'import_running');
    if (failure !== null) throw failure;
    return ok(buildReport(found.value, progress.state, language));
  },

  'imports.close': async (context, { importId }) => {
    const found = findSession(context, importId);
    if (!found.ok) return found;
    const session = found.value;
    if (session.progress?.state === 'running') {
      session.isCancelled = true;
      await session.finished;
    }
    dropSession(context, importId);
    return ok({});
  },
};

async function openFile(
  context: BusinessContext,
  kind: ImportKind,
  fileName: string,
  bytes: Buffer,
): Promise<Result<ImportPreview>> {
  const detected = detectEncoding(bytes);
  if (!detected.ok) return detected;
  const { encoding, isCertain } = detected.value;
  const open = openText(kind, bytes, encoding, null);
  if (!open.ok) return open;
  const suggestion = suggestMapping(kind, open.value.head.headers);
  const session: ImportSession = {
    importId: randomUUID(),
    kind,
    fileName,
    bytes,
    isEncodingCertain: isCertain,
    open: open.value,
    preset: suggestion.preset,
    rowCount: 0,
    previewed: null,
    mapping: {},
    progress: null,
    isCancelled: false,
    outcome: null,
    finished: Promise.resolve(),
    failure: null,
  };
  const preview = await detectAndPreview(context, session, suggestion.mapping);
  keepSession(context, session);
  return ok(preview);
}

function openText(
  kind: ImportKind,
  bytes: Buffer,
  encoding: string,
  wantedDelimiter: string | null,
): Result<OpenText> {
  const decoded = decodeText(bytes, encoding);
  if (!decoded.ok) return decoded;
  const text = decoded.value;
  const delimiter = wantedDelimiter ?? detectDelimiter(text);
  const head = findHeader(kind, text, delimiter);
  return head.ok ? ok({ text, encoding, delimiter, head: head.value }) : head;
}

/** A preview under what is detected from the file itself. */
async function detectAndPreview(
  context: BusinessContext,
  session: ImportSession,
  mapping: Mapping,
): Promise<ImportPreview> {
  const { open } = session;
  const { formats } = context.replica.read(readBusiness);
  const scan = await scanFile(session.kind, open, mapping, formats);
  session.rowCount = scan.rowCount;
  const reading: ImportReading = {
    encoding: open.encoding,
    delimiter: open.delimiter,
    dateFormat: scan.dates.format,
    decimalStyle: scan.decimals.style,
    mapping: { ...mapping },
  };
  session.previewed = reading;
  const rowReading = rowReadingOf(context, session, reading);
  return buildPreview(session, scan, reading, rowReading, questionsOf(session, scan, mapping));
}

function isOtherText({ open }: ImportSession, reading: ImportReading): boolean {
  return reading.encoding !== open.encoding || reading.delimiter !== open.delimiter;
}

/**
 * The preview under another reading. Another encoding, delimiter or program makes other columns:
 * those are mapped anew. What a person chose is no longer asked about.
 */
async function lookAgain(
  context: BusinessContext,
  session: ImportSession,
  preset: ImportPreset | null,
  reading: ImportReading,
): Promise<Result<ImportPreview>> {
  const { kind } = session;
  const hasOtherColumns = isOtherText(session, reading);
  if (hasOtherColumns) {
    const other = openText(kind, session.bytes, reading.encoding, reading.delimiter);
    if (!other.ok) return other;
    session.open = other.value;
  }
  if (hasOtherColumns || preset !== session.preset) {
    const suggestion = suggestMapping(kind, session.open.head.headers, preset);
    session.preset = preset;
    return ok(await detectAndPreview(context, session, suggestion.mapping));
  }
  const { formats } = context.replica.read(readBusiness);
  const scan = await scanFile(kind, session.open, reading.mapping, formats);
  const isNew = (type: FieldType): boolean =>
    columnsOf(kind, reading.mapping, type) !==
    columnsOf(kind, session.previewed?.mapping ?? {}, type);
  const [hasNewDates, hasNewNumbers] = [isNew('date'), isNew('number')];
  const seen = {
    ...reading,
    dateFormat: hasNewDates ? scan.dates.format : reading.dateFormat,
    decimalStyle: hasNewNumbers ? scan.decimals.style : reading.decimalStyle,
  };
  const questions = questionsOf(session, scan, reading.mapping).filter(
    ({ field }) =>
      (field === 'reading.dateFormat' && hasNewDates) ||
      (field === 'reading.decimalStyle' && hasNewNumbers),
  );
  session.rowCount = scan.rowCount;
  session.previewed = seen;
  return ok(buildPreview(session, scan, seen, rowReadingOf(context, session, seen), questions));
}

/** The columns that are read as dates or numbers: their format is judged anew when they change. */
function columnsOf(kind: ImportKind, mapping: Mapping, type: FieldType): string {
  const fields = fieldsOf(kind).filter((field) => field.type === type);
  return fields.map((field) => mapping[field.name] ?? '').join(' ');
}

function rowReadingOf(
  context: BusinessContext,
  { open }: ImportSession,
  reading: ImportReading,
): RowReading {
  const { mapping, dateFormat, decimalStyle } = reading;
  const utcFields = Object.entries(mapping)
    .filter(([, column]) => isUtcHeader(open.head.headers[column] ?? ''))
    .map(([field]) => field);
  return context.replica.read((scope) => ({
    mapping,
    dateFormat,
    decimalStyle,
    utcFields: new Set(utcFields),
    business: readBusiness(scope),
    today: context.today(),
    knownRates: readTaxCodes(scope)
      .map((code) => code.rate)
      .filter((rate) => rate > 0),
  }));
}
