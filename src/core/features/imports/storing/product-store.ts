import { isNull } from 'drizzle-orm';

import type { ProductUid } from '../../../../shared/domain/ids';
import { newUid } from '../../../../shared/domain/ids';
import type { Product } from '../../../../shared/domain/product';
import { product as productSchema } from '../../../../shared/domain/product';
import { issue } from '../../../../shared/domain/result';
import { productRecordOf } from '../../../../shared/sync/wire-records';
import type { WriteScope } from '../../../replica/replica';
import { products } from '../../../replica/schema';
import { insertProduct } from '../../products/product-repository';
import type { PlannedLine } from '../planning/invoice-lines';
import type { ProductPlan } from '../planning/product-plan';
import { productKey } from '../planning/product-plan';
import type { Outcome } from './imported-records';
import { compareWithImported, contentHash, rememberImported } from './imported-records';
import type { TaxStore } from './tax-store';

/** The products of the business by code and by name, for one transaction. */
export class ProductStore {
  readonly #byKey = new Map<string, Product>();

  constructor(
    readonly scope: WriteScope,
    readonly taxes: TaxStore,
  ) {
    const rows = scope.db
      .select()
      .from(products)
      .where(isNull(products.deletedAt))
      .orderBy(products.id)
      .all();
    for (const row of rows) this.#know(productSchema.parse(row));
  }

  store(plan: ProductPlan): Outcome {
    const { scope } = this;
    const content = contentHash(plan.input, plan.tax);
    const imported = compareWithImported(scope, 'products', plan.key, content);
    if (imported !== null) return imported;
    const known = this.#byKey.get(plan.key);
    if (known) {
      const isSame =
        known.name === plan.input.name &&
        known.unitPrice === plan.input.unitPrice &&
        known.currency === plan.input.currency;
      return isSame ? 'unchanged' : issue('', 'already_there_different');
    }
    const product = this.#create(plan);
    rememberImported(scope, 'products', { key: plan.key, content, recordUid: product.uid });
    return 'created';
  }

  /** The product that a line of an invoice names by its code, else by its name. */
  find(line: PlannedLine, currency: Product['currency']): ProductUid | null {
    if (line.productCode === '' && line.productName === '') return null;
    const { productCode: code, productName: name } = line;
    const byCode = code === '' ? undefined : this.#byKey.get(productKey({ code, name, currency }));
    const byName =
      name === '' ? undefined : this.#byKey.get(productKey({ code: '', name, currency }));
    return (byCode ?? byName)?.uid ?? null;
  }

  #create(plan: ProductPlan): Product {
    const { now } = this.scope;
    const product: Product = {
      ...plan.input,
      taxCodeUid: plan.tax === null ? null : this.taxes.resolve(plan.tax).uid,
      uid: newUid<ProductUid>(),
      archivedAt: null,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    insertProduct(this.scope, product);
    this.scope.record({
      collection: 'products',
      uid: product.uid,
      action: 'imported',
      mutation: { kind: 'create', record: productRecordOf(product) },
    });
    this.#know(product);
    return product;
  }

  #know(product: Product): void {
    const keys = [productKey(product), productKey({ ...product, code: '' })];
    for (const key of keys) if (!this.#byKey.has(key)) this.#byKey.set(key, product);
  }
}
