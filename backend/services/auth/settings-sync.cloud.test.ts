import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';

import { newUid } from '../../../src/shared/domain/ids';
import { registerUser } from '../../kit/testing/cloud-user';
import { pool } from './testing/auth-api';
import type { Business } from './testing/sync-api';
import { business, createDevice, join, pullSettings } from './testing/sync-api';

describe('settings', () => {
  it('are there for a device that joins a business of the cloud', async () => {
    const owner = await registerUser({ name: 'Acme GmbH', country: 'DE' });
    const { records, business: record } = await pullSettings(owner);
    expect(record).toMatchObject({ uid: owner.business, name: 'Acme GmbH', currency: 'EUR' });
    const codes = records.filter(({ type }) => type === 'tax_code');
    expect(codes.map((code) => (code as unknown as { name: string }).name)).toContain(
      'Keine Steuer',
    );
    // Also where nothing but an address is known of it.
    const unknown = await pullSettings(await registerUser({}));
    expect(unknown.business).toMatchObject({ address: { country: 'ZZ' } });
    expect(unknown.records.filter(({ type }) => type === 'tax_code')).toMatchObject([
      { name: 'No tax', category: 'outside_scope', rate: 0 },
    ]);
  });

  it('changed over REST come to devices, and those of devices to REST', async () => {
    const owner = await registerUser();
    const body = { phone: '1', sendReceipts: true };
    await owner.call({ method: 'PUT', path: '/business', body });
    const pulled = await pullSettings(owner);
    expect(pulled.business.phone).toBe('1');
    expect(pulled.business).not.toHaveProperty('sendReceipts');

    const device = createDevice(owner);
    expect(await device.patch(owner.business, 'phone', '1', '2')).toMatchObject({
      kind: 'applied',
      version: pulled.head + 1,
    });
    expect(await business(owner)).toMatchObject({
      revision: 3,
      settings: { phone: '2', sendReceipts: true },
    });
    expect((await pullSettings(owner)).business.phone).toBe('2');
    const [told] = await pool.query<RowDataPacket[]>(
      "select data from outbox where tenant = ? and name = 'BusinessUpdated' order by position",
      [owner.business],
    );
    expect(told.map(({ data }) => JSON.parse(String(data)) as Business)).toMatchObject([
      { revision: 1 },
      { revision: 2, settings: { phone: '1' } },
      { revision: 3, settings: { phone: '2', sendReceipts: true } },
    ]);
  });

  it('R31 that REST changed meanwhile are a conflict on that field alone', async () => {
    const owner = await registerUser();
    await owner.call({ method: 'PUT', path: '/business', body: { phone: 'theirs' } });
    const fields = { phone: { from: '', to: 'mine' }, website: { from: '', to: 'acme.example' } };
    const outcome = await createDevice(owner).push(owner.business, { kind: 'patch', fields });
    expect(outcome).toMatchObject({
      kind: 'conflict',
      fields: [{ path: 'phone', base: '', mine: 'mine', theirs: 'theirs' }],
    });
    const { settings } = await business(owner);
    expect(settings).toMatchObject({ phone: 'theirs', website: 'acme.example' });
  });

  it('R17 of the business are its owners’; tax codes and series are bookkeepers’ too', async () => {
    const owner = await registerUser();
    const { user, headers } = await join(owner, 'bookkeeper');
    const device = createDevice(user, headers);
    expect(await device.patch(owner.business, 'phone', '', '2')).toMatchObject({
      kind: 'rejected',
      code: 'forbidden',
      record: { uid: owner.business, phone: '' },
    });
    const code = {
      type: 'tax_code',
      uid: newUid<string>(),
      name: 'VAT 20 %',
      category: 'standard',
      rate: 20_000,
      reasons: {},
      archivedAt: null,
    };
    const created = await device.push(code.uid, { kind: 'create', record: code });
    expect(created).toMatchObject({ kind: 'applied' });
    expect(await device.patch(code.uid, 'name', 'VAT 20 %', 'VAT')).toMatchObject({
      kind: 'applied',
    });
    expect((await pullSettings(owner)).records).toContainEqual({ ...code, name: 'VAT' });
    expect((await business(owner)).revision).toBe(1);
    const lost = await registerUser();
    expect((await pullSettings(lost)).records).not.toContainEqual(
      expect.objectContaining({ uid: code.uid }),
    );
  });

  it('R17 that cannot be are refused, and nothing else waits for them', async () => {
    const owner = await registerUser();
    const device = createDevice(owner);
    const { business: record } = await pullSettings(owner);
    const details = { kind: 'iban', holder: '', bankName: '', iban: 'PL1', bic: '' };
    const account = { uid: newUid<string>(), label: 'Main', currency: 'PLN', details };
    const path = `bankAccounts.${account.uid}`;
    expect(await device.patch(owner.business, path, null, account)).toMatchObject({
      kind: 'rejected',
      field: 'bankAccounts.0.details.iban',
    });
    expect(await device.push(owner.business, { kind: 'delete', record })).toMatchObject({
      kind: 'rejected',
      code: 'business_stays',
    });
    const foreign = { ...record, uid: newUid<string>() };
    expect(await device.push(foreign.uid, { kind: 'create', record: foreign })).toMatchObject({
      kind: 'rejected',
      code: 'business_unknown',
    });
    expect(await device.patch(owner.business, 'type', 'business', 'series')).toMatchObject({
      kind: 'rejected',
    });
    expect(await device.patch(owner.business, 'phone', '', '3')).toMatchObject({ kind: 'applied' });
    expect((await business(owner)).revision).toBe(2);
  });
});
