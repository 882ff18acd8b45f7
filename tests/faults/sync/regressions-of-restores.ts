import { act, type Regression, sync } from './regression';

/** Of clouds that were put back from a backup. */
export const RESTORES: readonly Regression[] = [
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
    name: 'R63 a document that the cloud issued stays so where its draft was finalised again',
    devices: 4,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      sync(2),
      { kind: 'back_up_cloud' },
      { kind: 'rest', action: 'finalise', pick: 0 },
      sync(1),
      sync(3),
      act(2, 'finalise'),
      { kind: 'restore_cloud', service: 'invoices' },
      sync(2),
      sync(1),
      sync(3),
    ],
  },
  {
    name: 'R63 a paper comes also where somebody told of its document without it',
    devices: 3,
    steps: [
      act(0, 'create_client'),
      act(0, 'create_draft'),
      sync(0),
      sync(1),
      { kind: 'back_up_cloud' },
      act(0, 'finalise'),
      sync(0),
      // Everything but the paper.
      sync(1, ...Array<null>(8).fill(null), 'answer_503'),
      { kind: 'restore_cloud', service: null },
      ...[1, 1, 1, 0].map((device) => sync(device)),
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
];
