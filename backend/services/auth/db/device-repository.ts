import { and, count, eq, isNull, max } from 'drizzle-orm';

import type {
  DeviceRegistration,
  RegisteredDevice,
} from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid, DeviceUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { deviceLetter } from '../../../../src/shared/domain/number-series';
import type { Database, Transaction } from '../../../kit/database/database';
import { devices } from './schema';

/**
 * Registers a device of a business that `lockBusiness` has locked, so that no two get the same
 * letter; one that is known keeps its own (R2). The device that it replaces is retired (R3).
 */
export async function registerDevice(
  transaction: Transaction,
  tenant: BusinessUid,
  userId: number,
  { device, name, replaces }: Omit<DeviceRegistration, 'protocol'>,
): Promise<RegisteredDevice> {
  const isDevice = and(eq(devices.tenant, tenant), eq(devices.device, device));
  const [known] = await transaction.select().from(devices).where(isDevice);
  if (known !== undefined) {
    if (known.name !== name) await transaction.update(devices).set({ name }).where(isDevice);
    return { device, letter: known.letter };
  }
  const now = new Date();
  const letter = deviceLetter(await countDevices(transaction, tenant));
  await transaction
    .insert(devices)
    .values({ tenant, device, name, letter, userId, replaces, createdAt: now });
  if (replaces !== null) {
    await transaction
      .update(devices)
      .set({ retiredAt: now })
      .where(
        and(eq(devices.tenant, tenant), eq(devices.device, replaces), isNull(devices.retiredAt)),
      );
  }
  return { device, letter };
}

/** All there ever were: retired ones keep their letters. */
async function countDevices(transaction: Transaction, tenant: BusinessUid): Promise<number> {
  const [row] = await transaction
    .select({ all: count() })
    .from(devices)
    .where(eq(devices.tenant, tenant));
  return row?.all ?? 0;
}

/** More than join a business between two backups. */
const RESERVED = 20;

/**
 * After a backup was put back: devices that registered since are forgotten, their numbers are
 * printed. The next letters of every business are left out, so that none of them is given twice.
 */
export async function skipLetters(db: Database): Promise<void> {
  const known = await db
    .select({ tenant: devices.tenant, all: count(), userId: max(devices.userId) })
    .from(devices)
    .groupBy(devices.tenant);
  const now = new Date();
  for (const { tenant, all, userId } of known) {
    await db.insert(devices).values(
      Array.from({ length: RESERVED }, (_, index) => ({
        tenant,
        device: newUid<DeviceUid>(),
        name: 'left out after a restore',
        letter: deviceLetter(all + index),
        userId: userId ?? 0,
        replaces: null,
        createdAt: now,
        retiredAt: now,
      })),
    );
  }
}
