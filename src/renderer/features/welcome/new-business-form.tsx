import { Button, Group, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { NewBusiness } from '../../../shared/domain/business';
import { currencyFor, formatsFor } from '../../../shared/domain/document-defaults';
import { useApiAction } from '../../app/api';
import { formErrors } from '../../app/describe-error';
import { ErrorSummary } from '../../ui/error-summary';
import { CountrySelect, CurrencySelect } from '../../ui/fields/choosers';
import { TermsField } from '../../ui/fields/terms-field';
import { FormatsProvider, makeFormats } from '../../ui/formats-context';
import { PercentInput } from '../../ui/scaled-input';
import { usualTax } from './business-defaults';

const FIELDS = ['name', 'country', 'currency', 'terms', 'tax.name', 'tax.rate'];

interface NewBusinessFormProps {
  readonly initial: NewBusiness;
  readonly submitLabel: string;
  readonly onCreated: (state: MethodOutput<'businesses.create'>) => void;
  /** The quiet button beside: "Skip", "Cancel". Gets what stands in the form. */
  readonly aside: { readonly label: string; readonly onClick: () => void };
}

/** The few questions about a new business; choosing a country suggests the rest. */
export function NewBusinessForm({ initial, submitLabel, onCreated, aside }: NewBusinessFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(initial);
  const [isTaxTouched, setTaxTouched] = useState(false);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const create = useApiAction('businesses.create');
  const locale = formatsFor(values.country);
  const errors = formErrors(t, refusal, makeFormats(locale, values.currency), {
    knows: (field) => FIELDS.includes(field),
  });
  const set = (patch: Partial<NewBusiness>): void => setValues({ ...values, ...patch });

  const chooseCountry = (country: string | null): void => {
    if (country === null) return;
    set({
      country,
      currency: currencyFor(country),
      tax: values.tax === null || isTaxTouched ? values.tax : usualTax(country),
    });
  };

  const submit = async (): Promise<void> => {
    const result = await create.run(values);
    if (result.ok) return onCreated(result.value);
    setRefusal(result.error);
  };

  return (
    <FormatsProvider locale={locale} homeCurrency={values.currency}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap={14}>
          <ErrorSummary messages={errors.rest} />
          <TextInput
            label={t('welcome.name')}
            autoFocus
            data-autofocus
            maxLength={120}
            value={values.name}
            error={errors.fields['name']}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <SimpleGrid cols={2} spacing={14}>
            <CountrySelect
              label={t('address.country')}
              value={values.country}
              error={errors.fields['country']}
              onChange={chooseCountry}
            />
            <CurrencySelect
              label={t('field.currency')}
              value={values.currency}
              error={errors.fields['currency']}
              onChange={(currency) => currency !== null && set({ currency })}
            />
          </SimpleGrid>
          <TermsField
            label={t('field.terms')}
            value={values.terms}
            error={errors.fields['terms']}
            onChange={(terms) => terms !== null && set({ terms })}
          />
          <div>
            <div className="doc-label" id="welcome-tax">
              {t('welcome.tax')}
            </div>
            <SegmentedControl
              fullWidth
              aria-labelledby="welcome-tax"
              value={values.tax === null ? 'none' : 'some'}
              data={[
                { value: 'none', label: t('welcome.noTax') },
                { value: 'some', label: t('welcome.chargesTax') },
              ]}
              onChange={(choice) =>
                set({
                  tax:
                    choice === 'none'
                      ? null
                      : (usualTax(values.country) ?? { name: t('welcome.taxName'), rate: 0 }),
                })
              }
            />
          </div>
          {values.tax !== null && (
            <Group gap={8} align="flex-start" wrap="nowrap">
              <TextInput
                style={{ flex: 1 }}
                label={t('tax.name')}
                maxLength={60}
                value={values.tax.name}
                error={errors.fields['tax.name']}
                onChange={(event) => {
                  setTaxTouched(true);
                  set({ tax: { rate: values.tax?.rate ?? 0, name: event.currentTarget.value } });
                }}
              />
              <PercentInput
                w={110}
                label={t('tax.rate')}
                value={values.tax.rate}
                error={errors.fields['tax.rate']}
                onChange={(rate) => {
                  setTaxTouched(true);
                  set({ tax: { name: values.tax?.name ?? '', rate: rate ?? 0 } });
                }}
              />
            </Group>
          )}
          <Group justify="space-between" mt={8}>
            <Button variant="subtle" color="gray" type="button" onClick={aside.onClick}>
              {aside.label}
            </Button>
            <Button type="submit" loading={create.isRunning}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormatsProvider>
  );
}
