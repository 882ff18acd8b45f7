import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Round } from '../../../src/core/sync/engine';
import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import { ACTORS, type Deed } from './actions';
import { findFaults } from './checks';
import type { EventOrder } from './bus';
import { Cloud } from './cloud';
import { type Databases, SYNCING, type SyncingService } from './databases';
import { fastDirectory } from './fast-directory';
import { Device, Killed } from './device';
import { EditLog, wordsIn } from './edit-log';
import type { CallFault, FaultCount } from './fault-plan';
import { createFaultyTransport, LateRequests } from './faulty-transport';
import { REST_ACTORS } from './rest-actions';
import type { Act, Schedule, Step } from './schedule';
import { readTellable } from './tellable';
import { trace } from './trace';

const YEAR_MS = 365 * 86_400_000;
/** Rounds after the last fault in which everything has to become quiet. */
const QUIET_ROUNDS = 12;
const MOST_DEVICES = 7;

type HowItGoes = Pick<Extract<Step, { kind: 'sync' }>, 'asks' | 'faults' | 'killAt' | 'acts'>;
const UNDISTURBED: HowItGoes = { asks: 'moved', faults: [], killAt: null, acts: [] };

/** What makes services tell each other something. */
const TOLD_BY_EVENTS: ReadonlySet<Step['kind']> = new Set([
  'sync',
  'sync_together',
  'rest',
  'restart_cloud',
  'restore_cloud',
]);

/**
 * Runs one schedule: devices, a cloud, and whatever happens to them. Answers what is wrong once the
 * faults have ended and everything was given time to become quiet; empty when nothing is.
 */
export async function runSchedule(
  databases: Databases,
  schedule: Schedule,
  counts: FaultCount,
): Promise<readonly string[]> {
  const world = new World(databases, counts);
  try {
    await world.begin(schedule);
    for (const step of schedule.steps) await world.perform(step);
    await world.becomeQuiet();
    return await world.faults();
  } finally {
    await world.end();
  }
}

class World {
  readonly #root = mkdtempSync(join(fastDirectory(), 'doccentr-world-'));
  #time = Date.parse('2026-03-10T10:00:00.000Z');
  readonly #cloud: Cloud;
  readonly #devices: Device[] = [];
  readonly #late = new LateRequests();
  readonly #edits = new EditLog();
  readonly #deeds: Deed[] = [];
  /** Uids and words that are gone with the last that knew of them. */
  readonly #forgiven = new Set<string>();
  /** Whether a service does not know any more that a collection was ever used, and tells nobody. */
  #isForgetful = false;
  #cloudBackup: Awaited<ReturnType<Cloud['backUp']>> | null = null;
  #names = 0;

  constructor(
    databases: Databases,
    private readonly counts: FaultCount,
  ) {
    this.#cloud = new Cloud(databases, () => new Date(this.#time));
  }

  async begin({ devices, joining }: Schedule): Promise<void> {
    await this.#cloud.createBusiness();
    const transport = this.#transport(joining);
    for (let index = 0; index < devices; index += 1) {
      this.#devices.push(await Device.join(this.#deviceOptions(), this.#cloud, transport));
    }
  }

  #deviceOptions() {
    this.#names += 1;
    return { name: `device ${this.#names}`, root: this.#root, now: () => this.#time };
  }

  #device(number: number): Device {
    const device = this.#devices[number % this.#devices.length];
    if (device === undefined) throw new Error('a world without devices');
    return device;
  }

  async perform(step: Step): Promise<void> {
    this.#time += 61_000;
    trace(() => JSON.stringify(step));
    await this.#perform(step);
    if (TOLD_BY_EVENTS.has(step.kind)) await this.#cloud.bus.carry();
  }

  async #act(device: Device, { action, pick }: Act): Promise<void> {
    await ACTORS[action]({
      context: device.context,
      device: device.name,
      pick,
      edits: this.#edits,
      did: (deed) => this.#deeds.push(deed),
      deleted: (record) => {
        for (const one of [record.uid, ...wordsIn(JSON.stringify(record))]) {
          this.#forgiven.add(one);
        }
      },
    });
  }

  async #perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'act':
        return await this.#act(this.#device(step.device), step);
      case 'sync':
        await this.#sync(this.#device(step.device), step);
        return;
      case 'sync_together': {
        const [one, other] = [this.#device(step.device), this.#device(step.other)];
        if (one === other) return;
        this.counts.add('at_once');
        await Promise.all([this.#sync(one, UNDISTURBED), this.#sync(other, UNDISTURBED)]);
        return;
      }
      case 'rest':
        return await REST_ACTORS[step.action]({
          cloud: this.#cloud,
          pick: step.pick,
          edits: this.#edits,
          did: (deed) => this.#deeds.push(deed),
        });
      case 'fork': {
        if (this.#devices.length >= MOST_DEVICES) return;
        this.counts.add('fork_device');
        const original = this.#device(step.device);
        this.#devices.push(await original.fork(this.#deviceOptions().name));
        return;
      }
      case 'back_up_device':
        return await this.#device(step.device).backUp();
      case 'restore_device': {
        const device = this.#device(step.device);
        if (!(await this.#disaster(() => device.restore()))) return;
        this.counts.add('restore_device');
        this.#cloud.expectPending();
        return;
      }
      case 'shift_clock':
        this.counts.add('shift_clock');
        this.#device(step.device).skewMs = step.years * YEAR_MS;
        return;
      case 'restart_cloud':
        this.counts.add('restart_cloud');
        await this.#late.arrive();
        return;
      case 'back_up_cloud':
        this.#cloudBackup = await this.#cloud.backUp();
        return;
      case 'restore_cloud':
        return await this.#restoreCloud(step.service);
      case 'events':
        return await this.#events(step.how);
    }
  }

  async #restoreCloud(service: SyncingService | null): Promise<void> {
    if (this.#cloudBackup === null) return;
    this.counts.add(service === null ? 'restore_cloud' : 'restore_service');
    const backup = this.#cloudBackup;
    const services = service === null ? SYNCING : [service];
    const before = await this.#cloud.heads();
    await this.#disaster(() => this.#cloud.restore(backup, services));
    const after = await this.#cloud.heads();
    this.#isForgetful ||= Object.keys(before).some(
      (collection) => !Object.hasOwn(after, collection),
    );
  }

  async #events(how: 'hold' | EventOrder): Promise<void> {
    if (how === 'hold') {
      this.counts.add('events_held');
      this.#cloud.bus.hold();
      return;
    }
    if (how !== 'in_order') this.counts.add(`events_${how}`);
    await this.#cloud.bus.deliver(how);
  }

  /** What the last that knew of it loses in a disaster, nobody can bring back. */
  async #disaster<T>(happen: () => Promise<T>): Promise<T> {
    const before = await readTellable(this.#cloud, this.#devices);
    const result = await happen();
    const after = await readTellable(this.#cloud, this.#devices);
    for (const one of before) if (!after.has(one)) this.#forgiven.add(one);
    return result;
  }

  #transport(faults: readonly (CallFault | null)[]): SyncTransport {
    let call = 0;
    return createFaultyTransport(
      {
        cloud: () => this.#cloud,
        nextFault: () => {
          const fault = faults[call] ?? null;
          call += 1;
          return fault;
        },
        counts: this.counts,
        onDelay: () => {
          this.#time += 20_000;
        },
        cloudTime: () => new Date(this.#time),
      },
      this.#late,
    );
  }

  async #sync(device: Device, { asks, faults, killAt, acts }: HowItGoes): Promise<Round | null> {
    let passed = 0;
    const checkpoint = async () => {
      const now = passed;
      passed += 1;
      if (now === killAt) throw new Killed();
      for (const act of acts.filter(({ at }) => at === now)) {
        this.counts.add('act_meanwhile');
        await this.#act(device, act);
      }
    };
    try {
      const round = await device.sync(this.#transport(faults), { asks, checkpoint });
      trace(() => `${device.name}: ${round}`);
      return round;
    } catch (error) {
      trace(() => `${device.name}: ${String(error)}`);
      if (error instanceof Killed) {
        this.counts.add('kill_device');
        await device.restart();
      } else if (!(error instanceof SyncFailure)) throw error;
      return null;
    }
  }

  /** No more faults: every device syncs until nobody has anything to tell. */
  async becomeQuiet(): Promise<void> {
    await this.#late.arrive();
    await this.#cloud.bus.deliver('in_order');
    // What only the hourly question for everything finds out (R71).
    let way = this.#isForgetful ? { ...UNDISTURBED, asks: 'all' as const } : UNDISTURBED;
    let isQuiet = false;
    for (let round = 0; round < QUIET_ROUNDS && !isQuiet; round += 1) {
      const before = this.#cloud.tellings;
      let isDone = true;
      for (const device of this.#devices) {
        isDone = (await this.#sync(device, way)) === 'done' && isDone;
        await this.#cloud.bus.carry();
      }
      way = UNDISTURBED;
      this.#time += 61_000;
      isQuiet = isDone && this.#cloud.tellings === before;
    }
  }

  faults(): Promise<readonly string[]> {
    for (const device of this.#devices) trace(() => device.describe());
    return findFaults({
      cloud: this.#cloud,
      devices: this.#devices,
      deeds: this.#deeds,
      edits: this.#edits,
      forgiven: this.#forgiven,
    });
  }

  async end(): Promise<void> {
    for (const device of this.#devices) device.remove();
    await this.#cloud.remove();
    rmSync(this.#root, { recursive: true, force: true });
  }
}
