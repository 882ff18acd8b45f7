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
