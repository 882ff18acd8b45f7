import { z } from 'zod';

const offset = z.coerce.number().int().default(0);

/** What the service takes for now. */
export type Clock = () => Date;

/**
 * The machine's clock; `DOCCENTR_CLOCK_OFFSET_MS` moves it for tests of due dates and reminders,
 * which nobody can wait for.
 */
export function readClock(variables: NodeJS.ProcessEnv = process.env): Clock {
  const milliseconds = offset.parse(variables['DOCCENTR_CLOCK_OFFSET_MS']);
  return milliseconds === 0 ? () => new Date() : () => new Date(Date.now() + milliseconds);
}

const sweepEnvironment = z.object({
  DOCCENTR_SWEEP_EVERY_SECONDS: z.coerce.number().min(1).default(30),
  DOCCENTR_SWEEP_AFTER_SECONDS: z.coerce.number().min(1).default(60),
});

/** How often the sweep looks, and how long something may stand still; shorter in tests of faults. */
export function readSweepTimes(variables: NodeJS.ProcessEnv = process.env): {
  readonly everyMs: number;
  readonly afterMs: number;
} {
  const parsed = sweepEnvironment.parse(variables);
  return {
    everyMs: parsed.DOCCENTR_SWEEP_EVERY_SECONDS * 1_000,
    afterMs: parsed.DOCCENTR_SWEEP_AFTER_SECONDS * 1_000,
  };
}
