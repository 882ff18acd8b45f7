import { cloudAddress } from './cloud-address';
import type { Joined } from './machines';
import { PASSWORD } from './machines';

/** Makes somebody with an account a member of a business, or another kind of member, as its owner. */
export async function giveRole(
  owner: Joined,
  email: string,
  role: 'owner' | 'bookkeeper',
): Promise<void> {
  await callAsOwner(owner, 'PUT', '/business/members', { email, role });
}

/** Reminds the client of an overdue invoice now, as the daily round does by itself. */
export async function remindOf(owner: Joined, uid: string): Promise<void> {
  const invoices = (await callAsOwner(owner, 'GET', '/invoices')) as readonly {
    readonly id: number;
    readonly uid: string;
  }[];
  const invoice = invoices.find((one) => one.uid === uid);
  if (invoice === undefined) throw new Error('the cloud does not know the invoice');
  await callAsOwner(owner, 'POST', `/invoices/${invoice.id}/reminders`);
}

/** A call of the cloud's API, for a business. */
async function callAsOwner(
  { email, uid }: Joined,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const login = { email, password: PASSWORD };
  const { token } = (await call('POST', '/auth/login', login)) as { readonly token: string };
  return call(method, path, body, { authorization: `Bearer ${token}`, 'x-business-id': uid });
}

async function call(
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(`${cloudAddress()}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  return answer.json();
}
