import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Heads } from '../../shared/contracts/sync/protocol';
import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { value } from '../features/documents/testing/builders';
import { createCaller } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { CallsUnderWay } from './calls-under-way';
import { startLiveSync, type LivePhase, type LiveSync } from './live-sync';
import { countWaiting } from './outbox-repository';
import { EPOCH, ScriptedCloud } from './testing/scripted-cloud';
import { SyncFailure, type SyncTransport } from './transport';

/** Answers the poll that waits. */
interface WaitingPoll {
  readonly answer: (heads: Heads) => void;
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal;
}

let cloud: ScriptedCloud;
let device: TestDevice;
let live: LiveSync | null;
let polls: WaitingPoll[];
let phases: LivePhase[];
let bugs: unknown[];
/** Around every call of a round, as around those of an account. */
let underWay: CallsUnderWay;
/** Set: calls are carried out, and their answers never arrive. */
let isDead: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  [live, polls, phases, bugs] = [null, [], [], []];
  underWay = new CallsUnderWay();
  isDead = false;
  cloud = new ScriptedCloud();
  cloud.onPull = () => cloud.page([], cloud.version);
  cloud.onPoll = (signal) =>
    new Promise((answer, fail) => {
      polls.push({ answer, fail, signal });
      signal.addEventListener('abort', () => fail(new SyncFailure('offline')));
    });
  device = openTestDevice({ transport: mortal(cloud) });
});
afterEach(() => {
  live?.stop();
  vi.useRealTimers();
  device.close();
});

/** The cloud behind a connection that can die without a word. */
function mortal(transport: SyncTransport): SyncTransport {
  function carry<T>(work: () => Promise<T>): Promise<T> {
    return underWay.run(async (signal) => {
      const answer = await work();
      return isDead ? await new Promise<T>((_, fail) => failOnceEnded(signal, fail)) : answer;
    });
  }
  return {
    register: (registration) => transport.register(registration),
    poll: (known, seconds, signal) => transport.poll(known, seconds, signal),
    heardAt: () => transport.heardAt(),
    push: (collection, request) => carry(() => transport.push(collection, request)),
    pull: (collection, from) => carry(() => transport.pull(collection, from)),
  };
}

function failOnceEnded(signal: AbortSignal, fail: (error: SyncFailure) => void): void {
  signal.addEventListener('abort', () => fail(new SyncFailure('offline')));
}

function start(): LiveSync {
  live = startLiveSync({
    engine: device.engine,
    transport: cloud,
    giveUpHanging: () => underWay.giveUpHanging(),
    hasWaiting: () => device.context.replica.read(countWaiting) > 0,
    onPhase: (phase) => phases.push(phase),
    onRenewed: () => undefined,
    onBug: (error) => bugs.push(error),
    random: () => 1,
  });
  return live;
}

/** In step with the cloud, and waiting in the poll. */
async function startInStep(): Promise<LiveSync> {
  const started = start();
  await pass(0);
  expect(phases.at(-1)).toEqual({ kind: 'idle' });
  expect(polls).toHaveLength(1);
  cloud.pushed.length = 0;
  cloud.pulled.length = 0;
  return started;
}

/** Lets time go by, and what is due then come to its end. */
async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await vi.advanceTimersByTimeAsync(0);
  }
}

async function change(name: string): Promise<void> {
  const call = createCaller(device.context, clientUseCases);
  value(await call('clients.create', { client: aClient({ name }) }));
  live?.changed();
}

const told = () => cloud.toldOf('clients').length;
const fails = (kind: 'offline' | 'temporary' | 'update_required', after: number | null = null) => {
  cloud.onPush = () => {
    throw new SyncFailure(kind, after);
  };
};
const works = () => {
  cloud.onPush = () => undefined;
};
const failure = () => {
  const last = phases.at(-1);
  if (last?.kind !== 'failed') throw new Error('sync has not failed');
  return last;
};

describe('R71 a change', () => {
  it('is told after a moment, a burst in one round', async () => {
    await startInStep();
    await change('Acme Ltd');
    await pass(100);
    await change('Zenith Ltd');
    expect(told()).toBe(0);
    await pass(250);
    expect(told()).toBe(2);
    expect(cloud.pushed.filter(({ collection }) => collection === 'clients')).toHaveLength(1);
  });

  it('that is made during a round is told with the next, at once', async () => {
    await startInStep();
    cloud.onPush = () => {
      works();
      void change('Zenith Ltd');
      return undefined;
    };
    await change('Acme Ltd');
    await pass(300);
    await pass(300);
    expect(told()).toBe(2);
  });
});

describe('R71 a failure', () => {
  it('is followed by growing pauses, a minute at most', async () => {
    await startInStep();
    fails('offline');
    await change('Acme Ltd');
    await pass(300);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      pauses.push(failure().retryMs);
      const before = cloud.pushed.length;
      await pass(failure().retryMs - 1);
      expect(cloud.pushed).toHaveLength(before);
      await pass(1);
      expect(cloud.pushed).toHaveLength(before + 1);
    }
    expect(pauses).toEqual([1_500, 2_500, 4_500, 8_500, 16_500, 32_500, 60_500, 60_500, 60_500]);
    works();
    await pass(failure().retryMs);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
    expect(device.context.replica.read(countWaiting)).toBe(0);
  });

  it('of a cloud that says when to come back is waited for', async () => {
    await startInStep();
    fails('temporary', 20);
    await change('Acme Ltd');
    await pass(300);
    expect(failure()).toEqual({ kind: 'failed', why: 'temporary', retryMs: 20_000 });
  });

  it('that only a person can end is looked at again rarely', async () => {
    await startInStep();
    fails('update_required');
    await change('Acme Ltd');
    await pass(300);
    expect(failure()).toEqual({ kind: 'failed', why: 'update_required', retryMs: 600_000 });
  });

  it('of its own is told, shown, and not tried again with every poll', async () => {
    await startInStep();
    cloud.onPush = () => {
      throw new TypeError('a fault');
    };
    await change('Acme Ltd');
    await pass(300);
    expect(failure()).toEqual({ kind: 'failed', why: 'fault', retryMs: 60_000 });
    const before = cloud.pushed.length;
    polls.at(-1)?.answer({ clients: { epoch: EPOCH, version: 99 } });
    await pass(50_000);
    expect(cloud.pushed).toHaveLength(before);
    expect(bugs).toHaveLength(1);
    works();
    await pass(10_000);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
  });
});

describe('R71 waking', () => {
  it('tells at once what a failure keeps waiting, and begins with short pauses again', async () => {
    const started = await startInStep();
    fails('offline');
    await change('Acme Ltd');
    await pass(300);
    for (let attempt = 0; attempt < 7; attempt += 1) await pass(failure().retryMs);
    expect(failure().retryMs).toBe(60_500);
    const before = told();
    started.woken();
    await pass(0);
    expect(told()).toBe(before + 1);
    expect(failure().retryMs).toBe(1_500);
    works();
    started.woken();
    await pass(0);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
    expect(device.context.replica.read(countWaiting)).toBe(0);
  });

  it('does not wait for what only a person can end either', async () => {
    const started = await startInStep();
    fails('update_required');
    await change('Acme Ltd');
    await pass(300);
    works();
    started.woken();
    await pass(0);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
  });

  it('during a round that then fails tries again at once', async () => {
    const started = await startInStep();
    cloud.onPush = () => {
      works();
      started.woken();
      throw new SyncFailure('offline');
    };
    await change('Acme Ltd');
    await pass(300);
    await pass(10);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
    expect(told()).toBe(2);
  });

  it('asks by a new poll, since the connection of the old one may be dead', async () => {
    const started = await startInStep();
    started.woken();
    await pass(250);
    expect(polls).toHaveLength(2);
    expect(polls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    polls[1]?.answer({ ...device.engine.known(), clients: { epoch: EPOCH, version: 99 } });
    await pass(10);
    expect(cloud.pulled).toMatchObject([{ collection: 'clients' }]);
  });

  it('in step costs that one poll, however often it comes', async () => {
    const started = await startInStep();
    for (let time = 0; time < 20; time += 1) {
      started.woken();
      await pass(10);
    }
    await pass(300);
    expect(polls.length).toBeLessThanOrEqual(3);
    expect(polls.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
    expect([cloud.pushed, cloud.pulled]).toEqual([[], []]);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
  });
});

describe('R71 a call that hangs', () => {
  it.each(['woken', 'now'] as const)(
    'R12 R55 is given up by "%s", and what it told is told again as it was',
    async (event) => {
      const started = await startInStep();
      isDead = true;
      await change('Acme Ltd');
      await pass(300);
      await pass(10_000);
      const [first] = cloud.toldOf('clients');
      expect(cloud.toldOf('clients')).toHaveLength(1);
      isDead = false;
      started[event]();
      await pass(0);
      await pass(0);
      expect(cloud.toldOf('clients')).toEqual([first, first]);
      expect(phases.at(-1)).toEqual({ kind: 'idle' });
      expect(phases.filter(({ kind }) => kind === 'failed')).toEqual([]);
      expect(device.context.replica.read(countWaiting)).toBe(0);
    },
  );

  it('and had only begun has its time all the same', async () => {
    const started = await startInStep();
    isDead = true;
    await change('Acme Ltd');
    await pass(300);
    await pass(1_000);
    started.woken();
    started.woken();
    await pass(1_900);
    expect(told()).toBe(1);
    isDead = false;
    await pass(200);
    await pass(0);
    expect(told()).toBe(2);
    expect(phases.at(-1)).toEqual({ kind: 'idle' });
  });

  it('and was answered in time is left alone', async () => {
    const started = await startInStep();
    await change('Acme Ltd');
    started.woken();
    await pass(300);
    await pass(10_000);
    expect(told()).toBe(1);
    expect(bugs).toEqual([]);
  });
});

describe('R71 the poll', () => {
  it('has those collections pulled that moved, and asks again', async () => {
    await startInStep();
    polls[0]?.answer({
      ...device.engine.known(),
      clients: { epoch: EPOCH, version: 99 },
    });
    await pass(250);
    expect(cloud.pulled.map(({ collection }) => collection)).toEqual(['clients']);
    expect(polls).toHaveLength(2);
  });

  it('that is not answered any more has everything asked for, and is begun anew', async () => {
    await startInStep();
    polls[0]?.answer(device.engine.known());
    await pass(260);
    polls[1]?.fail(new SyncFailure('offline'));
    await pass(1_010);
    expect(cloud.pulled).toHaveLength(9);
    expect(polls).toHaveLength(3);
  });

  it('that never works is replaced by asking for everything every 30 s', async () => {
    const waits = cloud.onPoll;
    let tried = 0;
    cloud.onPoll = () => {
      tried += 1;
      return Promise.reject(new SyncFailure('offline'));
    };
    start();
    await pass(0);
    cloud.pulled.length = 0;
    const asked: number[] = [];
    for (let second = 0; second < 100; second += 1) {
      const before = cloud.pulled.length;
      await pass(1_000);
      if (cloud.pulled.length > before) asked.push(second + 1);
    }
    expect(asked).toEqual([30, 60, 90]);
    expect(cloud.pulled).toHaveLength(3 * 9);
    expect(tried).toBe(4);
    // A change is told all the same, and once the poll works it is waited in again.
    await change('Acme Ltd');
    await pass(300);
    expect(told()).toBe(1);
    cloud.onPoll = waits;
    await pass(30_000);
    expect(polls).toHaveLength(1);
    cloud.pulled.length = 0;
    await pass(60_000);
    expect(cloud.pulled).toEqual([]);
  });

  it('R70 goes on when somebody puts the clock back', async () => {
    await startInStep();
    vi.setSystemTime(Date.now() - 3_600_000);
    polls[0]?.answer(device.engine.known());
    await pass(260);
    expect(polls).toHaveLength(2);
  });

  it('R63 that knows nothing of a collection has that one asked for, and once an hour all are', async () => {
    await startInStep();
    const known = device.engine.known();
    const { settings, ...others } = known;
    expect(settings?.version).toBeGreaterThan(0);
    polls[0]?.answer(others);
    await pass(250);
    expect(cloud.pulled.map(({ collection }) => collection)).toEqual(['settings']);
    cloud.pulled.length = 0;
    await pass(59 * 60_000);
    polls[1]?.answer(known);
    await pass(250);
    expect(cloud.pulled).toEqual([]);
    await pass(60_000);
    polls[2]?.answer(known);
    await pass(250);
    expect(cloud.pulled).toHaveLength(9);
  });

  it('ends when sync stops, and nothing follows', async () => {
    const started = await startInStep();
    started.stop();
    await pass(120_000);
    expect(polls.map(({ signal }) => signal.aborted)).toEqual([true]);
    expect([cloud.pushed, cloud.pulled]).toEqual([[], []]);
  });
});
