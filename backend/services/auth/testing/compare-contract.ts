/**
 * Tells where an OpenAPI document takes back what a contract promises: a path, an operation, a
 * status, a parameter, a field, a type, a value, a format; or where it asks callers for more.
 * Additions are no matter. Sizes (lengths, ranges) are not compared: the contract names none.
 */

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json | undefined;
}

interface Comparison {
  readonly contract: JsonObject;
  readonly document: JsonObject;
  readonly differences: string[];
}

/** Who reads what the schema describes: callers may be sent more, and may not be asked for more. */
type Direction = 'request' | 'response';

export function compareContract(contract: unknown, document: unknown): readonly string[] {
  const comparison: Comparison = {
    contract: objectOf(contract as Json),
    document: objectOf(document as Json),
    differences: [],
  };
  for (const [path, operations] of entriesOf(comparison.contract['paths'])) {
    for (const [method, promised] of entriesOf(operations)) {
      const found = at(comparison.document, ['paths', path, method]);
      const where = `${method.toUpperCase()} ${path}`;
      if (found === undefined) comparison.differences.push(`${where} is missing`);
      else compareOperation(comparison, where, objectOf(promised), objectOf(found));
    }
  }
  compareSchemes(comparison);
  return comparison.differences;
}

function compareSchemes({ contract, document, differences }: Comparison): void {
  const place = ['components', 'securitySchemes'];
  for (const [name, promised] of entriesOf(at(contract, place))) {
    const found = at(document, [...place, name]);
    for (const [key, value] of entriesOf(promised)) {
      if (objectOf(found)[key] !== value) differences.push(`security scheme ${name}: ${key}`);
    }
  }
}

function compareOperation(
  comparison: Comparison,
  where: string,
  promised: JsonObject,
  found: JsonObject,
): void {
  const { differences } = comparison;
  const isOpen = (operation: JsonObject) => listOf(operation['security']).length === 0;
  if (isOpen(promised) !== isOpen(found)) differences.push(`${where}: security`);
  for (const tag of listOf(promised['tags'])) {
    if (!listOf(found['tags']).includes(tag)) differences.push(`${where}: tag ${textOf(tag)}`);
  }
  compareParameters(comparison, where, promised, found);
  const body = ['requestBody', 'content', 'application/json', 'schema'];
  compareSchema(comparison, `${where} body`, 'request', at(promised, body), at(found, body));
  if (promised['requestBody'] === undefined && isRequired(found['requestBody'])) {
    differences.push(`${where}: asks for a body`);
  }
  for (const [status, reply] of entriesOf(promised['responses'])) {
    const answer = at(found, ['responses', status]);
    if (answer === undefined) {
      differences.push(`${where}: status ${status} is missing`);
      continue;
    }
    const schema = ['content', 'application/json', 'schema'];
    compareSchema(
      comparison,
      `${where} ${status}`,
      'response',
      at(objectOf(reply), schema),
      at(objectOf(answer), schema),
    );
  }
}

function compareParameters(
  comparison: Comparison,
  where: string,
  promised: JsonObject,
  found: JsonObject,
): void {
  const { differences } = comparison;
  const isSame = (one: JsonObject, other: JsonObject) =>
    one['in'] === other['in'] && one['name'] === other['name'];
  const wanted = listOf(promised['parameters']).map(objectOf);
  const there = listOf(found['parameters']).map(objectOf);
  for (const parameter of wanted) {
    const name = `${where} parameter ${textOf(parameter['name'])}`;
    const match = there.find((one) => isSame(one, parameter));
    if (match === undefined) {
      differences.push(`${name} is missing`);
      continue;
    }
    compareSchema(comparison, name, 'request', parameter['schema'], match['schema']);
  }
  for (const parameter of there.filter(isRequired)) {
    const match = wanted.find((one) => isSame(one, parameter));
    if (!isRequired(match)) differences.push(`${where}: asks for ${textOf(parameter['name'])}`);
  }
}

function compareSchema(
  comparison: Comparison,
  where: string,
  direction: Direction,
  promisedSchema: Json | undefined,
  foundSchema: Json | undefined,
): void {
  const { differences, contract, document } = comparison;
  if (promisedSchema === undefined) return;
  if (foundSchema === undefined) {
    differences.push(`${where} is missing`);
    return;
  }
  const promised = resolve(contract, promisedSchema);
  const found = resolve(document, foundSchema);
  for (const key of ['type', 'format']) {
    if (promised[key] !== undefined && promised[key] !== found[key]) {
      const values = [promised[key], found[key]].map(String);
      differences.push(`${where}: ${key} ${values[0] ?? ''} became ${values[1] ?? ''}`);
    }
  }
  const values = listOf(promised['enum']);
  const foundValues = listOf(found['enum']);
  // Callers can send what they could; they are not sent what they do not know.
  const [few, many] = direction === 'request' ? [values, foundValues] : [foundValues, values];
  if (values.length > 0 && (few.length === 0 || few.some((one) => !many.includes(one)))) {
    differences.push(`${where}: values`);
  }
  if (values.length === 0 && foundValues.length > 0 && direction === 'request') {
    differences.push(`${where}: only some values`);
  }
  compareFields(comparison, where, direction, promised, found);
  if (promised['items'] !== undefined) {
    compareSchema(comparison, `${where}[]`, direction, promised['items'], found['items']);
  }
}

function compareFields(
  comparison: Comparison,
  where: string,
  direction: Direction,
  promised: JsonObject,
  found: JsonObject,
): void {
  for (const [field, schema] of entriesOf(promised['properties'])) {
    const place = `${where}.${field}`;
    compareSchema(comparison, place, direction, schema, at(found, ['properties', field]));
  }
  const asked = listOf(promised['required']);
  const askedNow = listOf(found['required']);
  const [few, many] = direction === 'request' ? [askedNow, asked] : [asked, askedNow];
  for (const field of few) {
    if (many.includes(field)) continue;
    const problem = direction === 'request' ? 'is asked for' : 'may be left out';
    comparison.differences.push(`${where}.${textOf(field)} ${problem}`);
  }
}

function resolve(root: JsonObject, schema: Json): JsonObject {
  const reference = objectOf(schema)['$ref'];
  if (typeof reference !== 'string') return objectOf(schema);
  return objectOf(at(root, reference.replace('#/', '').split('/')));
}

function at(root: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => objectOf(value)[name], root);
}

function isRequired(value: Json | undefined): boolean {
  return objectOf(value)['required'] === true;
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return Object.entries(objectOf(value)).flatMap(([name, one]) =>
    one === undefined ? [] : [[name, one] as const],
  );
}
