import { z } from 'zod';

import { screenLanguage } from '../../domain/screen-language';
import { bytes, issueSchema, method, nothing } from './method';

export const importKind = z.enum(['clients', 'products', 'invoices']);
export type ImportKind = z.infer<typeof importKind>;

export const importPreset = z.enum(['quickbooks', 'xero', 'freshbooks', 'zoho', 'stripe']);
export type ImportPreset = z.infer<typeof importPreset>;

/** How dates stand in the file, by the order of day, month and year. */
export const dateFormat = z.enum(['ymd', 'dmy', 'mdy']);
export const decimalStyle = z.enum(['dot', 'comma']);

/** How a file is read; every part is detected first and can be set by hand. */
export const importReading = z.object({
  encoding: z.string().max(40),
  delimiter: z.string().min(1).max(1),
  dateFormat,
  decimalStyle,
  /** Field of doccentr → column of the file (its index), absent where nothing fits. */
  mapping: z.record(z.string(), z.int().min(0).max(500)),
});
export type ImportReading = z.infer<typeof importReading>;

const importPreview = z.object({
  importId: z.string(),
  fileName: z.string(),
  kind: importKind,
  preset: importPreset.nullable(),
  reading: importReading,
  columns: z.array(z.object({ index: z.int(), name: z.string(), samples: z.array(z.string()) })),
  /** Fields that this kind of import knows. */
  fields: z.array(z.object({ name: z.string(), isRequired: z.boolean() })),
  rowCount: z.int(),
  /** The first rows as they would be brought in, formatted by the app's own rules. */
  sample: z.array(
    z.object({
      line: z.int(),
      values: z.record(z.string(), z.string()),
      issues: z.array(issueSchema),
    }),
  ),
  /** What cannot be told from the file alone and wants a decision, e.g. `date_format_ambiguous`. */
  questions: z.array(issueSchema),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importProgress = z.object({
  importId: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'refused']),
  doneRows: z.int(),
  totalRows: z.int(),
});
export type ImportProgress = z.infer<typeof importProgress>;

const importReport = z.object({
  importId: z.string(),
  state: importProgress.shape.state,
  /** Records brought in, already there unchanged, and rows refused. */
  created: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** At most the first 1,000; `reportCsv` has them all. */
  refusedRows: z.array(z.object({ line: z.int(), issues: z.array(issueSchema) })),
  /** Every refused row with line and reason, as CSV (base64). */
  reportCsv: bytes,
});
export type ImportReport = z.infer<typeof importReport>;

export const importMethods = {
  /** Reads a file (at most 50 MB), detects how, and answers the preview. Imports nothing. */
  'imports.open': method(
    z.object({ kind: importKind, fileName: z.string().max(255), file: bytes }),
    importPreview,
  ),
  /** The preview again under another reading. */
  'imports.preview': method(
    z.object({ importId: z.string(), preset: importPreset.nullable(), reading: importReading }),
    importPreview,
  ),
  /** Starts; progress arrives as events, the report when it ended. */
  'imports.run': method(
    z.object({
      importId: z.string(),
      reading: importReading,
      /** `all_or_nothing`: a single refused row refuses the file; `good_rows`: the rest comes in. */
      policy: z.enum(['all_or_nothing', 'good_rows']),
    }),
    importProgress,
  ),
  'imports.progress': method(z.object({ importId: z.string() }), importProgress),
  /** Stops; nothing of the file stays. */
  'imports.cancel': method(z.object({ importId: z.string() }), nothing),
  /** `language`: of the sentences in `reportCsv`. */
  'imports.report': method(
    z.object({ importId: z.string(), language: screenLanguage }),
    importReport,
  ),
  /** Frees the file. */
  'imports.close': method(z.object({ importId: z.string() }), nothing),
};
