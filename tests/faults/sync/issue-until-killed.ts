import type { NumberLedger } from '../../../src/core/numbering/ledger';
import type { Acting } from './acting';
import { ACTORS } from './actions';
import { type Device, Killed } from './device';

/** Before and after each of the two writes of the ledger when a document is issued. */
export const ISSUING_MOMENTS = 4;

/** Finalises a draft in a process that ends at one of these moments; answers whether it came to that. */
export async function issueUntilKilled(
  device: Device,
  acting: Acting,
  moment: number,
): Promise<boolean> {
  let passed = 0;
  const pass = () => {
    passed += 1;
    if (passed - 1 !== moment) return;
    device.kill();
    throw new Killed();
  };
  const { context } = acting;
  const around = (write: () => void): void => {
    pass();
    write();
    pass();
  };
  const ledger: NumberLedger = {
    ...context.ledger,
    intend: (entry) => around(() => context.ledger.intend(entry)),
    confirm: (place) => around(() => context.ledger.confirm(place)),
  };
  try {
    await ACTORS.finalise({ ...acting, context: { ...context, ledger } });
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  }
}
