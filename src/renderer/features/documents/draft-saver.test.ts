import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { Result } from '../../../shared/domain/result';
import { err, ok } from '../../../shared/domain/result';
import type { DraftStore, KeptDraft, SavedDraft, SaveState } from './draft-saver';
import { createDraftSaver } from './draft-saver';

interface Call {
  readonly kind: 'create' | 'update';
  readonly content: string;
  /** Of an update: what was kept before. */
  readonly base?: string;
  readonly answer: (result?: Result<SavedDraft<string>, ApiError>) => Promise<void>;
}

/** A store whose calls are answered by hand, in the order and with the outcome a test wants. */
function makeStore() {
  const calls: Call[] = [];
  let version = 0;
  const record = (kind: Call['kind'], content: string, base?: string) =>
    new Promise<Result<SavedDraft<string>, ApiError>>((resolve) => {
      calls.push({
        kind,
        content,
        ...(base === undefined ? {} : { base }),
        answer: async (result = ok({ uid: 'draft', updatedAt: `${++version}` })) => {
          resolve(result);
          await vi.advanceTimersByTimeAsync(0);
        },
      });
    });
  const store: DraftStore<string, string> = {
    create: (content) => record('create', content),
    update: (_uid, content, base) => record('update', content, base),
  };
  return { store, calls };
}

function start(kept: KeptDraft<string> | null = null) {
  const { store, calls } = makeStore();
  const states: SaveState['kind'][] = [];
  const saver = createDraftSaver({
    store,
    initial: '',
    kept,
    onState: (state) => states.push(state.kind),
    delayMs: 400,
    createDelayMs: 100,
    retryMs: 1_000,
  });
  return { saver, calls, states };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('draft saver', () => {
  it('creates nothing until something is really written', async () => {
    const { saver, calls } = start();
    saver.change('');
    expect(await saver.flush()).toBe(true);
    saver.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(0);
  });

  it('tells what it began with, and takes nothing for seen that came along', async () => {
    const { saver, calls } = start({ uid: 'draft', updatedAt: '7' });
    saver.change('a');
    await vi.advanceTimersByTimeAsync(400);
    expect(calls.at(-1)).toMatchObject({ kind: 'update', content: 'a', base: '' });
    await calls.at(-1)?.answer(ok({ uid: 'draft', updatedAt: '9', isUnseen: true }));
    expect(saver.kept()).toEqual({ uid: 'draft', updatedAt: '7', unseenAt: '9' });
    expect(saver.keptContent()).toBe('a');
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(400);
    expect(calls.at(-1)).toMatchObject({ content: 'ab', base: 'a' });
    await calls.at(-1)?.answer(ok({ uid: 'draft', updatedAt: '10' }));
    expect(saver.kept()).toEqual({ uid: 'draft', updatedAt: '10' });
    saver.close();
  });

  it('creates nothing when the first edit is taken back in time', async () => {
    const { saver, calls, states } = start();
    saver.change('a');
    saver.change('');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(0);
    expect(states).toEqual(['saving', 'untouched']);
  });

  it('waits for a pause, creates once and updates from then on', async () => {
    const { saver, calls, states } = start();
    saver.change('a');
    await vi.advanceTimersByTimeAsync(90);
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(90);
    expect(calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(calls.map((call) => [call.kind, call.content])).toEqual([['create', 'ab']]);
    await calls[0]?.answer();
    saver.change('abc');
    await vi.advanceTimersByTimeAsync(390);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(calls[1]).toMatchObject({ kind: 'update', content: 'abc' });
    await calls[1]?.answer();
    expect(states.at(-1)).toBe('saved');
    expect(saver.kept()).toEqual({ uid: 'draft', updatedAt: '2' });
  });

  it('never creates twice while the first call is under way', async () => {
    const { saver, calls } = start();
    saver.change('a');
    const first = saver.flush();
    saver.change('ab');
    const second = saver.flush();
    expect(calls).toHaveLength(1);
    await calls[0]?.answer();
    expect(calls.map((call) => call.kind)).toEqual(['create', 'update']);
    await calls[1]?.answer();
    expect(await first).toBe(true);
    expect(await second).toBe(true);
    expect(calls).toHaveLength(2);
  });

  it('keeps what was typed and tries again when the core is away', async () => {
    const { saver, calls, states } = start();
    saver.change('a');
    await vi.advanceTimersByTimeAsync(400);
    await calls[0]?.answer(err({ kind: 'unavailable' }));
    expect(states.at(-1)).toBe('waiting');
    expect(saver.hasUnsaved()).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls[1]).toMatchObject({ kind: 'create', content: 'a' });
    await calls[1]?.answer();
    expect(states.at(-1)).toBe('saved');
  });

  it('tells why content is refused and sends the mended content', async () => {
    const { saver, calls, states } = start();
    saver.change('bad');
    await vi.advanceTimersByTimeAsync(400);
    await calls[0]?.answer(err({ kind: 'refused', issues: [{ field: '', code: 'x' }] }));
    expect(states.at(-1)).toBe('refused');
    saver.change('good');
    await vi.advanceTimersByTimeAsync(400);
    expect(calls[1]?.content).toBe('good');
  });

  it('stops at a draft that is gone', async () => {
    const { saver, calls, states } = start({ uid: 'draft', updatedAt: '0' });
    saver.change('a');
    await vi.advanceTimersByTimeAsync(400);
    await calls[0]?.answer(err({ kind: 'not_found', entity: 'invoice', uid: 'draft' }));
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls).toHaveLength(1);
    expect(states.at(-1)).toBe('failed');
  });

  it('sends what is left when it is closed', () => {
    const { saver, calls } = start({ uid: 'draft', updatedAt: '0' });
    saver.change('a');
    saver.close();
    expect(calls.map((call) => call.content)).toEqual(['a']);
  });
});
