import { isNull } from 'drizzle-orm';

import type { Client, ClientInput } from '../../../../shared/domain/client';
import { fold } from '../../../../shared/domain/fold';
import type { ClientUid } from '../../../../shared/domain/ids';
import { newUid } from '../../../../shared/domain/ids';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { clientRecordOf } from '../../../../shared/sync/wire-records';
import type { WriteScope } from '../../../replica/replica';
import { clients } from '../../../replica/schema';
import { emailKeyOf, findClient, insertClient } from '../../clients/client-repository';
import type { ClientPlan } from '../planning/client-plan';
import { clientKey } from '../planning/client-plan';
import type { ClientWish } from '../planning/invoice-checks';
import { newClientOf } from '../planning/invoice-checks';
import type { Outcome } from './imported-records';
import { compareWithImported, contentHash, rememberImported } from './imported-records';

interface KnownClient {
  readonly uid: string;
  readonly name: string;
  readonly emailKey: string;
  readonly language: Client['language'];
  readonly formats: Client['formats'];
}

/** The clients of the business by what files know of them, for one transaction. */
export class ClientStore {
  readonly #byKey = new Map<string, KnownClient>();
  readonly #byEmail = new Map<string, KnownClient[]>();
  readonly #byName = new Map<string, KnownClient[]>();

  constructor(readonly scope: WriteScope) {
    const { uid, name, emailKey, language, formats } = clients;
    const rows = scope.db
      .select({ uid, name, emailKey, language, formats })
      .from(clients)
      .where(isNull(clients.deletedAt))
      .orderBy(clients.id)
      .all();
    for (const row of rows) this.#know(row as KnownClient);
  }

  /** Stores a client of a client file. */
  store(plan: ClientPlan): Outcome {
    const { scope } = this;
    const content = contentHash(plan.input);
    const imported = compareWithImported(scope, 'clients', plan.key, content);
    if (imported !== null) return imported;
    const known = this.#byKey.get(plan.key);
    if (known) {
      const stored = findClient(scope, known.uid);
      const isSame = stored !== null && agrees(plan.input, stored.client);
      return isSame ? 'unchanged' : issue('', 'already_there_different');
    }
    const { uid } = this.#create(plan.input);
    rememberImported(scope, 'clients', { key: plan.key, content, recordUid: uid });
    return 'created';
  }

  /**
   * The client that an invoice names: with its e-mail (and, of several, its name), else the only
   * one of its name, else a new one. `client_ambiguous` where several fit equally.
   */
  resolve(wish: ClientWish): KnownClient | Issue {
    const exact = this.#byKey.get(clientKey(wish));
    if (exact) return exact;
    const emailed = wish.email === '' ? [] : (this.#byEmail.get(emailKeyOf(wish.email)) ?? []);
    const named = this.#byName.get(nameKey(wish.name)) ?? [];
    const both = emailed.find((client) => named.includes(client));
    const [found, ...others] = emailed.length > 0 ? emailed : named;
    if (both) return both;
    if (others.length > 0) return issue('clientName', 'client_ambiguous', { name: wish.name });
    return found ?? this.#create(newClientOf(wish));
  }

  #create(input: ClientInput): KnownClient {
    const { now } = this.scope;
    const client: Client = {
      ...input,
      uid: newUid<ClientUid>(),
      archivedAt: null,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    insertClient(this.scope, client);
    this.scope.record({
      collection: 'clients',
      uid: client.uid,
      action: 'imported',
      mutation: { kind: 'create', record: clientRecordOf(client) },
    });
    const { uid, name, email, language, formats } = client;
    const known = { uid, name, emailKey: emailKeyOf(email), language, formats };
    this.#know(known);
    return known;
  }

  #know(client: KnownClient): void {
    const key = clientKey({ name: client.name, email: client.emailKey });
    if (!this.#byKey.has(key)) this.#byKey.set(key, client);
    if (client.emailKey !== '') push(this.#byEmail, client.emailKey, client);
    push(this.#byName, nameKey(client.name), client);
  }
}

function nameKey(name: string): string {
  return fold(name).replace(/\s+/gu, ' ').trim();
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Whether everything that the file tells of a client is what the business knows. */
function agrees(input: ClientInput, client: Client): boolean {
  const { address, ...rest } = input;
  return Object.entries({ ...rest, ...address }).every(([field, value]) => {
    if (value === '' || value === null || value === false) return true;
    const known: unknown = { ...client, ...client.address }[field as keyof typeof rest];
    return JSON.stringify(known) === JSON.stringify(value);
  });
}
