import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';

import type { ProductUid } from '../../../shared/domain/ids';
import { productUid } from '../../../shared/domain/ids';
import type { Product } from '../../../shared/domain/product';
import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { showToast } from '../../ui/toasts';
import { ProductForm } from './product-form';
import { useProductActions } from './use-product-actions';

const FORM_ID = 'product-form';

/** Writes a new product. */
export function NewProductPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t('products.newTitle')}
        parent={{ label: t('nav.products'), to: '/products' }}
        primary={<SaveButton />}
      />
      <Body />
    </>
  );
}

/** A product, ready to be edited. */
export function EditProductPage() {
  const uid = productUid.safeParse(useParams()['uid']);
  return uid.success ? <EditProduct uid={uid.data} /> : <Navigate to="/products" replace />;
}

function EditProduct({ uid }: { readonly uid: ProductUid }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const actions = useProductActions();
  const { data: product, isError } = useApiQuery('products.get', { uid });
  if (isError) return <Navigate to="/products" replace />;
  if (!product) return null;
  return (
    <>
      <PageHeader
        title={product.name}
        parent={{ label: t('nav.products'), to: '/products' }}
        menu={actions.menu(
          { uid, name: product.name, isArchived: product.archivedAt !== null },
          () => void navigate('/products'),
        )}
        primary={<SaveButton />}
      />
      <Body key={uid} product={product} />
    </>
  );
}

function Body({ product }: { readonly product?: Product }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className={page['scroll']}>
      <ProductForm
        {...(product ? { product } : {})}
        formId={FORM_ID}
        onSaved={(saved) => {
          showToast(t('products.saved', { name: saved.name }));
          void navigate('/products');
        }}
      />
    </div>
  );
}

function SaveButton() {
  const { t } = useTranslation();
  return (
    <Button type="submit" form={FORM_ID} title={t('form.saveHint')}>
      {t('action.save')}
    </Button>
  );
}
