import fc from 'fast-check';

import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import { EVENT_ORDERS, type EventOrder } from './bus';
import { SYNCING, type SyncingService } from './databases';
import type { CallFault } from './fault-plan';
import { callFaults, DECISIONS, sometimes } from './fault-plan';
import type { Moment } from './life';
import type { HowToSync } from './rounds';

/**
 * One thing that happens in a schedule. `device` and `pick` are numbers that the world takes
 * modulo what there is, so that any part of a schedule is a schedule too and can be left out when
 * a failure is made smaller.
 */
export type Step =
  | (Act & { readonly kind: 'act'; readonly device: number })
  /** Somebody who is shown a conflict, a rejection or a notice deals with it, or regrets a choice. */
  | { readonly kind: 'decide'; readonly pick: number }
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
  /** Two devices at the same moment; the cloud's processes may end in one of its transactions. */
  | {
      readonly kind: 'sync_together';
      readonly device: number;
      readonly other: number;
      readonly dies: { readonly moment: Moment; readonly skipped: number } | null;
    }
  /** All devices one after the other, undisturbed: each sees what the others have told. */
  | { readonly kind: 'meet' }
  /** A machine that worked alone joins the business with what it has. */
  | {
      readonly kind: 'adopt';
      readonly device: number;
      readonly faults: readonly (CallFault | null)[];
      readonly killAt: number | null;
    }
  /** A document is finalised, and the process ends before or after one of the writes of the ledger. */
  | { readonly kind: 'kill_while_issuing'; readonly device: number; readonly pick: number }
  | { readonly kind: 'lose_ledger'; readonly device: number }
  /** What the user of a device may do in the cloud. */
  | { readonly kind: 'role'; readonly device: number; readonly role: Role }
  | { readonly kind: 'rest'; readonly action: RestAction; readonly pick: number }
  | { readonly kind: 'fork'; readonly device: number }
  | { readonly kind: 'back_up_device'; readonly device: number }
  | { readonly kind: 'restore_device'; readonly device: number }
  | { readonly kind: 'shift_clock'; readonly device: number; readonly years: number }
  | { readonly kind: 'restart_cloud' }
  | { readonly kind: 'forget_tombstones' }
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
  'edit_unprintably',
  ...DECISIONS,
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
  // One record that all have: what two people write there is a conflict.
  'edit_business',
  'edit_business',
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

const device = fc.nat({ max: 6 });
const ROLES: readonly Role[] = ['owner', 'bookkeeper', 'viewer', 'owner'];
const pick = fc.nat({ max: 9_999 });
const action = fc.constantFrom(...ACTIONS, ...FREQUENT);
const killAt = sometimes(4, fc.nat({ max: 30 }), null);

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
      killAt,
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
      dies: sometimes(
        3,
        fc.record({
          moment: fc.constantFrom('before_commit' as const, 'after_commit' as const),
          skipped: fc.nat({ max: 6 }),
        }),
        null,
      ),
    }),
  },
  { weight: 24, arbitrary: fc.record({ kind: fc.constant('decide' as const), pick }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'meet' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('adopt' as const),
      device,
      faults: callFaults,
      killAt: sometimes(4, fc.nat({ max: 3 }), null),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('kill_while_issuing' as const), device, pick }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose_ledger' as const), device }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('role' as const),
      device,
      role: fc.constantFrom(...ROLES),
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
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('back_up_device' as const), device }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('restore_device' as const), device }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('shift_clock' as const),
      device,
      years: fc.integer({ min: -5, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'restart_cloud' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'forget_tombstones' as const }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'back_up_cloud' as const }) },
  {
    weight: 4,
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
  /** Those that have joined the business, and those that still work alone. */
  readonly devices: number;
  readonly alone: number;
  /** Whether there are a client and drafts before anything happens. */
  readonly isFurnished: boolean;
  /** What happens to the calls by which the devices are registered at first. */
  readonly joining: readonly (CallFault | null)[];
  /** Records of a page at most. */
  readonly pageRows: number;
  readonly steps: readonly Step[];
}

/** What a schedule has besides devices and steps, where nothing of it matters. */
export const UNDISTURBED_WORLD = {
  alone: 0,
  isFurnished: false,
  joining: [],
  pageRows: 1_000,
} as const;

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  devices: fc.integer({ min: 3, max: 5 }),
  alone: fc.constantFrom(0, 0, 1, 2),
  isFurnished: fc.constantFrom(true, true, true, false),
  joining: callFaults,
  pageRows: fc.constantFrom(2, 7, UNDISTURBED_WORLD.pageRows, UNDISTURBED_WORLD.pageRows),
  steps: fc.array(step, { minLength: 15, maxLength: 50, size: 'max' }),
});
