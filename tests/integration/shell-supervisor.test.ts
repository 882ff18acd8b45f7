import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createSecretFile, noCipher } from '../../src/core/host/secret-file';
import { superviseCore, type CoreProcess, type Supervisor } from '../../src/core/host/supervisor';
import type { CoreEvent } from '../../src/shared/contracts/core-protocol';

const script = fileURLToPath(new URL('support/scripted-core.mjs', import.meta.url));

type Behaviour = 'good' | 'silent' | 'stillborn' | 'crowded';

let running: Supervisor | null = null;

afterEach(async () => {
  await running?.stop();
  running = null;
});

/** A real child process, see scripted-core.mjs. */
function startScript(behaviour: Behaviour): CoreProcess {
  const child = fork(script, [behaviour], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    send: (message) => child.send(message as object, () => undefined),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    end: () => child.disconnect(),
    kill: () => child.kill('SIGKILL'),
  };
}

function supervise(behaviour: Behaviour, callTimeoutMs = 10_000) {
  const events: CoreEvent[] = [];
  const starts: Behaviour[] = [];
  const givenUp = Promise.withResolvers<string>();
  const supervisor = superviseCore({
    spawn: () => {
      starts.push(behaviour);
      return startScript(behaviour);
    },
    platform: createSecretFile(join(tmpdir(), 'doccentr-unused'), noCipher),
    onEvent: (event) => events.push(event),
    onGivenUp: (reason) => givenUp.resolve(reason),
    firstRetryMs: 5,
    callTimeoutMs,
  });
  running = supervisor;
  return { supervisor, events, starts, givenUp: givenUp.promise };
}

const UNAVAILABLE = { ok: false, error: { kind: 'unavailable' } };

describe('the supervisor of the core', () => {
  it('relays calls to their own answers', async () => {
    const { supervisor } = supervise('good');
    await supervisor.ready;
    const inputs = Array.from({ length: 50 }, (_, number) => ({ number }));
    const answers = await Promise.all(inputs.map((input) => supervisor.call('echo', input)));
    expect(answers).toEqual(inputs.map((value) => ({ ok: true, value })));
  });

  it('answers what was pending when the core dies, starts it again and has all read anew', async () => {
    const { supervisor, events, starts } = supervise('good');
    await supervisor.ready;
    expect(await supervisor.call('die', {})).toEqual(UNAVAILABLE);
    expect(await supervisor.call('echo', 1)).toEqual(UNAVAILABLE);
    await vi.waitFor(() => expect(events).toContainEqual({ event: 'app_state' }), 5_000);
    expect(events.at(-1)).toMatchObject({ event: 'changed' });
    expect(await supervisor.call('echo', 2)).toEqual({ ok: true, value: 2 });
    expect(starts).toHaveLength(2);
  });

  it('does not wait for ever for a core that does not answer', async () => {
    const { supervisor } = supervise('silent', 50);
    await supervisor.ready;
    expect(await supervisor.call('echo', 1)).toEqual(UNAVAILABLE);
  });

  it('passes over messages that are neither answer nor event', async () => {
    const { supervisor, events } = supervise('good');
    await supervisor.ready;
    expect(await supervisor.call('babble', 3)).toEqual({ ok: true, value: 3 });
    expect(events).toEqual([{ event: 'ready' }]);
  });

  it('gives up on a core that never becomes ready', async () => {
    const { starts, givenUp } = supervise('stillborn');
    expect(await givenUp).toBe('crashed');
    expect(starts.length).toBeGreaterThan(1);
    expect(starts.length).toBeLessThan(10);
  });

  it('says at once when another process has the data directory', async () => {
    const { starts, givenUp } = supervise('crowded');
    expect(await givenUp).toBe('directory_in_use');
    expect(starts).toHaveLength(1);
  });

  it('ends the core and answers nothing afterwards', async () => {
    const { supervisor, starts } = supervise('good');
    await supervisor.ready;
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    expect(await supervisor.call('echo', 1)).toEqual(UNAVAILABLE);
    expect(starts).toHaveLength(1);
  });
});
