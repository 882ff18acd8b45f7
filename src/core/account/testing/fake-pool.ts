import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const CLIENT = 'client';
const EMAIL = 'anna@acme.example';
const HOUR_MS = 60 * 60_000;

/** What a pool answers to a refresh: new tokens, or an error by its name. */
type Answer = 'tokens' | 'silence' | { readonly status: number; readonly name: string };

/** A user pool as far as renewing tokens goes, by the clock of the test: hours pass at once. */
export interface FakePool {
  readonly endpoint: string;
  answer: Answer;
  /** How often somebody asked for new tokens. */
  asked(): number;
  /** Answers by new tokens what met with silence. */
  answerLate(): void;
  close(): Promise<void>;
}

export async function openFakePool(): Promise<FakePool> {
  let asked = 0;
  const held: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    asked += 1;
    const { answer } = pool;
    if (answer === 'silence') held.push(response);
    else if (answer === 'tokens') send(response, 200, newTokens());
    else send(response, answer.status, { __type: answer.name, message: 'refused' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool: FakePool = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answer: 'tokens',
    asked: () => asked,
    answerLate: () => held.splice(0).forEach((response) => send(response, 200, newTokens())),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return pool;
}

function newTokens() {
  return { AuthenticationResult: { AccessToken: token(), IdToken: token() } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

let made = 0;

/** Good for an hour from now; nobody here checks who signed it. */
function token(): string {
  const iat = Math.floor(Date.now() / 1_000);
  made += 1;
  const claims = { sub: 'anna', email: EMAIL, iat, exp: iat + HOUR_MS / 1_000, jti: String(made) };
  return [{ alg: 'RS256' }, claims, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}

/** Leaves a data directory as after a sign-in just now. */
export function signInByHand(dataDirectory: string, endpoint: string, apiUrl: string): void {
  const prefix = `CognitoIdentityServiceProvider.${CLIENT}`;
  const data = JSON.stringify({
    [`${prefix}.LastAuthUser`]: 'anna',
    [`${prefix}.anna.idToken`]: token(),
    [`${prefix}.anna.accessToken`]: token(),
    [`${prefix}.anna.refreshToken`]: 'refresh',
    [`${prefix}.anna.clockDrift`]: '0',
  });
  const pool = { userPoolId: 'eu-west-1_one', userPoolClientId: CLIENT, endpoint };
  const account = { id: 'anna', email: EMAIL, apiUrl, pool };
  writeFileSync(join(dataDirectory, 'sign-in.json'), JSON.stringify({ encrypted: false, data }));
  writeFileSync(
    join(dataDirectory, 'account.json'),
    JSON.stringify({ apiUrl: null, deviceName: null, account }),
  );
}
