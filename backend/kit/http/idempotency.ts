import { and, eq } from 'drizzle-orm';

import type { BusinessUid } from '../../../src/shared/domain/ids';
import { isDuplicate } from '../database/database-errors';
import type { Database, Transaction } from '../database/database';
import { transact } from '../database/database';
import { idempotencyKeys } from '../database/kit-tables';
import type { IdempotencyClaim } from './handlers';
import type { Refusal } from './refusal';
import { conflict } from './refusal';

/** Thrown inside a transaction to roll it back and answer a refusal. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/**
 * Runs `work` in a transaction, once per `Idempotency-Key`: a second call with the key, also one
 * that arrives while the first is still at work, gets the first one's outcome; with another
 * request it is refused with 409. The key is claimed before the work and stored with its effect, so
 * that neither stands without the other. A refusal rolls back and leaves the key free.
 */
export async function transactOnce<T>(
  db: Database,
  tenant: BusinessUid,
  claim: IdempotencyClaim | null,
  work: (transaction: Transaction) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await transact(db, async (transaction) => {
      if (claim !== null) await insertClaim(transaction, tenant, claim);
      const outcome = await work(transaction);
      if (isRefusal(outcome)) throw new RefusedError(outcome);
      if (claim !== null) await storeOutcome(transaction, tenant, claim, outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    if (claim === null || !(error instanceof KeyTakenError)) throw error;
    return readOutcome<T>(db, tenant, claim);
  }
}

/**
 * What an earlier call with the same key was answered; undefined when there was none. For calls that
 * look at other things first, which may have changed since: a repeated call is answered as before.
 */
export async function earlierOutcome<T>(
  db: Database,
  tenant: BusinessUid,
  claim: IdempotencyClaim | null,
): Promise<T | Refusal | undefined> {
  if (claim === null) return undefined;
  const [row] = await db
    .select({ key: idempotencyKeys.key })
    .from(idempotencyKeys)
    .where(isKey(tenant, claim));
  return row === undefined ? undefined : readOutcome<T>(db, tenant, claim);
}

class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError';
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal';
}

async function insertClaim(
  transaction: Transaction,
  tenant: BusinessUid,
  claim: IdempotencyClaim,
): Promise<void> {
  try {
    // Waits for another call with the same key until that one has committed or rolled back.
    await transaction.insert(idempotencyKeys).values({
      tenant,
      key: claim.key,
      operation: claim.operation,
      requestHash: claim.requestHash,
      outcome: {},
    });
  } catch (cause) {
    if (isDuplicate(cause)) throw new KeyTakenError(claim.operation, { cause });
    throw cause;
  }
}

async function storeOutcome(
  transaction: Transaction,
  tenant: BusinessUid,
  claim: IdempotencyClaim,
  outcome: unknown,
): Promise<void> {
  await transaction.update(idempotencyKeys).set({ outcome }).where(isKey(tenant, claim));
}

async function readOutcome<T>(
  db: Database,
  tenant: BusinessUid,
  claim: IdempotencyClaim,
): Promise<T | Refusal> {
  const [row] = await db.select().from(idempotencyKeys).where(isKey(tenant, claim));
  if (row === undefined) return conflict('idempotency_key_in_use');
  if (row.operation !== claim.operation || row.requestHash !== claim.requestHash) {
    return conflict('idempotency_key_reused');
  }
  return row.outcome as T;
}

function isKey(tenant: BusinessUid, claim: IdempotencyClaim) {
  return and(eq(idempotencyKeys.tenant, tenant), eq(idempotencyKeys.key, claim.key));
}
