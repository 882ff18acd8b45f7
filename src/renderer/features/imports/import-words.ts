import type { TFunction } from 'i18next';

import type { Issue } from '../../../shared/domain/result';
import type { Formats } from '../../ui/formats-context';
import { describeIssue } from '../../ui/issues';

/** A field of an import in words. */
export function fieldWord(t: TFunction, name: string): string {
  const word = t(`importField.${name}` as 'importField.name', { defaultValue: '' });
  return word === '' ? name : word;
}

/** A value of a row; one that is a code of ours says the word for it. */
export function valueText(t: TFunction, field: string, value: string): string {
  if (value === '') return '';
  switch (field) {
    case 'status':
      return t(`status.invoice.${value}` as 'status.invoice.sent', { defaultValue: value });
    case 'type':
      return t(`document.kind.${value}` as 'document.kind.invoice', { defaultValue: value });
    default:
      return value;
  }
}

/** Why a row is refused: each reason with the field it is about. */
export function reasonsOf(t: TFunction, issues: readonly Issue[], formats: Formats): string {
  return issues
    .map((issue) => {
      const sentence = describeIssue(t, issue, formats);
      return issue.field === '' ? sentence : `${fieldWord(t, issue.field)}: ${sentence}`;
    })
    .join(' ');
}
