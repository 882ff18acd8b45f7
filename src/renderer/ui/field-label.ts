import type { TFunction } from 'i18next';

/** The word for a field of a record: `lines.<uid>` is a line. */
export function fieldLabel(t: TFunction, path: string): string {
  const [field = '', key] = path.split('.');
  if (field === 'lines' && key !== undefined)
    return t(key === 'order' ? 'cloud.field.lineOrder' : 'cloud.field.line');
  const word = t(`activityField.${field}` as 'activityField.name', { defaultValue: '' });
  return word === '' ? t('activityField.other') : word;
}
