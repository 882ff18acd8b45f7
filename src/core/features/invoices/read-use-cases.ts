import { notFound, ok } from '../../../shared/domain/result';
import type { UseCases } from '../../context';
import { findOrder } from '../orders/order-repository';
import { countInvoices } from './invoice-count';
import { listInvoices } from './invoice-list';
import { findInvoice, findInvoicesOfOrder } from './invoice-repository';
import { relatedDocument, viewOf } from './invoice-view';

type ReadMethods = 'invoices.list' | 'invoices.count' | 'invoices.get' | 'invoices.ofOrder';

export const readUseCases: UseCases<ReadMethods> = {
  'invoices.list': (context, input) =>
    context.replica.read((scope) => listInvoices(scope, input, context.today())),

  'invoices.count': (context, input) =>
    context.replica.read((scope) => ok(countInvoices(scope, input, context.today()))),

  'invoices.get': (context, { uid }) =>
    context.replica.read((scope) => {
      const stored = findInvoice(scope, uid);
      return stored === null
        ? notFound('invoice', uid)
        : ok(viewOf(scope, stored, context.today()));
    }),

  'invoices.ofOrder': (context, { orderUid }) =>
    context.replica.read((scope) => {
      if (findOrder(scope, orderUid) === null) return notFound('order', orderUid);
      const documents = findInvoicesOfOrder(scope, orderUid);
      return ok(documents.map(({ invoice }) => relatedDocument(invoice)));
    }),
};
