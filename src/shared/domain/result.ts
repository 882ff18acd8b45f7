/** The outcome of something that may be refused: expected failures are values, bugs throw. */
export type Result<T, E = DomainError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/**
 * One reason for a refusal or a warning. `field` is a path in the input (`lines.0.quantity`),
 * empty when the whole is meant; `code` is stable and chosen by the renderer's translations;
 * `params` are the values a sentence about it needs (amounts in minor units, dates as ISO).
 */
export interface Issue {
  readonly field: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Every expected failure of a rule or a use case. */
export type DomainError =
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
  | { readonly kind: 'not_found'; readonly entity: string; readonly uid: string };

/** A refusal for one reason. */
export function refused(
  field: string,
  code: string,
  params?: Issue['params'],
): { readonly ok: false; readonly error: DomainError } {
  return err({ kind: 'refused', issues: [issue(field, code, params)] });
}

/** A refusal for several reasons, all of them shown at once. */
export function refusedFor(issues: readonly Issue[]): {
  readonly ok: false;
  readonly error: DomainError;
} {
  return err({ kind: 'refused', issues });
}

export function notFound(
  entity: string,
  uid: string,
): { readonly ok: false; readonly error: DomainError } {
  return err({ kind: 'not_found', entity, uid });
}

export function issue(field: string, code: string, params?: Issue['params']): Issue {
  return params === undefined ? { field, code } : { field, code, params };
}

/** Closes a switch: the compiler refuses it when a case was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
