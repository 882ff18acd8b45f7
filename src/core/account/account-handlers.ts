import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contracts/app-api';
import type { DomainError, Result } from '../../shared/domain/result';
import { err, ok } from '../../shared/domain/result';
import type { Session } from '../businesses/session';
import type { Handler, HandlersOf } from '../host/handlers';
import type { Account } from './account';
import { adopt, type AccountParts } from './adopt';
import { listCloudBusinesses } from './cloud-businesses';
import { toDomainError } from './cloud-failure';
import { join } from './join';
import { countRecords } from '../replica/peek';
import { boundBusinesses, previewSignOut, signOut } from './sign-out';

export type AccountMethod = Extract<MethodName, `account.${string}`>;

/**
 * The account of this machine: signing in and out, and which businesses are synced with it. The
 * account opens in its own time; calls wait for it.
 */
export function accountHandlers(options: {
  readonly account: Promise<Account>;
  readonly session: Session;
}): HandlersOf<AccountMethod> {
  const parts = options.account.then((account) => ({ account, session: options.session }));

  /** A handler of the opened account. */
  function on<Name extends AccountMethod>(
    work: (parts: AccountParts, input: ParsedInput<Name>) => ReturnType<Handler<Name>>,
  ): Handler<Name> {
    return async (input) => await work(await parts, input);
  }

  return {
    'account.state': on((all) => ok(stateOf(all))),
    'account.signUp': on(async ({ account }, { name, email, password }) =>
      done(await account.signUp(name, email, password)),
    ),
    'account.confirm': on(async ({ account }, { email, code }) =>
      done(await account.confirm(email, code)),
    ),
    'account.resendCode': on(async ({ account }, { email }) =>
      done(await account.resendCode(email)),
    ),
    'account.signIn': on(({ account }, { email, password }) => account.signIn(email, password)),
    'account.confirmSignIn': on(({ account }, { code }) => account.confirmSignIn(code)),
    'account.forgotPassword': on(async ({ account }, { email }) =>
      done(await account.startReset(email)),
    ),
    'account.resetPassword': on(async ({ account }, { email, code, password }) =>
      done(await account.finishReset(email, code, password)),
    ),
    'account.twoStep': on(async ({ account }) => {
      const asks = await account.atPool((cognito) => cognito.asksForTotp());
      return asks.ok ? ok({ isOn: asks.value }) : asks;
    }),
    'account.startTwoStep': on(({ account }) =>
      account.atPool((cognito) => cognito.startTotp(account.known?.email ?? '')),
    ),
    'account.finishTwoStep': on(async ({ account }, { code }) =>
      done(await account.atPool((cognito) => cognito.finishTotp(code))),
    ),
    'account.stopTwoStep': on(async ({ account }) =>
      done(await account.atPool((cognito) => cognito.stopTotp())),
    ),
    'account.signOutPreview': on((all) => ok(previewSignOut(all))),
    'account.signOut': on((all, { keepsCopies }) =>
      all.session.inTurn(async () => {
        await signOut(all, keepsCopies);
        return ok(stateOf(all));
      }),
    ),
    'account.setCloud': on((all, { apiUrl }) => {
      const set = all.account.setCloud(apiUrl);
      return set.ok ? ok(stateOf(all)) : set;
    }),
    'account.setDeviceName': on((all, { name }) => {
      all.account.setDeviceName(name);
      return ok(stateOf(all));
    }),
    'account.businesses': on(listBusinesses),
    'account.adopt': on((all, { uid, into }) => all.session.inTurn(() => adopt(all, uid, into))),
    'account.join': on((all, { uid }) =>
      all.session.inTurn(async () => done(await join(all, uid))),
    ),
  };
}

function stateOf(parts: AccountParts): MethodOutput<'account.state'> {
  const { account } = parts;
  return {
    kind: account.kind,
    email: account.known?.email ?? '',
    cloud: account.cloud,
    areTokensProtected: account.areTokensProtected,
    deviceName: account.deviceName,
    bound: boundBusinesses(parts).map(({ uid }) => uid),
  };
}

async function listBusinesses({
  account,
  session,
}: AccountParts): Promise<Result<MethodOutput<'account.businesses'>, DomainError>> {
  const cloud = await listCloudBusinesses(account);
  if (!cloud.ok) return err(toDomainError(cloud.error));
  const here = session.registry.all();
  return ok({
    cloud: cloud.value.map(({ business_id: uid, name, role, is_pristine }) => ({
      uid,
      name,
      role,
      isHere: here.some((one) => one.uid === uid),
      isPristine: is_pristine,
    })),
    local: here
      .filter(({ isDemo, accountId }) => !isDemo && accountId === null)
      .map(({ uid, name }) => ({
        uid,
        name,
        counts: countRecords(session.pathsOf(uid).replica),
      })),
  });
}

function done(result: Result<void, DomainError>): Result<Record<string, never>, DomainError> {
  return result.ok ? ok({}) : result;
}
