import fc from 'fast-check';

import { EVENT_ORDERS, type EventOrder } from './bus';
import { SYNCING, type SyncingService } from './databases';
import type { HowToSync } from './device';
import type { CallFault } from './fault-plan';
import { callFaults, sometimes } from './fault-plan';

/**
 * One thing that happens in a schedule. `device` and `pick` are numbers that the world takes
 * modulo what there is, so that any part of a schedule is a schedule too and can be left out when
 * a failure is made smaller.
 */
export type Step =
  | (Act & { readonly kind: 'act'; readonly device: number })
  | {
      readonly kind: 'sync';
      readonly device: number;
      readonly asks: HowToSync['asks'];
      readonly faults: readonly (CallFault | null)[];
      /** Ends the process at this checkpoint of the engine; null lets it live. */
      readonly killAt: number | null;
      /** What a person does on the device meanwhile, at checkpoints of the engine. */
      readonly acts: readonly (Act & { readonly at: number })[];
    }
  /** Two devices at the same moment. */
  | { readonly kind: 'sync_together'; readonly device: number; readonly other: number }
  | { readonly kind: 'rest'; readonly action: RestAction; readonly pick: number }
  | { readonly kind: 'fork'; readonly device: number }
  | { readonly kind: 'back_up_device'; readonly device: number }
  | { readonly kind: 'restore_device'; readonly device: number }
  | { readonly kind: 'shift_clock'; readonly device: number; readonly years: number }
  | { readonly kind: 'restart_cloud' }
  | { readonly kind: 'back_up_cloud' }
  /** Of one service, or of all of them. */
  | { readonly kind: 'restore_cloud'; readonly service: SyncingService | null }
  /** What services tell each other comes no more, or comes now: twice, or in the wrong order. */
  | { readonly kind: 'events'; readonly how: 'hold' | EventOrder };

export interface Act {
  readonly action: Action;
  readonly pick: number;
}

/** What a person does on a device. */
export const ACTIONS = [
  'create_client',
  'edit_client_name',
  'edit_client_notes',
  'delete_client',
  'create_product',
  'edit_product',
  'create_order',
  'edit_order',
  'create_draft',
  'edit_draft_notes',
  'edit_draft_line',
  'add_draft_line',
  'remove_draft_line',
  'edit_draft_currency',
  'delete_draft',
  'finalise',
  'credit',
  'pay',
  'send',
  'cancel_send',
  'edit_business',
  'keep_mine',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What most others need something of. */
const FREQUENT: readonly Action[] = [
  'create_client',
  'create_client',
  'create_draft',
  'create_draft',
  'create_draft',
  'edit_client_notes',
  'edit_draft_notes',
  'finalise',
  'finalise',
];

/** What a REST client does. */
export const REST_ACTIONS = [
  'create_client',
  'edit_client',
  'edit_draft',
  'finalise',
  'pay',
] as const;
export type RestAction = (typeof REST_ACTIONS)[number];

const device = fc.nat({ max: 4 });
const pick = fc.nat({ max: 9_999 });
const action = fc.constantFrom(...ACTIONS, ...FREQUENT);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      device,
      action,
      pick,
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      kind: fc.constant('sync' as const),
      device,
      asks: fc.constantFrom('all', 'moved', 'moved'),
      faults: callFaults,
      killAt: sometimes(4, fc.nat({ max: 30 }), null),
      acts: sometimes(
        3,
        fc.array(fc.record({ at: fc.nat({ max: 20 }), action, pick }), {
          minLength: 1,
          maxLength: 2,
        }),
        [],
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sync_together' as const),
      device,
      other: device,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('rest' as const),
      action: fc.constantFrom(...REST_ACTIONS),
      pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), device }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('back_up_device' as const), device }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restore_device' as const), device }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('shift_clock' as const),
      device,
      years: fc.integer({ min: -5, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'restart_cloud' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'back_up_cloud' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restore_cloud' as const),
      service: fc.constantFrom(null, null, ...SYNCING),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('events' as const),
      how: fc.constantFrom('hold', 'hold', ...EVENT_ORDERS),
    }),
  },
);

export interface Schedule {
  readonly devices: number;
  /** What happens to the calls by which the devices are registered at first. */
  readonly joining: readonly (CallFault | null)[];
  readonly steps: readonly Step[];
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  devices: fc.integer({ min: 3, max: 5 }),
  joining: callFaults,
  steps: fc.array(step, { minLength: 15, maxLength: 50, size: 'max' }),
});
