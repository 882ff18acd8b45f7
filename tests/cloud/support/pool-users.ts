import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { inject } from 'vitest';

import { openCognito } from './tokens';

function user(email: string) {
  return { UserPoolId: inject('cloud').userPoolId, Username: email };
}

export async function disableUser(email: string): Promise<void> {
  await openCognito().send(new AdminDisableUserCommand(user(email)));
}

export async function enableUser(email: string): Promise<void> {
  await openCognito().send(new AdminEnableUserCommand(user(email)));
}

export async function deleteUser(email: string): Promise<void> {
  await openCognito().send(new AdminDeleteUserCommand(user(email)));
}

/** As "sign out everywhere": every refresh token that there is has ended. */
export async function revokeSignIns(email: string): Promise<void> {
  await openCognito().send(new AdminUserGlobalSignOutCommand(user(email)));
}
