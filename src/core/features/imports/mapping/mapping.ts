import type { ImportKind, ImportPreset } from '../../../../shared/contracts/app-api/imports';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { fieldsOf } from './fields';
import { headerKey } from './header-key';
import type { Layout } from './presets';
import { LAYOUTS } from './presets';

/** Field → column. */
export type Mapping = Readonly<Record<string, number>>;

export interface SuggestedMapping {
  readonly preset: ImportPreset | null;
  readonly mapping: Mapping;
}

/**
 * Maps the columns of a file: by the program whose export it is (the given one, or the one whose
 * headers are recognised), else by what headers usually mean. A column fills one field.
 */
export function suggestMapping(
  kind: ImportKind,
  headers: readonly string[],
  wanted?: ImportPreset | null,
): SuggestedMapping {
  const keys = headers.map(headerKey);
  // A program chosen by hand is tried even where its headers are not complete.
  const candidates = LAYOUTS.filter(
    (candidate) =>
      candidate.kind === kind &&
      (typeof wanted === 'string' ? candidate.preset === wanted : isPresent(candidate, keys)),
  );
  const best = wanted === null ? null : bestLayout(candidates, keys);
  if (best === null) return { preset: wanted ?? null, mapping: mapByMeaning(kind, keys) };
  return { preset: best.layout.preset, mapping: best.mapping };
}

function isPresent(candidate: Layout, keys: readonly string[]): boolean {
  return candidate.signature.every((header) => keys.includes(header));
}

function bestLayout(
  candidates: readonly Layout[],
  keys: readonly string[],
): { readonly layout: Layout; readonly mapping: Mapping } | null {
  let best: { layout: Layout; mapping: Mapping } | null = null;
  for (const candidate of candidates) {
    const mapping = mapByLayout(candidate, keys);
    const size = Object.keys(mapping).length;
    if (size > 0 && size > Object.keys(best?.mapping ?? {}).length) {
      best = { layout: candidate, mapping };
    }
  }
  return best;
}

function mapByLayout(candidate: Layout, keys: readonly string[]): Mapping {
  const mapping: Record<string, number> = {};
  for (const [field, headers] of Object.entries(candidate.columns)) {
    const header = headers.find((key) => keys.includes(key));
    if (header !== undefined) mapping[field] = keys.indexOf(header);
  }
  return mapping;
}

function mapByMeaning(kind: ImportKind, keys: readonly string[]): Mapping {
  const mapping: Record<string, number> = {};
  const taken = new Set<number>();
  for (const field of fieldsOf(kind)) {
    // The field's own name wins over a synonym that stands further left.
    const named = [...field.headers].map((header) => keys.indexOf(header));
    const column = named.find((index) => index >= 0 && !taken.has(index));
    if (column === undefined || keys[column] === '') continue;
    mapping[field.name] = column;
    taken.add(column);
  }
  return kind === 'invoices' ? readAmountsByLine(mapping, keys) : mapping;
}

/** Headers that mean the line where each row is a line, else the document. */
const LINE_OR_DOCUMENT = new Set(
  'amount|betrag|gesamt|montant|importe|importo|bedrag|kwota|金额'.split('|').map(headerKey),
);

function readAmountsByLine(mapping: Record<string, number>, keys: readonly string[]): Mapping {
  const { total, discountAmount, quantity, ...rest } = mapping;
  if (quantity === undefined) return mapping;
  const isLineAmount =
    total !== undefined &&
    rest['lineAmount'] === undefined &&
    LINE_OR_DOCUMENT.has(keys[total] ?? '');
  return {
    ...rest,
    quantity,
    ...(total === undefined ? {} : isLineAmount ? { lineAmount: total } : { total }),
    ...(discountAmount === undefined ? {} : { lineDiscountAmount: discountAmount }),
  };
}

/** How many of the cells are headers that this kind of import knows. */
export function countKnownHeaders(kind: ImportKind, cells: readonly string[]): number {
  const known = knownHeaders(kind);
  return cells.filter((cell) => known.has(headerKey(cell))).length;
}

const KNOWN = new Map<ImportKind, ReadonlySet<string>>();

function knownHeaders(kind: ImportKind): ReadonlySet<string> {
  const cached = KNOWN.get(kind);
  if (cached) return cached;
  const headers = new Set<string>();
  for (const field of fieldsOf(kind)) for (const header of field.headers) headers.add(header);
  for (const candidate of LAYOUTS) {
    if (candidate.kind !== kind) continue;
    for (const header of candidate.signature) headers.add(header);
    for (const names of Object.values(candidate.columns)) {
      for (const name of names) headers.add(name);
    }
  }
  headers.delete('');
  KNOWN.set(kind, headers);
  return headers;
}

/**
 * What is wrong with a mapping, on `reading.mapping.<field>`: `required` where a field that every
 * record needs has no column, `unknown_field`, `column_unknown` for a column the file has not.
 */
export function checkMapping(
  kind: ImportKind,
  mapping: Mapping,
  columnCount: number,
): readonly Issue[] {
  const fields = fieldsOf(kind);
  const names = new Set(fields.map((field) => field.name));
  const issues: Issue[] = [];
  for (const [name, column] of Object.entries(mapping)) {
    if (!names.has(name)) issues.push(issue(`reading.mapping.${name}`, 'unknown_field'));
    else if (column >= columnCount) issues.push(issue(`reading.mapping.${name}`, 'column_unknown'));
  }
  for (const field of fields) {
    if (field.isRequired && mapping[field.name] === undefined) {
      issues.push(issue(`reading.mapping.${field.name}`, 'required'));
    }
  }
  return issues;
}
