import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseInput } from './issues';

const schema = z.object({
  name: z.string().trim().min(1).max(5),
  code: z.string().min(3).optional(),
  rate: z.int().min(0).max(100),
  email: z.email(),
  kind: z.enum(['a', 'b']),
  lines: z.array(z.object({ quantity: z.int() })).min(1),
  zone: z.string().refine((zone) => zone !== 'nowhere', {
    params: { code: 'time_zone_unknown', zone: 'nowhere', extra: {} },
  }),
});
const valid = {
  name: 'Acme',
  rate: 1,
  email: 'a@example.com',
  kind: 'a',
  lines: [{ quantity: 1 }],
  zone: 'UTC',
};

function issuesFor(changes: object): unknown {
  const parsed = parseInput(schema, { ...valid, ...changes });
  return parsed.ok ? [] : parsed.error;
}

describe('issues of malformed input', () => {
  it('are none when all is well', () => {
    expect(parseInput(schema, valid)).toEqual({ ok: true, value: valid });
  });

  it('call what is missing or empty required', () => {
    expect(issuesFor({ name: undefined })).toEqual([{ field: 'name', code: 'required' }]);
    expect(issuesFor({ name: ' ' })).toEqual([{ field: 'name', code: 'required' }]);
    expect(issuesFor({ email: '' })).toEqual([{ field: 'email', code: 'required' }]);
    expect(issuesFor({ kind: undefined })).toEqual([{ field: 'kind', code: 'required' }]);
    expect(issuesFor({ lines: [] })).toEqual([{ field: 'lines', code: 'required' }]);
  });

  it('tell lengths from sizes, with the limit', () => {
    expect(issuesFor({ name: 'Acme Ltd' })).toEqual([
      { field: 'name', code: 'too_long', params: { limit: 5 } },
    ]);
    expect(issuesFor({ code: 'ab' })).toEqual([
      { field: 'code', code: 'too_short', params: { limit: 3 } },
    ]);
    expect(issuesFor({ rate: 101 })).toEqual([
      { field: 'rate', code: 'too_large', params: { limit: 100 } },
    ]);
    expect(issuesFor({ rate: -1 })).toEqual([
      { field: 'rate', code: 'too_small', params: { limit: 0 } },
    ]);
  });

  it('call the rest invalid, with the path of the field', () => {
    expect(issuesFor({ name: 5 })).toEqual([{ field: 'name', code: 'invalid' }]);
    expect(issuesFor({ email: 'nobody' })).toEqual([{ field: 'email', code: 'invalid' }]);
    expect(issuesFor({ lines: [{ quantity: 1 }, { quantity: 1.5 }] })).toEqual([
      { field: 'lines.1.quantity', code: 'invalid' },
    ]);
  });

  it('take code and parameters of a rule of ours', () => {
    expect(issuesFor({ zone: 'nowhere' })).toEqual([
      { field: 'zone', code: 'time_zone_unknown', params: { zone: 'nowhere' } },
    ]);
  });

  it('name fields that do not exist where the schema is strict', () => {
    const strict = z.object({ inner: z.strictObject({}) });
    expect(parseInput(strict, { inner: { shoe: 1 } })).toEqual({
      ok: false,
      error: [{ field: 'inner.shoe', code: 'unknown_field' }],
    });
  });
});
