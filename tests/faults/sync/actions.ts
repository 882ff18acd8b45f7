import type { Acting } from './acting';
import { CHOICE_ACTORS } from './choice-actions';
import { DRAFT_ACTORS } from './draft-actions';
import { PAPER_ACTORS } from './paper-actions';
import { RECORD_ACTORS } from './record-actions';
import type { Action } from './schedule';

/** Each action as the screens do it: by the app's own use cases, on what this device shows. */
export const ACTORS: Readonly<Record<Action, (acting: Acting) => Promise<void>>> = {
  ...RECORD_ACTORS,
  ...DRAFT_ACTORS,
  ...PAPER_ACTORS,
  ...CHOICE_ACTORS,
};
