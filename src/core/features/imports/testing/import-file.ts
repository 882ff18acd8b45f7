import { readFileSync } from 'node:fs';

import type {
  ImportKind,
  ImportPreview,
  ImportReading,
  ImportReport,
} from '../../../../shared/contracts/app-api/imports';
import type { Result } from '../../../../shared/domain/result';
import type { BusinessContext } from '../../../context';
import { importUseCases } from '../import-use-cases';

/** The value of what has to succeed in a test; shows the refusal otherwise. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/${name}.csv`, import.meta.url));
}

export async function openImport(
  context: BusinessContext,
  kind: ImportKind,
  file: Buffer | string,
): Promise<ImportPreview> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : file;
  return valueOf(
    await importUseCases['imports.open'](context, {
      kind,
      fileName: `${kind}.csv`,
      file: bytes.toString('base64'),
    }),
  );
}

export interface RunOptions {
  readonly policy?: 'all_or_nothing' | 'good_rows';
  readonly reading?: Partial<ImportReading>;
}

/** Runs an opened import to its end and answers the report. */
export async function runToEnd(
  context: BusinessContext,
  preview: ImportPreview,
  { policy = 'good_rows', reading = {} }: RunOptions = {},
): Promise<ImportReport> {
  const { importId } = preview;
  valueOf(
    await importUseCases['imports.run'](context, {
      importId,
      policy,
      reading: { ...preview.reading, ...reading },
    }),
  );
  for (;;) {
    const { state } = valueOf(await importUseCases['imports.progress'](context, { importId }));
    if (state !== 'running') break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const report = valueOf(
    await importUseCases['imports.report'](context, { importId, language: 'en' }),
  );
  valueOf(await importUseCases['imports.close'](context, { importId }));
  return report;
}

/** Opens a file and brings it in as it is detected. */
export async function importFile(
  context: BusinessContext,
  kind: ImportKind,
  file: Buffer | string,
  options: RunOptions = {},
): Promise<ImportReport> {
  return runToEnd(context, await openImport(context, kind, file), options);
}

/** Everything that the replica holds, to prove that nothing changed. */
export function dump(context: BusinessContext): string {
  const { connection } = context.replica;
  const tables = connection
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  const rows = tables
    .filter((name) => !name.includes('_search') && !name.startsWith('sqlite_'))
    .map((name) => [name, connection.prepare(`SELECT * FROM "${name}"`).raw().all()]);
  return JSON.stringify(rows);
}
