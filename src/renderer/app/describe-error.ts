import type { TFunction } from 'i18next';

import type { ApiError } from '../../shared/contracts/core-protocol';
import { unreachable } from '../../shared/domain/result';
import type { Formats } from '../ui/formats-context';
import type { FieldErrors } from '../ui/issues';
import { describeIssue, fieldErrors, NO_ERRORS } from '../ui/issues';

/** Sentences for a failed call that stands beside no field: a toast, an alert. */
export function describeError(t: TFunction, error: ApiError, formats: Formats): readonly string[] {
  switch (error.kind) {
    case 'refused':
      return error.issues.map((issue) => describeIssue(t, issue, formats));
    case 'not_found':
      return [t('form.notFound')];
    case 'unavailable':
      return [t('form.unavailable')];
    case 'not_allowed':
      return [t('form.notAllowed')];
    case 'no_business':
    case 'unknown_method':
      return [t('form.notSaved')];
    case 'internal':
      return [t('form.internal', { reference: error.reference })];
    default:
      return unreachable(error);
  }
}

/**
 * The same for a form: refusals go to their fields, everything else on top. A form keeps the error
 * and asks each time that it is drawn: the language can change while the words stand there.
 */
export function formErrors(
  t: TFunction,
  error: ApiError | null,
  formats: Formats,
  form: { readonly prefix?: string; readonly knows: (field: string) => boolean },
): FieldErrors {
  if (error === null) return NO_ERRORS;
  return error.kind === 'refused'
    ? fieldErrors(t, error.issues, formats, form)
    : { fields: {}, rest: describeError(t, error, formats) };
}
