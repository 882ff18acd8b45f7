import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { Address } from '../../../shared/domain/party';
import page from '../page.module.css';
import { CountrySelect } from './choosers';

interface AddressFieldsProps {
  readonly value: Address;
  readonly onChange: (address: Address) => void;
  readonly error: (field: string) => string | undefined;
}

/** A postal address in its parts. */
export function AddressFields({ value, onChange, error }: AddressFieldsProps) {
  const { t } = useTranslation();
  const text = (field: Exclude<keyof Address, 'country'>, maxLength: number) => ({
    label: t(`address.${field}`),
    maxLength,
    value: value[field],
    error: error(`address.${field}`),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...value, [field]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput {...text('line1', 120)} autoComplete="off" />
      <TextInput {...text('line2', 120)} autoComplete="off" />
      <div className={page['postal']}>
        <TextInput {...text('postalCode', 20)} autoComplete="off" />
        <TextInput {...text('city', 120)} autoComplete="off" />
      </div>
      <div className={page['pair']}>
        <TextInput {...text('region', 120)} autoComplete="off" />
        <CountrySelect
          label={t('address.country')}
          value={value.country}
          error={error('address.country')}
          onChange={(country) => country !== null && onChange({ ...value, country })}
        />
      </div>
    </>
  );
}
