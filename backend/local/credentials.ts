import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { ACCOUNT, type Emulator } from './emulator';
import { type LoopbackServer, type Reply, serveLoopback } from './loopback-server';

const LIFETIME_SECONDS = 3_600;

/** Handed out no more when they end so soon: the SDK asks again five minutes before the end. */
const RENEWAL_MS = 10 * 60_000;

/** What a container's credentials endpoint answers (ECS task roles). */
interface ContainerCredentials {
  readonly RoleArn: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  readonly Expiration: string;
}

export interface CredentialsServer {
  /** What a service is started with, so that the SDK finds the credentials of its role by itself. */
  readonly environmentOf: (service: string) => Readonly<Record<string, string>>;
  /** Lets go of what was handed out, when the emulator has forgotten it. */
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * The credentials endpoint that ECS gives a container: each service has a token of its own and gets
 * the credentials of its own role, assumed anew before they end.
 */
export async function serveCredentials(
  emulator: Emulator,
  services: readonly string[],
  port: number,
): Promise<CredentialsServer> {
  const sts = new STSClient({
    region: emulator.region,
    endpoint: emulator.endpoint,
    credentials: emulator.adminCredentials,
  });
  const tokens = new Map(
    services.map((service) => [service, randomBytes(32).toString('base64url')]),
  );
  const sessions = new Map<string, Promise<ContainerCredentials>>();

  async function sessionOf(service: string): Promise<ContainerCredentials> {
    const known = await sessions.get(service);
    if (known !== undefined && Date.parse(known.Expiration) - Date.now() > RENEWAL_MS) return known;
    const session = assumeRole(sts, service);
    sessions.set(service, session);
    session.catch(() => sessions.delete(service));
    return await session;
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const service = /^\/credentials\/([a-z]+)$/u.exec(request.url ?? '')?.[1] ?? '';
    const token = tokens.get(service);
    if (token === undefined || request.method !== 'GET') {
      return { status: 404, body: { code: 'NotFound', message: 'There is nothing here.' } };
    }
    if (!isSame(request.headers.authorization ?? '', token)) {
      return { status: 401, body: { code: 'Unauthorized', message: 'The token is not this one.' } };
    }
    return { status: 200, body: await sessionOf(service) };
  }

  const server: LoopbackServer = await serveLoopback(port, answer);
  return {
    environmentOf: (service) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.address}/credentials/${service}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: tokens.get(service) ?? '',
    }),
    forget: () => sessions.clear(),
    stop: async () => {
      sts.destroy();
      await server.stop();
    },
  };
}

async function assumeRole(sts: STSClient, service: string): Promise<ContainerCredentials> {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/doccentr-${service}`;
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: `doccentr-${service}`,
      DurationSeconds: LIFETIME_SECONDS,
    }),
  );
  if (
    session?.AccessKeyId === undefined ||
    session.SecretAccessKey === undefined ||
    session.SessionToken === undefined
  ) {
    throw new Error(`the role of ${service} came without credentials`);
  }
  const expiration = session.Expiration ?? new Date(Date.now() + LIFETIME_SECONDS * 1_000);
  return {
    RoleArn: roleArn,
    AccessKeyId: session.AccessKeyId,
    SecretAccessKey: session.SecretAccessKey,
    Token: session.SessionToken,
    Expiration: expiration.toISOString(),
  };
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
