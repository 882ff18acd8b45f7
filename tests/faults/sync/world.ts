import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import type { Acting, Deed } from './acting';
import { ACTORS } from './actions';
import { decisionsOn } from './choice-actions';
import { findFaults } from './checks';
import { Clock } from './clock';
import { Cloud } from './cloud';
import type { Databases } from './databases';
import { fastDirectory } from './fast-directory';
import { Device } from './device';
import { Disasters } from './disasters';
import { EditLog, wordsIn } from './edit-log';
import { ISSUING_MOMENTS, issueUntilKilled } from './issue-until-killed';
import type { FaultCount } from './fault-plan';
import type { Life } from './life';
import { REST_ACTORS } from './rest-actions';
import type { Act, Schedule, Step } from './schedule';
import { type HowItGoes, Syncing, UNDISTURBED } from './syncing';
import { trace } from './trace';

const YEAR_MS = 365 * 86_400_000;
/** Between two things that happen. */
const STEP_MS = 61_000;
/** Rounds after the last fault in which everything has to become quiet. */
const QUIET_ROUNDS = 12;
const FURNITURE = ['create_client', 'create_draft', 'create_draft'] as const;
const MOST_DEVICES = 7;

type Interrupted = Pick<HowItGoes, 'faults' | 'killAt'>;

/**
 * Runs one schedule: devices, a cloud, and whatever happens to them. Answers what is wrong once the
 * faults have ended and everything was given time to become quiet; empty when nothing is.
 */
export async function runSchedule(
  databases: Databases,
  schedule: Schedule,
  counts: FaultCount,
): Promise<readonly string[]> {
  const world = new World(databases, counts, schedule.pageRows);
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
  readonly #clock = new Clock();
  readonly #cloud: Cloud;
  readonly #devices: Device[] = [];
  readonly #syncing: Syncing;
  readonly #edits = new EditLog();
  readonly #deeds: Deed[] = [];
  readonly #disasters: Disasters;
  #names = 0;

  constructor(
    databases: Databases,
    private readonly counts: FaultCount,
    pageRows: number,
  ) {
    this.#cloud = new Cloud({ databases, now: () => new Date(this.#clock.now()), pageRows });
    this.#syncing = new Syncing({
      cloud: this.#cloud,
      clock: this.#clock,
      counts,
      act: (device, act) => this.#act(device, act),
    });
    this.#disasters = new Disasters(this.#cloud, this.#devices, counts);
  }

  async begin({ devices, alone, isFurnished, joining }: Schedule): Promise<void> {
    await this.#cloud.createBusiness();
    const transport = this.#syncing.transport('owner', joining);
    for (let index = 0; index < devices; index += 1) {
      this.#devices.push(await Device.join(this.#deviceOptions(), this.#cloud, transport));
    }
    for (let index = 0; index < alone; index += 1) {
      this.#devices.push(await Device.alone(this.#deviceOptions()));
    }
    if (isFurnished) await this.#furnish();
  }

  /** What devices then change at the same time. */
  async #furnish(): Promise<void> {
    const [first, second] = this.#devices;
    if (first === undefined || second === undefined) return;
    for (const action of FURNITURE) await this.#act(first, { action, pick: 0 });
    for (const device of [first, second]) await this.#syncing.sync(device, UNDISTURBED);
    await this.#cloud.bus.carry();
  }

  #deviceOptions() {
    this.#names += 1;
    return { name: `device ${this.#names}`, root: this.#root, now: () => this.#clock.now() };
  }

  #device(number: number): Device {
    const device = this.#devices[number % this.#devices.length];
    if (device === undefined) throw new Error('a world without devices');
    return device;
  }

  #life(): Life {
    return this.#cloud.databases.life;
  }

  /** Somebody decides something that he is asked for. */
  async #decide(pick: number): Promise<void> {
    const asked = this.#devices.flatMap((device) =>
      decisionsOn(device.context).map((action) => ({ device, action })),
    );
    const chosen = asked[pick % Math.max(1, asked.length)];
    if (chosen === undefined) return;
    await this.#act(chosen.device, {
      action: chosen.action,
      pick: Math.floor(pick / asked.length),
    });
  }

  async perform(step: Step): Promise<void> {
    this.#clock.pass(STEP_MS);
    trace(() => JSON.stringify(step));
    await this.#perform(step);
    await this.#cloud.bus.carry();
  }

  #acting(device: Device, pick: number): Acting {
    return {
      context: device.context,
      sync: device.handlers,
      device: device.name,
      pick,
      edits: this.#edits,
      did: (deed) => this.#deeds.push(deed),
      happened: (what) => this.counts.add(what),
      deleted: (record) => {
        for (const one of [record.uid, ...wordsIn(JSON.stringify(record))]) {
          this.#disasters.forgiven.add(one);
        }
      },
    };
  }

  async #act(device: Device, { action, pick }: Act): Promise<void> {
    await ACTORS[action](this.#acting(device, pick));
  }

  async #perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'act':
        return await this.#act(this.#device(step.device), step);
      case 'decide':
        return await this.#decide(step.pick);
      case 'sync':
        await this.#syncing.sync(this.#device(step.device), step);
        return;
      case 'sync_together': {
        const [one, other] = [this.#device(step.device), this.#device(step.other)];
        if (one === other) return;
        this.counts.add('at_once');
        const life = this.#life();
        life.endAt(step.dies?.moment ?? null, step.dies?.skipped);
        await Promise.all([
          this.#syncing.sync(one, UNDISTURBED),
          this.#syncing.sync(other, UNDISTURBED),
        ]);
        if (this.#life() !== life) this.counts.add('die_at_once');
        life.endAt(null);
        return;
      }
      case 'meet':
        for (const device of this.#devices) await this.#syncing.sync(device, UNDISTURBED);
        return;
      case 'adopt':
        return await this.#adopt(this.#device(step.device), step);
      case 'kill_while_issuing':
        return await this.#killWhileIssuing(step);
      case 'lose_ledger':
        return await this.#disasters.loseLedger(this.#device(step.device), this.#deeds);
      case 'role':
        return await this.#become(this.#device(step.device), step.role);
      case 'forget_tombstones':
        this.counts.add('forget_tombstones');
        return await this.#cloud.forgetTombstones();
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
      case 'restore_device':
        return await this.#disasters.restoreDevice(this.#device(step.device));
      case 'shift_clock':
        this.counts.add('shift_clock');
        this.#device(step.device).skewMs = step.years * YEAR_MS;
        return;
      case 'restart_cloud':
        this.counts.add('restart_cloud');
        return await this.#life().end();
      case 'back_up_cloud':
        return await this.#disasters.backUpCloud();
      case 'restore_cloud':
        return await this.#disasters.restoreCloud(step.service);
      case 'events':
        return await this.#cloud.bus.happen(step.how, this.counts);
    }
  }

  /** A machine that worked alone takes what it has into the business. */
  async #adopt(device: Device, { faults, killAt }: Interrupted): Promise<void> {
    if (!device.isAlone) return;
    // The profile that the business has in the cloud stands, as people are told before.
    for (const word of wordsIn(JSON.stringify(device.profile))) this.#disasters.forgiven.add(word);
    const transport = this.#syncing.transport(device.role, faults);
    const isDone = await this.#syncing.untilKilled(device, killAt, [], async (checkpoint) => {
      await device.adopt(this.#cloud.tenant, transport, checkpoint);
      return true;
    });
    if (isDone === true) this.counts.add('adopt_device');
  }

  async #become(device: Device, role: Role): Promise<void> {
    device.role = role;
    if (role === 'owner') return;
    this.counts.add(`become_${role}`);
    // What neither of them may change.
    await this.#act(device, { action: 'edit_business', pick: 0 });
  }

  async #killWhileIssuing({ device: number, pick }: { device: number; pick: number }) {
    const device = this.#device(number);
    const acting = this.#acting(device, Math.floor(pick / ISSUING_MOMENTS));
    if (!(await issueUntilKilled(device, acting, pick % ISSUING_MOMENTS))) return;
    this.counts.add('kill_while_issuing');
    await device.restart();
  }

  /** No more faults: every device syncs until nobody has anything to tell. */
  async becomeQuiet(): Promise<void> {
    for (const device of this.#devices) {
      device.role = 'owner';
      await this.#adopt(device, UNDISTURBED);
    }
    await this.#syncing.settleLate();
    await this.#cloud.bus.deliver('in_order');
    // What only the hourly question for everything finds out (R71).
    let way = this.#disasters.isForgetful ? { ...UNDISTURBED, asks: 'all' as const } : UNDISTURBED;
    let isQuiet = false;
    for (let round = 0; round < QUIET_ROUNDS && !isQuiet; round += 1) {
      const before = this.#cloud.tellings;
      let isDone = true;
      for (const device of this.#devices) {
        isDone = (await this.#syncing.sync(device, way)) === 'done' && isDone;
        await this.#cloud.bus.carry();
      }
      way = UNDISTURBED;
      this.#clock.pass(STEP_MS);
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
      forgiven: this.#disasters.forgiven,
      counts: this.counts,
    });
  }

  async end(): Promise<void> {
    for (const device of this.#devices) device.remove();
    await this.#cloud.remove();
    rmSync(this.#root, { recursive: true, force: true });
  }
}
