import { useCallback } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { ProductUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { Product } from '../../../shared/domain/product';
import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import { callOrThrow, queryKey } from '../../app/api';
import { bridge } from '../../app/bridge';
import { queryClient } from '../../app/query-client';
import { showToast } from '../../ui/toasts';
import type { LinePatch } from './line-edits';
import { patchLineSince } from './line-edits';

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

/** Of a line, as it looked when the product was chosen. */
type PickProduct = (asked: LineItem, productUid: ProductUid) => Promise<void>;

/** How many products are looked at to find one by its whole name. */
const SEARCHED = 8;

/** Whether a text is the whole name or code of a product. */
export function isNamed(product: Pick<Product, 'name' | 'code'>, text: string): boolean {
  const typed = text.toLowerCase();
  return product.name.toLowerCase() === typed || product.code.toLowerCase() === typed;
}

/** The product that a text names; with `orFirst`, else the first that it finds. */
export async function findNamedProduct(text: string, orFirst: boolean): Promise<ProductUid | null> {
  const result = await bridge.call('products.list', { search: text, limit: SEARCHED });
  const rows = result.ok ? result.value.rows : [];
  const named = rows.find((product) => isNamed(product, text)) ?? (orFirst ? rows[0] : undefined);
  return named?.uid ?? null;
}

/**
 * Copies a product onto a line; says so when its price could not come along. What is typed into the
 * line until the product is read stays.
 */
export function useProductPick(
  currency: CurrencyCode,
  taxCodes: readonly TaxCode[],
  clientTax: TaxSnapshot | null,
  onChange: ChangeLines,
): PickProduct {
  const { t } = useTranslation();
  return useCallback(
    async (asked, productUid) => {
      const product = await queryClient.query({
        queryKey: queryKey('products.get', { uid: productUid }),
        queryFn: () => callOrThrow('products.get', { uid: productUid }),
      });
      const patch = patchFromProduct(product, currency, taxCodes, clientTax);
      // At once: who waited for the choice goes on with what it made.
      flushSync(() => onChange((lines) => patchLineSince(lines, asked, patch), null));
      if (product.currency !== currency) {
        showToast(
          t('document.productCurrency', { name: product.name, currency: product.currency }),
        );
      }
    },
    [currency, taxCodes, clientTax, onChange, t],
  );
}
