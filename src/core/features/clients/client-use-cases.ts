import type { Client, ClientInput } from '../../../shared/domain/client';
import { clientInput } from '../../../shared/domain/client';
import { newUid } from '../../../shared/domain/ids';
import type { ClientUid } from '../../../shared/domain/ids';
import type { DomainError, Issue, Result } from '../../../shared/domain/result';
import { issue, notFound, ok, refused } from '../../../shared/domain/result';
import { diffFields } from '../../../shared/sync/diff-fields';
import { clientRecordOf } from '../../../shared/sync/wire-records';
import type { UseCases } from '../../context';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { editOnBase } from '../../sync/edit-on-base';
import { nextUpdatedAt } from '../documents/updated-at';
import { renameClientOfDrafts } from '../invoices/rename-client';
import type { Shelf } from '../shelving';
import { shelve } from '../shelving';
import { findTaxCode } from '../settings/tax-code-repository';
import { countClients, listClients } from './client-list';
import type { StoredClient } from './client-repository';
import {
  findClient,
  insertClient,
  nameOfClientWithEmail,
  nameOfClientWithVatNumber,
  saveClient,
} from './client-repository';
import { hasDocuments, summariseClient } from './client-summary';

type Methods =
  | 'clients.list'
  | 'clients.count'
  | 'clients.get'
  | 'clients.create'
  | 'clients.update'
  | 'clients.archive'
  | 'clients.unarchive'
  | 'clients.delete'
  | 'clients.restore'
  | 'clients.summary';

interface SavedClient {
  readonly client: Client;
  readonly warnings: Issue[];
}

export const clientUseCases: UseCases<Methods> = {
  'clients.list': (context, input) => context.replica.read((scope) => listClients(scope, input)),

  'clients.count': (context, input) =>
    ok(context.replica.read((scope) => countClients(scope, input))),

  'clients.get': (context, { uid }) =>
    context.replica.read((scope) => {
      const stored = findClient(scope, uid);
      return stored === null ? notFound('client', uid) : ok(stored.client);
    }),

  'clients.create': (context, { client }) =>
    context.replica.write((scope) => createClient(scope, client)),

  'clients.update': (context, { uid, client, base }) =>
    context.replica.write((scope) => updateClient(scope, uid, client, base)),

  'clients.archive': (context, { uids }) =>
    context.replica.write((scope) => shelve(scope, shelf, uids, 'archived')),

  'clients.unarchive': (context, { uids }) =>
    context.replica.write((scope) => shelve(scope, shelf, uids, 'unarchived')),

  'clients.delete': (context, { uid }) =>
    context.replica.write((scope) => {
      const stored = findClient(scope, uid);
      if (stored === null) return notFound('client', uid);
      if (stored.client.deletedAt !== null) return ok({});
      if (hasDocuments(scope, uid)) return refused('uid', 'client_has_documents');
      saveClient(scope, stored, changed(scope, stored, { deletedAt: scope.now }));
      scope.record({
        collection: 'clients',
        uid,
        action: 'deleted',
        mutation: { kind: 'delete', record: clientRecordOf(stored.client) },
      });
      return ok({});
    }),

  'clients.restore': (context, { uid }) =>
    context.replica.write((scope) => {
      const stored = findClient(scope, uid);
      if (stored === null) return notFound('client', uid);
      if (stored.client.deletedAt === null) return ok(stored.client);
      const restored = saveClient(scope, stored, changed(scope, stored, { deletedAt: null }));
      scope.record({
        collection: 'clients',
        uid,
        action: 'restored',
        mutation: { kind: 'restore' },
      });
      return ok(restored.client);
    }),

  'clients.summary': (context, { uid }) =>
    context.replica.read((scope) =>
      findClient(scope, uid) === null
        ? notFound('client', uid)
        : ok(summariseClient(scope, uid, context.today())),
    ),
};

/** Keeps a new client and tells outbox and activity. A duplicate is a warning, not a refusal. */
function createClient(scope: WriteScope, input: ClientInput): Result<SavedClient, DomainError> {
  if (isUnknownTaxCode(scope, input, null)) return refused('client.taxCodeUid', 'tax_code_unknown');
  const client: Client = {
    ...input,
    uid: newUid(),
    archivedAt: null,
    deletedAt: null,
    createdAt: scope.now,
    updatedAt: scope.now,
  };
  insertClient(scope, client);
  scope.record({
    collection: 'clients',
    uid: client.uid,
    action: 'created',
    mutation: { kind: 'create', record: clientRecordOf(client) },
  });
  return ok({ client, warnings: warningsAbout(scope, client) });
}

function updateClient(
  scope: WriteScope,
  uid: ClientUid,
  typed: ClientInput,
  base: ClientInput | undefined,
): Result<SavedClient, DomainError> {
  const stored = findClient(scope, uid);
  if (stored === null) return notFound('client', uid);
  if (stored.client.deletedAt !== null) return refused('uid', 'deleted');
  const edit = { base, typed, stored: clientInput.parse(stored.client) };
  const input = editOnBase(scope, 'clients', uid, clientInput, edit);
  if (isUnknownTaxCode(scope, input, stored.client)) {
    return refused('client.taxCodeUid', 'tax_code_unknown');
  }
  const fields = diffFields(stored.client, input);
  if (Object.keys(fields).length === 0) {
    return ok({ client: stored.client, warnings: warningsAbout(scope, stored.client) });
  }
  const { client } = saveClient(scope, stored, changed(scope, stored, input));
  scope.record({
    collection: 'clients',
    uid,
    action: 'edited',
    mutation: { kind: 'patch', fields },
  });
  if (client.name !== stored.client.name) renameClientOfDrafts(scope, uid, client.name);
  return ok({ client, warnings: warningsAbout(scope, client) });
}

/** A tax code that the client names already may not have come to this machine yet. */
function isUnknownTaxCode(scope: ReadScope, input: ClientInput, before: Client | null): boolean {
  const { taxCodeUid } = input;
  if (taxCodeUid === null || taxCodeUid === before?.taxCodeUid) return false;
  return findTaxCode(scope, taxCodeUid) === null;
}

function changed(scope: WriteScope, { client }: StoredClient, change: Partial<Client>): Client {
  return { ...client, ...change, updatedAt: nextUpdatedAt(client.updatedAt, scope.now) };
}

/** What is worth a second look: another client with the same e-mail address or VAT number. */
function warningsAbout(scope: ReadScope, client: Client): Issue[] {
  const sameEmail = nameOfClientWithEmail(scope, client);
  const sameVatNumber = nameOfClientWithVatNumber(scope, client);
  return [
    ...(sameEmail === null ? [] : [issue('client.email', 'duplicate_email', { name: sameEmail })]),
    ...(sameVatNumber === null
      ? []
      : [issue('client.vatNumber', 'duplicate_vat_number', { name: sameVatNumber })]),
  ];
}

const shelf: Shelf<ClientUid> = {
  collection: 'clients',
  entity: 'client',
  find: (scope, uid) => {
    const stored = findClient(scope, uid);
    if (stored === null) return null;
    const { archivedAt, deletedAt } = stored.client;
    return {
      archivedAt,
      deletedAt,
      save: (to) => void saveClient(scope, stored, changed(scope, stored, { archivedAt: to })),
    };
  },
};
