import type { TFunction } from 'i18next';

import type { ApiError } from '../../shared/contracts/core-protocol';
import { unreachable } from '../../shared/domain/result';
import type { Formats } from '../ui/formats-context';
import type { FieldErrors } from '../ui/issues';
import { describeIssue, fieldErrors } from '../ui/issues';

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

/** The same for a form: refusals go to their fields, everything else on top. */
export function formErrors(
  t: TFunction,
  error: ApiError,
  formats: Formats,
  form: { readonly prefix?: string; readonly knows: (field: string) => boolean },
): FieldErrors {
  return error.kind === 'refused'
    ? fieldErrors(t, error.issues, formats, form)
    : { fields: {}, rest: describeError(t, error, formats) };
}
