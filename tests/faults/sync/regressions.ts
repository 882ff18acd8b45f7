import type { CallFault } from './fault-plan';
import type { Schedule, Step } from './schedule';

function act(device: number, action: Extract<Step, { kind: 'act' }>['action']): Step {
  return { kind: 'act', device, action, pick: 0 };
}

function sync(device: number, ...faults: CallFault[]): Step {
  return { kind: 'sync', device, asks: 'all', faults, killAt: null, acts: [] };
}

/**
 * Schedules that failed once, or that catch a defect of tests/faults/defects.ts, made small by
 * hand; they run before all others.
 */
export const REGRESSIONS: readonly (Omit<Schedule, 'joining'> & { readonly name: string })[] = [
  {
    name: 'R15 a copy that changes a queued mutation tells it as another one',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      { kind: 'fork', device: 0 },
      act(3, 'edit_client_name'),
      sync(0),
      sync(3),
    ],
  },
  {
    name: 'R3 a backup from before a series opens, and its documents come back',
    devices: 3,
    steps: [
      { kind: 'back_up_device', device: 0 },
      { kind: 'fork', device: 0 },
      act(3, 'create_client'),
      sync(3),
      act(0, 'create_client'),
      sync(0),
      act(0, 'create_draft'),
      act(0, 'finalise'),
      { kind: 'restore_device', device: 0 },
    ],
  },
  {
    name: 'R3 a device whose copy gives way goes on in the series that both had',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      sync(0),
      { kind: 'fork', device: 0 },
      act(3, 'edit_client_name'),
      sync(3),
      act(0, 'create_client'),
      sync(0),
      sync(0),
      sync(3),
      act(3, 'create_draft'),
      act(3, 'finalise'),
    ],
  },
  {
    name: 'R40 a draft that is edited elsewhere while it is finalised gives a notice',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      sync(1),
      act(1, 'finalise'),
      act(0, 'edit_draft_notes'),
      sync(0),
      sync(1),
    ],
  },
  {
    name: 'R40 a draft that is edited and deleted elsewhere while it is finalised gives a notice',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      sync(1),
      act(1, 'edit_draft_notes'),
      sync(1),
      act(1, 'delete_draft'),
      act(0, 'finalise'),
      sync(1),
      sync(0),
    ],
  },
  {
    name: 'R61 a copy that tells a restored cloud first does not hide what the other had told',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      sync(0),
      { kind: 'fork', device: 0 },
      { kind: 'back_up_cloud' },
      act(3, 'edit_client_notes'),
      sync(3),
      { kind: 'restore_cloud', service: null },
      act(0, 'create_client'),
      sync(0),
    ],
  },
  {
    name: 'R3 a restored device that is copied becomes a third device',
    devices: 3,
    steps: [
      { kind: 'back_up_device', device: 0 },
      act(0, 'create_client'),
      { kind: 'restore_device', device: 0 },
      { kind: 'fork', device: 0 },
      sync(0),
      sync(3),
    ],
  },
  {
    name: 'R63 a document that the cloud issued stays so on whoever knows it',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      { kind: 'back_up_cloud' },
      { kind: 'rest', action: 'finalise', pick: 0 },
      sync(1),
      sync(2),
      { kind: 'restore_cloud', service: null },
      sync(1),
    ],
  },
  {
    name: 'R63 what a restored cloud lacks is told again by whoever has it',
    devices: 3,
    steps: [
      { kind: 'back_up_cloud' },
      act(0, 'create_client'),
      act(0, 'create_draft'),
      act(0, 'finalise'),
      sync(0),
      sync(1),
      { kind: 'restore_cloud', service: null },
    ],
  },
  {
    name: 'R53 a device that ends between a page and its cursor asks for the page again',
    devices: 3,
    steps: [
      sync(1),
      act(0, 'create_client'),
      sync(0),
      // Settings are asked for, answered and stored, and clients are asked for and answered.
      { kind: 'sync', device: 1, asks: 'all', faults: [], killAt: 4, acts: [] },
    ],
  },
  {
    name: 'R16 a conflict whose answer was lost is told again as a conflict',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      sync(0),
      sync(1),
      act(0, 'edit_client_notes'),
      act(1, 'edit_client_notes'),
      sync(0),
      sync(1, 'drop_answer'),
    ],
  },
  {
    name: 'R37 a wish that is typed over a conflict does not take the place of the earlier one',
    devices: 3,
    steps: [
      act(0, 'edit_business'),
      act(1, 'edit_business'),
      sync(1),
      sync(0),
      act(0, 'edit_business'),
      act(1, 'edit_business'),
      sync(1),
      sync(0),
    ],
  },
  {
    name: 'R70 a device whose clock is years behind takes in what is new',
    devices: 3,
    steps: [
      sync(1),
      { kind: 'shift_clock', device: 1, years: -5 },
      act(0, 'create_client'),
      sync(0),
      sync(1),
    ],
  },
  {
    name: 'R54 a pull overwrites nothing that was not told yet',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      sync(0),
      sync(1),
      act(1, 'edit_client_notes'),
      sync(1, 'answer_503', 'answer_503'),
      act(1, 'edit_client_notes'),
      act(0, 'edit_client_name'),
      sync(0),
      sync(1, 'answer_503', 'answer_503'),
    ],
  },
  {
    name: 'R13 two devices that use the same numbers lose nothing',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      sync(0),
      { kind: 'fork', device: 0 },
      act(3, 'create_client'),
      sync(3),
      act(0, 'create_client'),
      sync(0),
    ],
  },
  {
    name: 'R42 two devices finalise the same draft',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      sync(1),
      act(0, 'finalise'),
      act(1, 'finalise'),
      sync(0),
      sync(1),
    ],
  },
  {
    name: 'R18 an invoice waits for its client, whose service is away',
    devices: 3,
    steps: [sync(0), act(0, 'create_client'), act(0, 'create_draft'), sync(0, 'answer_503')],
  },
  {
    name: 'R52 a tombstone reaches every device',
    devices: 3,
    steps: [act(0, 'create_client'), sync(0), sync(1), act(0, 'delete_client'), sync(0)],
  },
  {
    name: 'R50 no reader skips a version while others write',
    devices: 4,
    steps: Array.from({ length: 12 }).flatMap((_, index): Step[] => [
      act(index % 4, 'create_client'),
      act((index + 1) % 4, 'create_client'),
      { kind: 'sync_together', device: index % 4, other: (index + 1) % 4 },
    ]),
  },
];
