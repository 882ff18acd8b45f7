import { Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { Product } from '../../../shared/domain/product';
import { err } from '../../../shared/domain/result';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { useRecordForm } from '../../app/use-record-form';
import { ErrorSummary } from '../../ui/error-summary';
import { CurrencySelect, TaxSelect } from '../../ui/fields/choosers';
import page from '../../ui/page.module.css';
import { FormNotes } from '../../ui/form-notes';
import { PriceInput } from '../../ui/scaled-input';
import { RecordNotes } from '../cloud/record-notes';
import { emptyProduct, valuesOf } from './product-values';

interface ProductFormProps {
  /** The product to edit; left out, a new one is created. */
  readonly product?: Product;
  readonly formId: string;
  readonly onSaved: (product: Product) => void;
}

/** Creates or edits a product. */
export function ProductForm({ product, formId, onSaved }: ProductFormProps) {
  const { t } = useTranslation();
  const business = useBusiness();
  const { data: taxCodes = [] } = useApiQuery('taxCodes.list', { includeArchived: true });
  const form = useRecordForm({
    key: `product ${business.uid} ${product?.uid ?? 'new'}`,
    uid: product?.uid,
    initial: product ? valuesOf(product) : emptyProduct(business),
    prefix: 'product.',
    save: ({ unitPrice, ...values }, base) => {
      if (unitPrice === null) {
        const missing = [{ field: 'product.unitPrice', code: 'required' }];
        const unnamed =
          values.name.trim() === '' ? [{ field: 'product.name', code: 'required' }] : [];
        return Promise.resolve(err({ kind: 'refused' as const, issues: [...unnamed, ...missing] }));
      }
      return product
        ? bridge.call('products.update', {
            uid: product.uid,
            product: { ...values, unitPrice },
            base: { ...base, unitPrice: base.unitPrice ?? unitPrice },
          })
        : bridge.call('products.create', { product: { ...values, unitPrice } });
    },
    onSaved,
  });
  const { values } = form;
  if (!form.isReady) return null;
  return (
    <form id={formId} {...form.formProps}>
      <Stack gap={12} maw={460}>
        <RecordNotes uid={product?.uid} />
        <FormNotes form={form} />
        <ErrorSummary messages={form.rest} />
        <TextInput
          label={t('field.name')}
          autoComplete="off"
          autoFocus={values.name === ''}
          maxLength={255}
          value={values.name}
          error={form.error('name')}
          onChange={(event) => form.set({ name: event.currentTarget.value })}
        />
        <div className={page['pair']}>
          <TextInput
            label={t('field.code')}
            description={t('products.codeHint')}
            autoComplete="off"
            maxLength={40}
            value={values.code}
            error={form.error('code')}
            onChange={(event) => form.set({ code: event.currentTarget.value })}
          />
          <TextInput
            label={t('field.unit')}
            description={t('products.unitHint')}
            autoComplete="off"
            maxLength={20}
            value={values.unit}
            error={form.error('unit')}
            onChange={(event) => form.set({ unit: event.currentTarget.value })}
          />
          <PriceInput
            label={t('field.unitPrice')}
            currency={values.currency}
            value={values.unitPrice}
            error={form.error('unitPrice')}
            onChange={(unitPrice) => form.set({ unitPrice })}
          />
          <CurrencySelect
            label={t('field.currency')}
            value={values.currency}
            error={form.error('currency')}
            onChange={(currency) => currency !== null && form.set({ currency })}
          />
        </div>
        <TaxSelect
          label={t('field.tax')}
          emptyLabel={t('products.taxOfClient')}
          taxCodes={taxCodes}
          value={values.taxCodeUid}
          error={form.error('taxCodeUid')}
          onChange={(taxCodeUid) => form.set({ taxCodeUid })}
        />
      </Stack>
    </form>
  );
}
