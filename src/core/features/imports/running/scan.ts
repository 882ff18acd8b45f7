import { setImmediate as breathe } from 'node:timers/promises';

import type { ImportKind } from '../../../../shared/contracts/app-api/imports';
import type { DocumentFormats } from '../../../../shared/domain/document-style';
import { fieldsOf } from '../mapping/fields';
import type { Mapping } from '../mapping/mapping';
import type { DateFormat } from '../reading/dates';
import { gatherDateEvidence, judgeDates, noDateEvidence } from '../reading/dates';
import type { DecimalSign } from '../reading/numbers';
import { gatherDecimalEvidence, judgeDecimals, noDecimalEvidence } from '../reading/numbers';
import { readBody } from '../reading/table';
import type { OpenText } from './import-session';

const SAMPLES = 4;

export interface Scan {
  readonly rowCount: number;
  /** The first different values of each column. */
  readonly samples: readonly (readonly string[])[];
  readonly dates: { readonly format: DateFormat; readonly isAmbiguous: boolean };
  readonly decimals: { readonly style: DecimalSign; readonly isAmbiguous: boolean };
}

/**
 * Looks at every row once: how many there are, what the columns hold, and how dates and decimals
 * are written in the columns that are mapped to some. Others work between the slices.
 */
export async function scanFile(
  kind: ImportKind,
  { text, delimiter, head }: OpenText,
  mapping: Mapping,
  formats: DocumentFormats,
): Promise<Scan> {
  const columnsOf = (type: 'date' | 'number'): readonly number[] =>
    fieldsOf(kind).flatMap((field) => {
      const column = mapping[field.name];
      return field.type === type && column !== undefined ? [column] : [];
    });
  const [dateColumns, numberColumns] = [columnsOf('date'), columnsOf('number')];
  const samples = head.headers.map(() => new Set<string>());
  const [dates, decimals] = [noDateEvidence(), noDecimalEvidence()];
  let rowCount = 0;
  for (const slice of readBody(text, delimiter, head)) {
    rowCount += slice.length;
    for (const { cells } of slice) {
      for (const column of dateColumns) gatherDateEvidence(cells[column] ?? '', dates);
      for (const column of numberColumns) gatherDecimalEvidence(cells[column] ?? '', decimals);
      gatherSamples(cells, samples);
    }
    await breathe();
  }
  const usesComma = !formats.startsWith('en') && formats !== 'de-CH';
  return {
    rowCount,
    samples: samples.map((values) => [...values]),
    dates: judgeDates(dates, formats === 'en-US' ? 'mdy' : 'dmy'),
    decimals: judgeDecimals(decimals, usesComma || delimiter === ';' ? 'comma' : 'dot'),
  };
}

function gatherSamples(cells: readonly string[], samples: readonly Set<string>[]): void {
  samples.forEach((values, column) => {
    if (values.size >= SAMPLES) return;
    const value = (cells[column] ?? '').trim();
    if (value !== '') values.add(value.length > 80 ? `${value.slice(0, 79)}…` : value);
  });
}
