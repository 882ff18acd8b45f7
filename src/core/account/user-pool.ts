import { authRoutes } from '../../shared/contracts/rest-v1/auth';
import { ok } from '../../shared/domain/result';
import type { UserPool } from './account-file';
import type { OnFailedCall } from '../sync/failed-call';
import { callCloud } from './cloud-api';
import type { CloudResult } from './cloud-failure';

const authConfig = authRoutes.getAuthConfig.success[200].body;

/** Asks a cloud where its users sign in. */
export async function fetchUserPool(
  apiUrl: string,
  onFailedCall?: OnFailedCall,
): Promise<CloudResult<UserPool>> {
  const call = { method: 'GET', path: '/auth/config' } as const;
  const answer = await callCloud(apiUrl, call, authConfig, onFailedCall);
  if (!answer.ok) return answer;
  const { user_pool_id, user_pool_client_id, user_pool_endpoint } = answer.value;
  return ok({
    userPoolId: user_pool_id,
    userPoolClientId: user_pool_client_id,
    endpoint: user_pool_endpoint,
  });
}
