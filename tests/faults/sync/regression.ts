import type { CallFault } from './fault-plan';
import type { Schedule, Step, UNDISTURBED_WORLD } from './schedule';

/** A schedule that failed once, or that catches a defect of tests/faults/defects.ts, made small by hand. */
export type Regression = Omit<Schedule, keyof typeof UNDISTURBED_WORLD> &
  Partial<Schedule> & { readonly name: string };

export function act(device: number, action: Extract<Step, { kind: 'act' }>['action']): Step {
  return { kind: 'act', device, action, pick: 0 };
}

/** A sync that asks everything. */
export function sync(device: number, ...faults: (CallFault | null)[]): Step {
  return { kind: 'sync', device, asks: 'all', faults, killAt: null, acts: [] };
}

/** One whose process ends at a checkpoint. */
export function killed(device: number, killAt: number): Step {
  return { kind: 'sync', device, asks: 'all', faults: [], killAt, acts: [] };
}
