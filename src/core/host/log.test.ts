import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { describeError } from './log';

describe('what the log keeps of an error', () => {
  it('is kind and place, not a message that may quote a client', () => {
    const description = describeError(new Error('Acme Ltd owes 12'));
    expect(description).toMatchObject({ name: 'Error' });
    expect(description['stack']).toContainEqual(expect.stringContaining('log.test.ts'));
    expect(JSON.stringify(description)).not.toContain('Acme');
  });

  it('is the message where the engine made it', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      message: 'x is not a function',
    });
  });

  it('is path and rule of a value that does not fit, and the cause', () => {
    const { error } = z.object({ name: z.string() }).safeParse({ name: 5 });
    const description = describeError(new Error('Acme', { cause: error }));
    expect(description['cause']).toMatchObject({ issues: ['name: invalid_type'] });
  });

  it('stays calm about things thrown that are no errors', () => {
    expect(describeError('Acme')).toEqual({ name: 'string' });
  });
});
