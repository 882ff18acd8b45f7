import type { Client } from '../../../shared/domain/client';
import type { ReadScope } from '../../replica/replica';
import { findClient } from '../clients/client-repository';

/** The client of a document, deleted ones included; null when it is not (yet) on this machine. */
export function readClient(scope: ReadScope, uid: string | null): Client | null {
  return uid === null ? null : (findClient(scope, uid)?.client ?? null);
}
