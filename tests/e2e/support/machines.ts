import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base, type Page } from '@playwright/test';

import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Api } from './api';
import { collectComplaints, expect } from './app';
import { openBooks } from './books';
import { cloudAddress } from './cloud-address';
import { startInBrowserShell, type RunningApp } from './drivers';
import { startNetwork, type Network } from './network';
import { makeOtherVersion } from './other-version';

/** One computer of a person: a shell with a data directory and a network of its own. */
export interface Machine {
  readonly app: RunningApp;
  readonly api: Api;
  readonly network: Network;
  openPage(): Promise<Page>;
}

interface Fixtures {
  /** `build`: the directory of another version of the app. */
  readonly newMachine: (build?: string) => Promise<Machine>;
  /** A version of the app that prints other bytes than the cloud. */
  readonly otherBuild: string;
}

export const PASSWORD = 'Correct horse 9';

/** Any account can be confirmed by it in the local cloud. */
export const CODE = '123456';
/** The same for a new password. */
export const RESET_CODE = '654321';

export function newEmail(): string {
  return `books-${randomUUID().slice(0, 8)}@acme.example`;
}

/** Tests with as many machines as they start; no page of any of them may complain. */
export const test = base.extend<Fixtures>({
  // Playwright wants the pattern to find out what a fixture depends on: here, nothing.
  // eslint-disable-next-line no-empty-pattern
  otherBuild: async ({}, use) => {
    const directory = await makeOtherVersion();
    await use(directory);
    await rm(directory, { recursive: true });
  },
  newMachine: async (
    { browser, contextOptions, viewport, colorScheme, locale, timezoneId },
    use,
  ) => {
    const complaints: string[] = [];
    const machines: Machine[] = [];
    const pages: Page[] = [];
    await use(async (build) => {
      const network = await startNetwork(cloudAddress());
      const dataDirectory = await mkdtemp(join(tmpdir(), 'doccentr-e2e-'));
      const variables = { DOCCENTR_CLOUD_URL: network.address };
      const app = await startInBrowserShell(browser, dataDirectory, variables, build);
      const options = {
        ...contextOptions,
        viewport,
        colorScheme,
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
      };
      const machine: Machine = {
        app,
        api: app.api,
        network,
        openPage: async () => {
          const page = await app.openPage(options, (opened) =>
            collectComplaints(opened, complaints),
          );
          pages.push(page);
          return page;
        },
      };
      machines.push(machine);
      return machine;
    });
    for (const page of pages) await page.context().close();
    for (const { app, network } of machines) {
      await app.stop();
      await network.stop();
      await rm(app.dataDirectory, { recursive: true, force: true });
    }
    expect(complaints).toEqual([]);
  },
});

export interface Joined {
  readonly email: string;
  readonly uid: BusinessUid;
}

/** A business with an account, in step with the cloud. */
export async function openCloudBooks(machine: Machine): Promise<Joined> {
  await openBooks(machine.api);
  return openAccount(machine);
}

/** A new account for the business that is open, in step with the cloud. */
export async function openAccount({ api }: Machine): Promise<Joined> {
  const email = newEmail();
  await api('account.signUp', { name: 'Ledger & Sons', email, password: PASSWORD });
  await api('account.confirm', { email, code: CODE });
  await api('account.signIn', { email, password: PASSWORD });
  const { currentUid } = await api('app.state', {});
  if (currentUid === null) throw new Error('no business is open');
  await api('account.adopt', { uid: currentUid, into: null });
  await untilSaved(api);
  return { email, uid: currentUid };
}

/** Brings a business to another machine, and waits until everything of it is there. */
export async function joinBooks({ api }: Machine, { email, uid }: Joined): Promise<void> {
  await api('account.signIn', { email, password: PASSWORD });
  await api('account.join', { uid });
  await untilSaved(api);
}

/** Nothing waits, and the cloud has been heard. */
export async function untilSaved(api: Api): Promise<void> {
  await expect
    .poll(
      async () => {
        const { phase, waiting, lastSyncAt } = await api('sync.status', {});
        return { phase, waiting, isHeard: lastSyncAt !== null };
      },
      { timeout: 20_000, intervals: [100] },
    )
    .toEqual({ phase: 'idle', waiting: 0, isHeard: true });
}
