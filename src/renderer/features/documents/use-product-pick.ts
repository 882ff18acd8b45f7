import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { LineUid, ProductUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { Product } from '../../../shared/domain/product';
import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import { callOrThrow, queryKey } from '../../app/api';
import { queryClient } from '../../app/query-client';
import { showToast } from '../../ui/toasts';
import type { LinePatch } from './line-edits';
import { patchLine } from './line-edits';

type ChangeLines = (
  make: (lines: readonly LineItem[]) => readonly LineItem[],
  topic: string | null,
) => void;

/**
 * What choosing a product writes on a line: name, unit, price and tax. A price in another currency
 * is left for the person to give. A tax that the client has of its own stands above the product's.
 */
export function patchFromProduct(
  product: Product,
  currency: CurrencyCode,
  taxCodes: readonly TaxCode[],
  clientTax: TaxSnapshot | null,
): LinePatch {
  const code = taxCodes.find((candidate) => candidate.uid === product.taxCodeUid);
  const tax = clientTax ?? (code ? snapshotOf(code) : null);
  return {
    productUid: product.uid,
    description: product.name,
    unit: product.unit,
    ...(product.currency === currency ? { unitPrice: product.unitPrice } : {}),
    ...(tax ? { tax } : {}),
  };
}

/** Copies a product onto a line; says so when its price could not come along. */
export function useProductPick(
  currency: CurrencyCode,
  taxCodes: readonly TaxCode[],
  clientTax: TaxSnapshot | null,
  onChange: ChangeLines,
): (uid: LineUid, productUid: ProductUid) => Promise<void> {
  const { t } = useTranslation();
  return useCallback(
    async (uid, productUid) => {
      const product = await queryClient.query({
        queryKey: queryKey('products.get', { uid: productUid }),
        queryFn: () => callOrThrow('products.get', { uid: productUid }),
      });
      const patch = patchFromProduct(product, currency, taxCodes, clientTax);
      onChange((lines) => patchLine(lines, uid, patch), null);
      if (product.currency !== currency) {
        showToast(
          t('document.productCurrency', { name: product.name, currency: product.currency }),
        );
      }
    },
    [currency, taxCodes, clientTax, onChange, t],
  );
}
