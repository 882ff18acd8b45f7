import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Business, BusinessInput } from '../../../shared/domain/business';
import { businessInput } from '../../../shared/domain/business';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import type { RecordForm } from '../../app/use-record-form';
import { useRecordForm } from '../../app/use-record-form';
import { ErrorSummary } from '../../ui/error-summary';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { FormNotes } from '../../ui/form-notes';
import { showToast } from '../../ui/toasts';
import { RecordNotes } from '../cloud/record-notes';

interface SettingsFormProps<Key extends keyof BusinessInput> {
  readonly title: string;
  /** Names this part of the business for what is kept unsaved. */
  readonly id: string;
  /** The fields that this part shows and saves; the others stay as they are. */
  readonly keys: readonly Key[];
  readonly children: (form: RecordForm<Pick<BusinessInput, Key>>) => ReactNode;
}

/** One part of the business's settings, saved by itself. */
export function SettingsForm<Key extends keyof BusinessInput>({
  title,
  id,
  keys,
  children,
}: SettingsFormProps<Key>) {
  const { t } = useTranslation();
  const business = useBusiness();
  const formId = useId();
  const valuesOf = (saved: Business): Pick<BusinessInput, Key> => pick(saved, keys);
  const form = useRecordForm<Pick<BusinessInput, Key>, Business>({
    key: `settings ${id} ${business.uid}`,
    uid: business.uid,
    initial: valuesOf(business),
    prefix: 'business.',
    save: (values, base) =>
      bridge.call('businesses.update', {
        business: { ...businessInput.parse(business), ...values },
        base: { ...businessInput.parse(business), ...base },
      }),
    valuesOf,
    onSaved: () => showToast(t('settings.saved')),
  });
  return (
    <>
      <PageHeader
        title={title}
        secondary={
          form.isDirty && (
            <Button variant="default" onClick={form.discard}>
              {t('action.discard')}
            </Button>
          )
        }
        primary={
          <Button type="submit" form={formId} loading={form.isSaving} title={t('form.saveHint')}>
            {t('action.save')}
          </Button>
        }
      />
      <div className={page['scroll']}>
        {form.isReady && (
          <form id={formId} {...form.formProps}>
            <Stack gap={20}>
              <RecordNotes uid={business.uid} fields={keys} />
              <FormNotes form={form} />
              <ErrorSummary messages={form.rest} />
              {children(form)}
            </Stack>
          </form>
        )}
      </div>
    </>
  );
}

function pick<Value extends object, Key extends keyof Value>(
  value: Value,
  keys: readonly Key[],
): Pick<Value, Key> {
  const picked: Partial<Pick<Value, Key>> = {};
  for (const key of keys) picked[key] = value[key];
  return picked as Pick<Value, Key>;
}
