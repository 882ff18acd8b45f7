import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { AddressFields } from '../../ui/fields/address-fields';
import { Choice, CurrencySelect } from '../../ui/fields/choosers';
import { FormSection } from '../../ui/form-section';
import page from '../../ui/page.module.css';
import { LogoField } from './logo-field';
import { SettingsForm } from './settings-form';

const KEYS = [
  'name',
  'legalName',
  'address',
  'vatNumber',
  'companyNumber',
  'email',
  'phone',
  'website',
  'logo',
  'currency',
  'timeZone',
] as const;

/** Who issues the invoices. */
export function BusinessSettings() {
  const { t } = useTranslation();
  return (
    <SettingsForm title={t('settings.business')} id="business" keys={KEYS}>
      {(form) => {
        const text = (
          field:
            'name' | 'legalName' | 'vatNumber' | 'companyNumber' | 'email' | 'phone' | 'website',
          label: string,
          maxLength: number,
        ) => (
          <TextInput
            label={label}
            autoComplete="off"
            maxLength={maxLength}
            value={form.values[field]}
            error={form.error(field)}
            onChange={(event) => form.set({ [field]: event.currentTarget.value })}
          />
        );
        return (
          <div className={page['columns']}>
            <div className={page['column']}>
              <FormSection title={t('settings.names')}>
                {text('name', t('field.name'), 120)}
                {text('legalName', t('settings.legalName'), 120)}
                <div className={page['pair']}>
                  {text('vatNumber', t('field.vatNumber'), 40)}
                  {text('companyNumber', t('field.companyNumber'), 40)}
                </div>
              </FormSection>
              <FormSection title={t('address.title')}>
                <AddressFields
                  value={form.values.address}
                  onChange={(address) => form.set({ address })}
                  error={form.error}
                />
              </FormSection>
            </div>
            <div className={page['column']}>
              <FormSection title={t('settings.contact')}>
                {text('email', t('field.email'), 254)}
                <div className={page['pair']}>
                  {text('phone', t('field.phone'), 40)}
                  {text('website', t('field.website'), 120)}
                </div>
              </FormSection>
              <FormSection title={t('settings.logo')}>
                <LogoField
                  value={form.values.logo}
                  error={form.error('logo')}
                  onChange={(logo) => form.set({ logo })}
                />
              </FormSection>
              <FormSection title={t('settings.books')}>
                <div className={page['pair']}>
                  <CurrencySelect
                    label={t('settings.homeCurrency')}
                    value={form.values.currency}
                    error={form.error('currency')}
                    onChange={(currency) => currency !== null && form.set({ currency })}
                  />
                  <Choice
                    searchable
                    label={t('settings.timeZone')}
                    value={form.values.timeZone}
                    options={timeZones(form.values.timeZone)}
                    error={form.error('timeZone')}
                    onChange={(timeZone) => timeZone !== null && form.set({ timeZone })}
                  />
                </div>
              </FormSection>
            </div>
          </div>
        );
      }}
    </SettingsForm>
  );
}

/** Every zone the runtime knows, and the one in use even if it has another name for it. */
function timeZones(current: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf('timeZone');
  const all = known.includes(current) ? known : [current, ...known];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}
