import { cloudAddress } from './cloud-address';
import type { Joined } from './machines';
import { PASSWORD } from './machines';

/** Makes somebody with an account a member of a business, or another kind of member, as its owner. */
export async function giveRole(
  { email: owner, uid }: Joined,
  email: string,
  role: 'owner' | 'bookkeeper',
): Promise<void> {
  const { token } = (await call('POST', '/auth/login', { email: owner, password: PASSWORD })) as {
    readonly token: string;
  };
  await call(
    'PUT',
    '/business/members',
    { email, role },
    { authorization: `Bearer ${token}`, 'x-business-id': uid },
  );
}

async function call(
  method: string,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(`${cloudAddress()}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  return answer.json();
}
