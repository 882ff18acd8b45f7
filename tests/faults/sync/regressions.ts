import type { Regression } from './regression';
import { DEVICES } from './regressions-of-devices';
import { MERGING } from './regressions-of-merging';
import { RESTORES } from './regressions-of-restores';

/** The kept schedules; they run before all others. */
export const REGRESSIONS: readonly Regression[] = [...MERGING, ...DEVICES, ...RESTORES];
