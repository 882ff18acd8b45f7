import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';

import { cloudFileOf, readCloudFile } from '../../backend/local/cloud-file';
import { repositoryRoot } from '../../backend/local/repository-root';
import { createTestDirectory, removeTestDirectory } from '../../backend/local/testing';
import { invoiceView } from '../../src/shared/contracts/rest-v1/invoices';
import { messageView } from '../../src/shared/contracts/rest-v1/notifications';
import { pdfLink } from '../../src/shared/contracts/rest-v1/pdf';
import type { Tenant } from './support/rest';
import { createClient, expectBody, registerTenant, restAt, until } from './support/rest';

/** `npm run cloud` as a person runs it: started, ended by Ctrl-C, started again. */

const directory = createTestDirectory();
let running: ChildProcess | null = null;

afterAll(async () => {
  await interrupt();
  removeTestDirectory(directory);
});

interface Started {
  readonly address: string;
  /** What is told to people. */
  readonly told: readonly string[];
  readonly process: ChildProcess;
}

/** Starts the command; resolves with the address that it prints. */
async function start(...parameters: readonly string[]): Promise<Started> {
  const script = join(repositoryRoot, 'scripts', 'cloud.mjs');
  const child = spawn(process.execPath, [script, '--data', directory, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => told.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^doccentr cloud: (http:\S+)$/u.exec(line)?.[1];
    if (address !== undefined) return { address, told, process: child };
  }
  throw new Error(['the cloud did not start', ...told].join('\n'));
}

/** Ctrl-C; the exit code. */
async function interrupt(): Promise<number | null> {
  if (running === null || running.exitCode !== null) return null;
  const ended = once(running, 'exit');
  running.kill('SIGINT');
  await ended;
  return running.exitCode;
}

async function bytesOf(api: string, { token }: Tenant, id: number): Promise<Buffer> {
  const link = await restAt(api, 'GET', `/invoices/${id}/pdf`, { token });
  const answer = await fetch(expectBody(link, 200, pdfLink).url);
  return Buffer.from(await answer.arrayBuffer());
}

it('keeps users, rows, PDFs and what is under way from one start to the next', async () => {
  const first = await start('--demo');
  running = first.process;
  const { address: api } = first;
  const file = readCloudFile(cloudFileOf(directory));
  expect(file).toMatchObject({ apiUrl: api, region: 'eu-central-1' });
  expect(Object.values(file ?? {}).every((value) => value !== '')).toBe(true);

  const accounts = first.told.flatMap((line) => {
    const [, email, password] = /demo business: (\S+), (\S+)$/u.exec(line) ?? [];
    return email === undefined || password === undefined ? [] : [{ email, password }];
  });
  expect(accounts).toHaveLength(2);
  for (const account of accounts) {
    const token = await signIn(api, account);
    const listed = await restAt(api, 'GET', '/invoices', { token });
    const invoices = expectBody(listed, 200, z.array(invoiceView));
    expect(new Set(invoices.map(({ status }) => status)).size).toBeGreaterThan(1);
  }

  // Somebody who says so is told where it runs, and nothing runs twice.
  const second = await start();
  expect(second.address).toBe(api);
  await once(second.process, 'exit');

  const tenant = await registerTenant(api);
  const client = await createClient(tenant, api);
  const body = {
    client_id: client.id,
    items: [{ description: 'Work', quantity: 1, unit_price: 10 }],
  };
  const post = async () => {
    const answer = await restAt(api, 'POST', '/invoices', { token: tenant.token, body });
    return expectBody(answer, 201, invoiceView);
  };
  const before = await post();
  await untilSent(api, tenant, before.id);
  const paper = await bytesOf(api, tenant, before.id);
  const underWay = await post();
  expect(underWay.delivery?.state).toBe('pending');
  expect(await interrupt()).toBe(0);
  expect(existsSync(cloudFileOf(directory))).toBe(false);

  const again = await start();
  running = again.process;
  expect(again.address).toBe(api);
  const [account] = accounts;
  await signIn(api, account!);
  expect(await bytesOf(api, tenant, before.id)).toEqual(paper);
  await untilSent(api, tenant, underWay.id);
  const { token } = tenant;
  const mails = await restAt(api, 'GET', `/invoices/${underWay.id}/notifications`, { token });
  expect(expectBody(mails, 200, z.array(messageView))).toHaveLength(1);
  expect(await interrupt()).toBe(0);

  const empty = await start('--reset');
  running = empty.process;
  const refused = await restAt(empty.address, 'POST', '/auth/login', { body: account });
  expect(refused.status).toBe(401);
}, 240_000);

async function signIn(api: string, account: object): Promise<string> {
  const answer = await restAt(api, 'POST', '/auth/login', { body: account });
  return expectBody(answer, 200, z.looseObject({ token: z.string() })).token;
}

function untilSent(api: string, { token }: Tenant, id: number): Promise<unknown> {
  return until(
    `invoice ${id} to be sent`,
    async () => {
      const answer = await restAt(api, 'GET', `/invoices/${id}`, { token });
      return expectBody(answer, 200, invoiceView).delivery?.state === 'sent';
    },
    90,
  );
}
