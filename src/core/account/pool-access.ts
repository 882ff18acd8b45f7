import type { DomainError, Result } from '../../shared/domain/result';
import { err, ok, refused } from '../../shared/domain/result';
import type { OnFailedCall } from '../sync/failed-call';
import type { UserPool } from './account-file';
import type { CloudAddress } from './cloud-address';
import type { CloudResult } from './cloud-failure';
import { toDomainError } from './cloud-failure';
import type { Cognito } from './cognito';
import type { TokenStore } from './token-store';
import { fetchUserPool } from './user-pool';

/** Where a cloud's users sign in. */
export interface FoundPool {
  readonly apiUrl: string;
  readonly pool: UserPool;
  readonly cognito: Cognito;
}

/** Finds the user pool of a cloud, and the Cognito that speaks with it. */
export class PoolAccess {
  readonly #tokens: TokenStore;
  readonly #onFailedCall: OnFailedCall | undefined;
  /** For the pool in use; made anew when that changes. */
  #cognito: { readonly key: string; readonly value: Cognito } | null = null;

  constructor(tokens: TokenStore, onFailedCall: OnFailedCall | undefined) {
    this.#tokens = tokens;
    this.#onFailedCall = onFailedCall;
  }

  async find(cloud: CloudAddress | null): Promise<Result<FoundPool, DomainError>> {
    if (cloud === null) return refused('', 'cloud_not_configured');
    const { apiUrl } = cloud;
    const pool = await this.fetch(apiUrl);
    if (!pool.ok) return err(toDomainError(pool.error));
    return ok({ apiUrl, pool: pool.value, cognito: await this.cognitoOf(pool.value) });
  }

  fetch(apiUrl: string): Promise<CloudResult<UserPool>> {
    return fetchUserPool(apiUrl, this.#onFailedCall);
  }

  /** Loaded with the first use: most starts never need it. */
  async cognitoOf(pool: UserPool): Promise<Cognito> {
    const key = JSON.stringify(pool);
    if (this.#cognito?.key !== key) {
      const { createCognito } = await import('./cognito');
      this.#cognito = { key, value: createCognito(pool, this.#tokens, this.#onFailedCall) };
    }
    return this.#cognito.value;
  }

  /** The next use begins anew: nothing of who was signed in is left. */
  forget(): void {
    this.#cognito = null;
  }
}
