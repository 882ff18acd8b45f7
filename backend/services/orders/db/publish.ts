import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { publishRecords } from '../../../kit/sync/publish-records';
import { lockRecords } from '../../../kit/sync/sync-records';
import { stateOf } from '../api/order-view';
import { wireOrderOf } from '../domain/wire-order';
import { wireProductOf } from '../domain/wire-product';
import type { StoredOrder } from './order-repository';
import type { StoredProduct } from './product-repository';
import { productUidsOf } from './product-repository';
import { clientUidOf } from './projections';

/** Tells devices and other services what an order is now: the last thing in a transaction. */
export async function publishOrder(
  transaction: Transaction,
  tenant: BusinessUid,
  order: StoredOrder,
  name: 'OrderCreated' | 'OrderUpdated',
): Promise<void> {
  const { uid } = order;
  const kept = (await lockRecords(transaction, tenant, 'orders', [uid])).get(uid);
  const productIds = order.lines.flatMap(({ productId }) => productId ?? []);
  const names = {
    clientUid: await clientUidOf(transaction, tenant, order.clientId),
    productUids: await productUidsOf(transaction, tenant, productIds),
  };
  const record = wireOrderOf(order, names, kept?.record ?? null);
  await publishRecords(
    transaction,
    tenant,
    'orders',
    [{ uid, record, deleted: order.deletedAt !== null }],
    [{ name, data: stateOf(order) }],
  );
}

/**
 * The same where documents of an order moved its status: nothing else of it is told to devices,
 * since REST may know less of the order than they do, or have it hidden.
 */
export async function publishProgress(
  transaction: Transaction,
  tenant: BusinessUid,
  order: StoredOrder,
): Promise<void> {
  const { uid, status } = order;
  const kept = (await lockRecords(transaction, tenant, 'orders', [uid])).get(uid);
  const isNews = kept !== undefined && kept.record.status !== status;
  const changes = isNews
    ? [{ uid, record: { ...kept.record, status }, deleted: kept.deleted }]
    : [];
  await publishRecords(transaction, tenant, 'orders', changes, [
    { name: 'OrderUpdated', data: stateOf(order) },
  ]);
}

/** Tells devices what a product is now: the last thing in a transaction. */
export async function publishProduct(
  transaction: Transaction,
  tenant: BusinessUid,
  product: StoredProduct,
): Promise<void> {
  const { uid } = product;
  const kept = (await lockRecords(transaction, tenant, 'products', [uid])).get(uid);
  const record = wireProductOf(product, kept?.record ?? null);
  await publishRecords(transaction, tenant, 'products', [
    { uid, record, deleted: product.deletedAt !== null },
  ]);
}
