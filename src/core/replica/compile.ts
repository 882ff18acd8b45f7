import type { Statement } from 'better-sqlite3';
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm';

/** What a prepared query of drizzle holds, of which its types show nothing. */
interface DrizzleQuery {
  readonly stmt: Statement<unknown[]>;
  readonly query: { readonly params: readonly unknown[] };
  /** What a select reads, in the order of its columns; nothing for other statements. */
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: unknown }[];
  readonly customResultMapper?: unknown;
}

interface Codec {
  readonly mapToDriverValue: (value: unknown) => unknown;
  readonly mapFromDriverValue: (value: unknown) => unknown;
}

type Values = Readonly<Record<string, unknown>>;
type BuildValues = (values: Values | undefined) => unknown[];
type BuildRecord = (row: readonly unknown[]) => Record<string, unknown>;

/**
 * The same prepared query at the speed of better-sqlite3. drizzle decides anew for each value of
 * each row how it is to be mapped, which costs several times the query; here it is decided once.
 * Selects that nest their rows (joins without a selection of their own) stay as they are.
 */
export function compile<Query>(prepared: Query): Query {
  const { stmt } = prepared as DrizzleQuery;
  return planOf(prepared)?.queryOf(stmt) ?? prepared;
}

/** What is decided once of a query, for every replica that it is prepared for. */
export interface Plan<Query> {
  readonly source: string;
  /** Of a statement that was prepared from the source and is used by nobody else. */
  readonly queryOf: (statement: Statement<unknown[]>) => Query;
}

/** Null for a query that stays as drizzle makes it. */
export function planOf<Query>(prepared: Query): Plan<Query> | null {
  const query = prepared as DrizzleQuery;
  const { fields, stmt } = query;
  if (query.customResultMapper !== undefined) return null;
  if (fields?.some(({ path }) => path.length !== 1)) return null;
  const valuesOf = valueBuilder(query.query.params);
  const recordOf = fields === undefined ? null : recordBuilder(fields);
  return {
    source: stmt.source,
    queryOf: (statement) => bind(statement, valuesOf, recordOf) as Query,
  };
}

/** Statements without typed columns answer as better-sqlite3 does. */
function bind(
  statement: Statement<unknown[]>,
  valuesOf: BuildValues,
  recordOf: BuildRecord | null,
): object {
  if (recordOf === null) {
    return {
      run: (values?: Values) => statement.run(...valuesOf(values)),
      get: (values?: Values) => statement.get(...valuesOf(values)),
      all: (values?: Values) => statement.all(...valuesOf(values)),
    };
  }
  const rows = statement.raw();
  return {
    get: (values?: Values) => {
      const row = rows.get(...valuesOf(values)) as unknown[] | undefined;
      return row === undefined ? undefined : recordOf(row);
    },
    all: (values?: Values) => (rows.all(...valuesOf(values)) as unknown[][]).map(recordOf),
  };
}

/** Values of placeholders in the order in which the statement wants them. */
function valueBuilder(params: readonly unknown[]): BuildValues {
  const sources = params.map(sourceOf);
  return (values = {}) => {
    const bound = new Array<unknown>(sources.length);
    for (let index = 0; index < sources.length; index += 1) {
      const { name, fixed, encode } = sources[index] as Source;
      if (name === null) {
        bound[index] = fixed;
        continue;
      }
      const value = values[name];
      if (value === undefined) throw new Error(`no value for placeholder "${name}"`);
      bound[index] = encode === null ? value : encode(value);
    }
    return bound;
  };
}

interface Source {
  /** Null for a value that is always the same. */
  readonly name: string | null;
  readonly fixed: unknown;
  readonly encode: ((value: unknown) => unknown) | null;
}

function sourceOf(param: unknown): Source {
  if (is(param, Placeholder)) return { name: param.name, fixed: null, encode: null };
  if (!is(param, Param) || !is(param.value, Placeholder)) {
    return { name: null, fixed: param, encode: null };
  }
  const encoder = param.encoder as Codec;
  const isPlain =
    is(encoder, Column) && encoder.mapToDriverValue === Column.prototype.mapToDriverValue;
  const encode = isPlain ? null : (value: unknown) => encoder.mapToDriverValue(value);
  return { name: param.value.name, fixed: null, encode };
}

function recordBuilder(fields: NonNullable<DrizzleQuery['fields']>): BuildRecord {
  const names = fields.map(({ path }) => path[0] ?? '');
  const decoders = fields.map(({ field }) => decoderOf(field));
  // Copying a record with all its fields is much cheaper than adding them one by one.
  const template = Object.fromEntries(names.map((name) => [name, null]));
  return (row) => {
    const record: Record<string, unknown> = { ...template };
    for (let index = 0; index < names.length; index += 1) {
      const value = row[index];
      const decode = decoders[index];
      record[names[index] as string] =
        value === null || decode === null || decode === undefined ? value : decode(value);
    }
    return record;
  };
}

function decoderOf(field: unknown): ((value: unknown) => unknown) | null {
  if (is(field, Column)) {
    const column = field as unknown as Codec;
    return column.mapFromDriverValue === Column.prototype.mapFromDriverValue
      ? null
      : (value) => column.mapFromDriverValue(value);
  }
  const { decoder } = (is(field, SQL) ? field : (field as SQL.Aliased).sql) as unknown as {
    readonly decoder: Codec;
  };
  return decoder.mapFromDriverValue === PLAIN.mapFromDriverValue
    ? null
    : (value) => decoder.mapFromDriverValue(value);
}

/** The decoder of SQL that says nothing of its type. */
const PLAIN = (new SQL([]) as unknown as { readonly decoder: Codec }).decoder;
