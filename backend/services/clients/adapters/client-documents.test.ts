import { expect, it } from 'vitest';

import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';
import { createClientDocuments } from './client-documents';

const tenant = newUid<BusinessUid>();
const client = { id: 7, uid: newUid<ClientUid>() };

it('exist where one of the two knows of one', async () => {
  const asked: string[] = [];
  const having = (name: string) =>
    createClientDocuments({
      get: async (service, path) => {
        asked.push(path);
        return { exist: service === name };
      },
    }).exist(tenant, client);
  expect(await having('orders')).toBe(true);
  expect(await having('invoices')).toBe(true);
  expect(await having('nobody')).toBe(false);
  const path = `/tenants/${tenant}/clients/7/${client.uid}/documents`;
  expect(new Set(asked)).toEqual(new Set([path]));
});

it('are not known while one of the two is away, or takes its time', async () => {
  const away = createClientDocuments({
    get: async (service) => {
      if (service === 'orders') throw new ServiceUnavailableError('orders cannot be asked');
      return { exist: false };
    },
  });
  await expect(away.exist(tenant, client)).rejects.toThrow(ServiceUnavailableError);
  const slow = createClientDocuments({
    get: (service) =>
      service === 'orders' ? new Promise(() => undefined) : Promise.resolve({ exist: false }),
  });
  const began = Date.now();
  await expect(slow.exist(tenant, client)).rejects.toThrow(ServiceUnavailableError);
  expect(Date.now() - began).toBeLessThan(5_000);
});
