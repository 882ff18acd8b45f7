import type { z } from 'zod';

import type { accountMethods } from '../../shared/contracts/app-api/account';
import type { DomainError, Result } from '../../shared/domain/result';
import { err, ok, refused } from '../../shared/domain/result';
import type { Platform } from '../host/platform';
import { CallsUnderWay } from '../sync/calls-under-way';
import type { OnFailedCall } from '../sync/failed-call';
import { openAccountFile, type AccountFile, type KnownAccount } from './account-file';
import { checkAddress, findCloud, type CloudAddress } from './cloud-address';
import { callCloud, confirmation, registration, session, type CloudCall } from './cloud-api';
import type { CloudResult } from './cloud-failure';
import { toDomainError, UNAUTHORISED, UNREACHABLE } from './cloud-failure';
import type { Cognito, IdToken, SignInStep } from './cognito';
import { type FoundPool, PoolAccess } from './pool-access';
import { openTokenStore, type TokenStore } from './token-store';

export interface AccountOptions {
  readonly dataDirectory: string;
  readonly platform: Platform;
  readonly cloudUrl: string | null;
  readonly developmentCloud: string | null;
  /** Somebody signed in or out, or a sign-in expired. */
  readonly onChange: () => void;
  readonly onFailedCall?: OnFailedCall;
}

/** A token this close to its end is renewed before it is used. */
const MARGIN_MS = 5 * 60_000;

type Outcome<T> = Promise<Result<T, DomainError>>;
type SignInAnswer = z.output<(typeof accountMethods)['account.signIn']['output']>;

/**
 * The account of this machine: one user of one cloud at a time. Nothing of it is needed to work:
 * without it, or when a sign-in has expired, everything goes on offline.
 */
export class Account {
  readonly #options: AccountOptions;
  readonly #file: AccountFile;
  readonly #tokens: TokenStore;
  readonly #pools: PoolAccess;
  /** The sign-in whose second step is awaited. */
  #pending: FoundPool | null = null;
  #refreshing: Promise<CloudResult<IdToken | null>> | null = null;
  readonly #underWay = new CallsUnderWay();

  private constructor(options: AccountOptions, tokens: TokenStore) {
    this.#options = options;
    this.#file = openAccountFile(options.dataDirectory);
    this.#tokens = tokens;
    this.#pools = new PoolAccess(tokens, options.onFailedCall);
  }

  static async open(options: AccountOptions): Promise<Account> {
    return new Account(options, await openTokenStore(options.platform));
  }

  get cloud(): CloudAddress | null {
    return findCloud({
      setting: this.#file.get().apiUrl,
      environment: this.#options.cloudUrl,
      developmentFile: this.#options.developmentCloud,
    });
  }

  get kind(): 'none' | 'signed_in' | 'expired' {
    if (this.#file.get().account === null) return 'none';
    return this.#tokens.find('.refreshToken') === null ? 'expired' : 'signed_in';
  }

  /** Who is signed in, or was until it expired. */
  get known(): KnownAccount | null {
    return this.#file.get().account;
  }

  get areTokensProtected(): boolean {
    return this.#tokens.isProtected;
  }

  get deviceName(): string {
    return this.#file.deviceName();
  }

  setDeviceName(name: string): void {
    this.#file.change({ deviceName: name });
  }

  /** Another cloud knows other accounts, so only while nobody is signed in. */
  setCloud(apiUrl: string | null): Result<void, DomainError> {
    if (this.kind === 'signed_in') return refused('apiUrl', 'sign_out_first');
    const checked = apiUrl === null ? ok(null) : checkAddress(apiUrl);
    if (!checked.ok) return checked;
    this.#file.change({ apiUrl: checked.value });
    return ok(undefined);
  }

  async signUp(name: string, email: string, password: string): Outcome<void> {
    return await this.#tell(
      { method: 'POST', path: '/auth/register', body: { email, password, business: { name } } },
      registration,
    );
  }

  async confirm(email: string, code: string): Outcome<void> {
    return await this.#tell(
      { method: 'POST', path: '/auth/confirm', body: { email, code } },
      confirmation,
    );
  }

  async resendCode(email: string): Outcome<void> {
    return await this.#withPool((cognito) => cognito.resendCode(email.toLowerCase()));
  }

  async startReset(email: string): Outcome<void> {
    return await this.#withPool((cognito) => cognito.startReset(email.toLowerCase()));
  }

  async finishReset(email: string, code: string, password: string): Outcome<void> {
    return await this.#withPool((cognito) =>
      cognito.finishReset(email.toLowerCase(), code, password),
    );
  }

  async signIn(email: string, password: string): Outcome<SignInAnswer> {
    if (this.kind === 'signed_in') return refused('', 'already_signed_in');
    const found = await this.#pools.find(this.cloud);
    if (!found.ok) return found;
    this.#pending = found.value;
    // What an expired sign-in left; Amplify signs nobody in while it holds tokens.
    await this.#tokens.storage.clear();
    return await this.#goOn(await found.value.cognito.signIn(email.toLowerCase(), password));
  }

  async confirmSignIn(code: string): Outcome<SignInAnswer> {
    if (this.#pending === null) return refused('', 'sign_in_again');
    return await this.#goOn(await this.#pending.cognito.confirmSignIn(code));
  }

  async #goOn(step: CloudResult<SignInStep>): Outcome<SignInAnswer> {
    if (!step.ok) return err(toDomainError(step.error));
    if (step.value !== 'signed_in') return ok({ kind: step.value });
    const finished = await this.#finishSignIn();
    if (finished.ok) return ok({ kind: 'signed_in' });
    await this.#tokens.storage.clear();
    return err(toDomainError(finished.error));
  }

  /** Tells the cloud of the sign-in; only then does it count. */
  async #finishSignIn(): Promise<CloudResult<void>> {
    const pending = this.#pending;
    const held = await pending?.cognito.held();
    if (!pending || !held) return UNAUTHORISED;
    const { apiUrl, pool } = pending;
    const told = await this.#ask(
      apiUrl,
      { method: 'POST', path: '/auth/session', token: held.token },
      session,
    );
    if (!told.ok) return told;
    this.#pending = null;
    this.#file.change({ account: { ...held.identity, apiUrl, pool } });
    // A shell that cannot keep them costs another sign-in after the next start, and nothing else.
    await this.#tokens.flush().catch(() => undefined);
    this.#options.onChange();
    return ok(undefined);
  }

  /** Forgets who was signed in. Never fails for want of a connection. */
  async signOut(): Promise<void> {
    await this.#refreshing;
    const { account } = this.#file.get();
    this.#file.change({ account: null });
    if (account !== null) {
      const cognito = await this.#pools.cognitoOf(account.pool);
      await cognito.signOut().catch(() => undefined);
      this.#pools.forget();
    }
    this.#options.onChange();
  }

  /**
   * A token for the next call, renewed unnoticed when it is about to end. `unauthorised`: the
   * sign-in is over, or there was none; `unreachable`: it cannot be renewed now.
   * `rejected` is one that the cloud did not take although it should still be valid.
   */
  async idToken(rejected?: string): Promise<CloudResult<string>> {
    const { account } = this.#file.get();
    if (account === null || this.kind !== 'signed_in') return UNAUTHORISED;
    const moved = await this.#followAddress(account);
    if (!moved.ok) return moved;
    const cognito = await this.#pools.cognitoOf(moved.value.pool);
    const held = await cognito.held();
    if (held !== null && held.remaining > MARGIN_MS && held.token !== rejected) {
      return ok(held.token);
    }
    const fresh = await this.#refresh(cognito);
    if (fresh.ok) return fresh.value === null ? UNAUTHORISED : ok(fresh.value.token);
    const isStillGood = held !== null && held.remaining > 0 && held.token !== rejected;
    return fresh.error.kind === 'unreachable' && isStillGood ? ok(held.token) : fresh;
  }

  /** However many calls need a token at once, one asks for it. */
  #refresh(cognito: Cognito): Promise<CloudResult<IdToken | null>> {
    this.#refreshing ??= this.#unlessItHangs(cognito.refresh()).finally(() => {
      this.#refreshing = null;
      if (this.kind === 'expired') this.#options.onChange();
    });
    return this.#refreshing;
  }

  /** Renewing a token waits no longer for a connection that does not answer. */
  giveUpHanging(): void {
    this.#underWay.giveUpHanging();
  }

  #unlessItHangs<T>(work: Promise<CloudResult<T>>): Promise<CloudResult<T>> {
    return this.#underWay.run((signal) => Promise.race([work, unreachableOnceEnded(signal)]));
  }

  /** The same cloud may have moved; another one never gets to see this account's token. */
  async #followAddress(account: KnownAccount): Promise<CloudResult<KnownAccount>> {
    const apiUrl = this.cloud?.apiUrl;
    if (apiUrl === undefined) return UNREACHABLE;
    if (apiUrl === account.apiUrl) return ok(account);
    const pool = await this.#unlessItHangs(this.#pools.fetch(apiUrl));
    if (!pool.ok) return pool;
    if (pool.value.userPoolId !== account.pool.userPoolId) return UNAUTHORISED;
    const moved = { ...account, apiUrl, pool: pool.value };
    this.#file.change({ account: moved });
    return ok(moved);
  }

  /** A call in the account's name; a token that is refused is renewed once. */
  async call<T>(call: Omit<CloudCall, 'token'>, answer: z.ZodType<T>): Promise<CloudResult<T>> {
    const token = await this.idToken();
    if (!token.ok) return token;
    const apiUrl = this.cloud?.apiUrl;
    if (apiUrl === undefined) return UNREACHABLE;
    const first = await this.#ask(apiUrl, { ...call, token: token.value }, answer);
    if (first.ok || first.error.kind !== 'unauthorised') return first;
    const renewed = await this.idToken(token.value);
    return renewed.ok
      ? await this.#ask(apiUrl, { ...call, token: renewed.value }, answer)
      : renewed;
  }

  /** What the user who is signed in asks of his pool. */
  async atPool<T>(work: (cognito: Cognito) => Promise<CloudResult<T>>): Outcome<T> {
    const token = await this.idToken();
    const account = this.known;
    if (!token.ok) return err(toDomainError(token.error));
    if (account === null) return err(toDomainError(UNAUTHORISED.error));
    const done = await work(await this.#pools.cognitoOf(account.pool));
    return done.ok ? done : err(toDomainError(done.error));
  }

  #ask<T>(apiUrl: string, call: CloudCall, answer: z.ZodType<T>): Promise<CloudResult<T>> {
    return callCloud(apiUrl, call, answer, this.#options.onFailedCall);
  }

  /** A call that anybody may make. */
  async #tell<T>(call: CloudCall, answer: z.ZodType<T>): Outcome<void> {
    const { cloud } = this;
    if (cloud === null) return refused('', 'cloud_not_configured');
    const told = await this.#ask(cloud.apiUrl, call, answer);
    return told.ok ? ok(undefined) : err(toDomainError(told.error));
  }

  async #withPool(work: (cognito: Cognito) => Promise<CloudResult<void>>): Outcome<void> {
    const found = await this.#pools.find(this.cloud);
    if (!found.ok) return found;
    const done = await work(found.value.cognito);
    return done.ok ? done : err(toDomainError(done.error));
  }
}

function unreachableOnceEnded(signal: AbortSignal): Promise<typeof UNREACHABLE> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(UNREACHABLE), { once: true });
  });
}
