import { newUid } from '../../../shared/domain/ids';
import type { ProductUid } from '../../../shared/domain/ids';
import type { Product, ProductInput } from '../../../shared/domain/product';
import { productInput } from '../../../shared/domain/product';
import type { DomainError, Issue, Result } from '../../../shared/domain/result';
import { issue, notFound, ok, refused, refusedFor } from '../../../shared/domain/result';
import { diffFields } from '../../../shared/sync/diff-fields';
import { productRecordOf } from '../../../shared/sync/wire-records';
import type { UseCases } from '../../context';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { editOnBase } from '../../sync/edit-on-base';
import { nextUpdatedAt } from '../documents/updated-at';
import type { Shelf } from '../shelving';
import { shelve } from '../shelving';
import { findTaxCode } from '../settings/tax-code-repository';
import { countProducts, listProducts } from './product-list';
import type { StoredProduct } from './product-repository';
import { findProduct, findProductWithCode, insertProduct, saveProduct } from './product-repository';

type Methods =
  | 'products.list'
  | 'products.count'
  | 'products.get'
  | 'products.create'
  | 'products.update'
  | 'products.archive'
  | 'products.unarchive'
  | 'products.delete'
  | 'products.restore';

export const productUseCases: UseCases<Methods> = {
  'products.list': (context, input) => context.replica.read((scope) => listProducts(scope, input)),

  'products.count': (context, input) =>
    ok(context.replica.read((scope) => countProducts(scope, input))),

  'products.get': (context, { uid }) =>
    context.replica.read((scope) => {
      const stored = findProduct(scope, uid);
      return stored === null ? notFound('product', uid) : ok(stored.product);
    }),

  'products.create': (context, { product: input }) =>
    context.replica.write((scope) => {
      const issues = checkProduct(scope, input, null);
      if (issues.length > 0) return refusedFor(issues);
      const product: Product = {
        ...input,
        uid: newUid(),
        archivedAt: null,
        deletedAt: null,
        createdAt: scope.now,
        updatedAt: scope.now,
      };
      insertProduct(scope, product);
      scope.record({
        collection: 'products',
        uid: product.uid,
        action: 'created',
        mutation: { kind: 'create', record: productRecordOf(product) },
      });
      return ok(product);
    }),

  'products.update': (context, { uid, product, base }) =>
    context.replica.write((scope) => updateProduct(scope, uid, product, base)),

  'products.archive': (context, { uids }) =>
    context.replica.write((scope) => shelve(scope, shelf, uids, 'archived')),

  'products.unarchive': (context, { uids }) =>
    context.replica.write((scope) => shelve(scope, shelf, uids, 'unarchived')),

  'products.delete': (context, { uid }) =>
    context.replica.write((scope) => {
      const stored = findProduct(scope, uid);
      if (stored === null) return notFound('product', uid);
      if (stored.product.deletedAt !== null) return ok({});
      saveProduct(scope, stored, changed(scope, stored, { deletedAt: scope.now }));
      scope.record({
        collection: 'products',
        uid,
        action: 'deleted',
        mutation: { kind: 'delete', record: productRecordOf(stored.product) },
      });
      return ok({});
    }),

  'products.restore': (context, { uid }) =>
    context.replica.write((scope) => {
      const stored = findProduct(scope, uid);
      if (stored === null) return notFound('product', uid);
      if (stored.product.deletedAt === null) return ok(stored.product);
      const taken = codeTaken(scope, stored.product, uid, 'uid');
      if (taken !== null) return refusedFor([taken]);
      const restored = saveProduct(scope, stored, changed(scope, stored, { deletedAt: null }));
      scope.record({
        collection: 'products',
        uid,
        action: 'restored',
        mutation: { kind: 'restore' },
      });
      return ok(restored.product);
    }),
};

function updateProduct(
  scope: WriteScope,
  uid: ProductUid,
  typed: ProductInput,
  base: ProductInput | undefined,
): Result<Product, DomainError> {
  const stored = findProduct(scope, uid);
  if (stored === null) return notFound('product', uid);
  if (stored.product.deletedAt !== null) return refused('uid', 'deleted');
  const edit = { base, typed, stored: productInput.parse(stored.product) };
  const input = editOnBase(scope, 'products', uid, productInput, edit);
  const issues = checkProduct(scope, input, stored.product);
  if (issues.length > 0) return refusedFor(issues);
  const fields = diffFields(stored.product, input);
  if (Object.keys(fields).length === 0) return ok(stored.product);
  const { product } = saveProduct(scope, stored, changed(scope, stored, input));
  scope.record({
    collection: 'products',
    uid,
    action: 'edited',
    mutation: { kind: 'patch', fields, before: stored.product },
  });
  return ok(product);
}

function changed(scope: WriteScope, { product }: StoredProduct, change: Partial<Product>): Product {
  return { ...product, ...change, updatedAt: nextUpdatedAt(product.updatedAt, scope.now) };
}

function checkProduct(
  scope: ReadScope,
  input: ProductInput,
  before: Product | null,
): readonly Issue[] {
  const { taxCodeUid } = input;
  // A tax code that the product names already may not have come to this machine yet.
  const isUnknownTaxCode =
    taxCodeUid !== null &&
    taxCodeUid !== before?.taxCodeUid &&
    findTaxCode(scope, taxCodeUid) === null;
  const taken = codeTaken(scope, input, before?.uid, 'product.code');
  return [
    ...(taken === null ? [] : [taken]),
    ...(isUnknownTaxCode ? [issue('product.taxCodeUid', 'tax_code_unknown')] : []),
  ];
}

function codeTaken(
  scope: ReadScope,
  { code }: ProductInput,
  uid: ProductUid | undefined,
  field: string,
): Issue | null {
  const other = findProductWithCode(scope, code, uid);
  return other === null
    ? null
    : issue(field, 'product_code_taken', { code, name: other.product.name });
}

const shelf: Shelf<ProductUid> = {
  collection: 'products',
  entity: 'product',
  find: (scope, uid) => {
    const stored = findProduct(scope, uid);
    if (stored === null) return null;
    const { archivedAt, deletedAt } = stored.product;
    return {
      archivedAt,
      deletedAt,
      save: (to) => void saveProduct(scope, stored, changed(scope, stored, { archivedAt: to })),
    };
  },
};
