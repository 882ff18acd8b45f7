import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refused } from '../../shared/domain/result';
import { checkAddress, findCloud } from './cloud-address';

describe('an address of a cloud', () => {
  it.each([
    ['https://cloud.acme.example/v1/', 'https://cloud.acme.example/v1'],
    [' https://cloud.acme.example ', 'https://cloud.acme.example'],
    ['http://127.0.0.1:4566/restapis/abc/v1', 'http://127.0.0.1:4566/restapis/abc/v1'],
    ['http://localhost:4566', 'http://localhost:4566'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s is taken', (text, apiUrl) => {
    expect(checkAddress(text)).toEqual({ ok: true, value: apiUrl });
  });

  it.each([
    ['http://cloud.acme.example/v1', 'https_needed'],
    ['http://127.0.0.1.acme.example', 'https_needed'],
    ['ftp://cloud.acme.example', 'cloud_address_invalid'],
    ['https://user:secret@cloud.acme.example', 'cloud_address_invalid'],
    ['acme', 'cloud_address_invalid'],
  ])('%s is refused', (text, code) => {
    expect(checkAddress(text)).toEqual(refused('apiUrl', code));
  });
});

describe('the cloud in use', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'doccentr-cloud-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('is the one of the setting, else of the environment, else the one on this machine', () => {
    const developmentFile = join(directory, 'cloud.json');
    writeFileSync(developmentFile, JSON.stringify({ apiUrl: 'http://127.0.0.1:4566/v1' }));
    const sources = {
      setting: 'https://one.acme.example',
      environment: 'https://two.acme.example',
      developmentFile,
    };
    expect(findCloud(sources)?.source).toBe('setting');
    expect(findCloud({ ...sources, setting: null })?.source).toBe('environment');
    expect(findCloud({ ...sources, setting: null, environment: null })).toEqual({
      apiUrl: 'http://127.0.0.1:4566/v1',
      source: 'development',
    });
  });

  it('is none without any of them, or where the file is half written', () => {
    const none = { setting: null, environment: null };
    const half = join(directory, 'half.json');
    writeFileSync(half, '{"apiUrl":');
    expect(findCloud({ ...none, developmentFile: null })).toBeNull();
    expect(findCloud({ ...none, developmentFile: join(directory, 'missing.json') })).toBeNull();
    expect(findCloud({ ...none, developmentFile: half })).toBeNull();
  });
});
