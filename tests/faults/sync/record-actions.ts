import { businessUseCases } from '../../../src/core/businesses/business-use-cases';
import { clientUseCases } from '../../../src/core/features/clients/client-use-cases';
import { aClient } from '../../../src/core/features/clients/testing/client-input';
import { aLine } from '../../../src/core/features/documents/testing/builders';
import { orderUseCases } from '../../../src/core/features/orders/order-use-cases';
import { productUseCases } from '../../../src/core/features/products/product-use-cases';
import { businessInput } from '../../../src/shared/domain/business';
import type { OrderUid, ProductUid } from '../../../src/shared/domain/ids';
import { orderContent } from '../../../src/shared/domain/order';
import { productInput } from '../../../src/shared/domain/product';
import { type Acting, type Actors, pickFrom, someClient, uidsOf, value } from './acting';

/** What is done to records that are no documents. */
export const RECORD_ACTORS = {
  async create_client({ context, edits, did, device }) {
    const word = edits.newWord();
    const made = await value(
      clientUseCases['clients.create'](context, {
        client: aClient({ name: `Client ${word}`, email: `${word}@example.com`, notes: word }),
      }),
    );
    if (made === null) return;
    did({ collection: 'clients', uid: made.client.uid, device });
    edits.wrote(made.client.uid, 'notes', '', word);
  },

  async edit_client_name(acting) {
    await editClient(acting, 'name');
  },

  async edit_client_notes(acting) {
    await editClient(acting, 'notes');
  },

  async delete_client(acting) {
    const client = await someClient(acting);
    if (client === null) return;
    const done = await value(clientUseCases['clients.delete'](acting.context, { uid: client.uid }));
    if (done !== null) acting.deleted(client);
  },

  async create_product({ context, did, device, edits }) {
    const made = await value(
      productUseCases['products.create'](context, {
        product: productInput.parse({
          code: '',
          name: edits.newWord(),
          unit: 'h',
          unitPrice: 100_0000,
          currency: 'EUR',
          taxCodeUid: null,
        }),
      }),
    );
    if (made !== null) did({ collection: 'products', uid: made.uid, device });
  },

  async edit_product({ context, pick, edits }) {
    const uid = pickFrom(uidsOf(context, 'products'), pick) as ProductUid | null;
    if (uid === null) return;
    const before = await value(productUseCases['products.get'](context, { uid }));
    if (before === null) return;
    const word = edits.newWord();
    const done = await value(
      productUseCases['products.update'](context, {
        uid,
        product: productInput.parse({ ...before, name: word }),
      }),
    );
    if (done !== null) edits.wrote(uid, 'name', before.name, word);
  },

  async create_order(acting) {
    const { context, did, device, edits } = acting;
    const client = await someClient(acting);
    const word = edits.newWord();
    const made = await value(
      orderUseCases['orders.create'](context, {
        content: orderContent.parse({
          clientUid: client?.uid ?? null,
          currency: 'EUR',
          orderDate: '2026-03-10',
          buyerReference: '',
          notes: word,
          pricesIncludeTax: false,
          discount: null,
          lines: [aLine()],
        }),
      }),
    );
    if (made === null) return;
    did({ collection: 'orders', uid: made.uid, device });
    edits.wrote(made.uid, 'notes', '', word);
  },

  async edit_order({ context, pick, edits }) {
    const uid = pickFrom(uidsOf(context, 'orders'), pick) as OrderUid | null;
    if (uid === null) return;
    const view = await value(orderUseCases['orders.get'](context, { uid }));
    if (view === null) return;
    const { content: before } = view.order;
    const word = edits.newWord();
    const content = orderContent.parse({ ...before, notes: word });
    const done = await value(orderUseCases['orders.update'](context, { uid, content }));
    if (done !== null) edits.wrote(uid, 'notes', before.notes, word);
  },

  async edit_business({ context, edits }) {
    const before = await value(businessUseCases['businesses.get'](context, {}));
    if (before === null) return;
    const word = edits.newWord();
    const done = await value(
      businessUseCases['businesses.update'](context, {
        business: businessInput.parse({ ...before, notes: word }),
      }),
    );
    if (done !== null) edits.wrote(before.uid, 'notes', before.notes, word);
  },

  /** What the cloud cannot store: it refuses it for good (R17). */
  async edit_unprintably(acting) {
    await editClient(acting, 'notes', '\u0000');
  },
} satisfies Actors;

async function editClient(acting: Acting, field: 'name' | 'notes', ending = ''): Promise<void> {
  const { context, edits } = acting;
  const client = await someClient(acting);
  if (client === null) return;
  const word = `${edits.newWord()}${ending}`;
  const done = await value(
    clientUseCases['clients.update'](context, {
      uid: client.uid,
      // As an older app, which does not clean what is typed.
      client: { ...aClient(client), name: client.name, notes: client.notes, [field]: word },
    }),
  );
  if (done !== null) edits.wrote(client.uid, field, client[field], word);
}
