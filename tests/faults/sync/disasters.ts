import type { Deed } from './acting';
import type { Cloud } from './cloud';
import type { SyncingService } from './databases';
import { SYNCING } from './databases';
import type { Device } from './device';
import type { FaultCount } from './fault-plan';
import { readTellable } from './tellable';

/** Backups that are put back, and files that are gone: what nobody knows any more is lost with them. */
export class Disasters {
  /** Uids, words and numbers that are gone with the last that knew of them, or were given up. */
  readonly forgiven = new Set<string>();
  /** Whether a service does not know any more that a collection was ever used, and tells nobody. */
  isForgetful = false;
  #backup: Awaited<ReturnType<Cloud['backUp']>> | null = null;

  constructor(
    private readonly cloud: Cloud,
    private readonly devices: readonly Device[],
    private readonly counts: FaultCount,
  ) {}

  async backUpCloud(): Promise<void> {
    this.#backup = await this.cloud.backUp();
  }

  /** Puts back one service, or all of them. */
  async restoreCloud(service: SyncingService | null): Promise<void> {
    const backup = this.#backup;
    if (backup === null) return;
    this.counts.add(service === null ? 'restore_cloud' : 'restore_service');
    const before = await this.cloud.heads();
    const services = service === null ? SYNCING : [service];
    await this.#forgiveWhatIsGone(() => this.cloud.restore(backup, services));
    const after = await this.cloud.heads();
    this.isForgetful ||= Object.keys(before).some((one) => !Object.hasOwn(after, one));
  }

  async restoreDevice(device: Device): Promise<void> {
    if (!(await this.#forgiveWhatIsGone(() => device.restore()))) return;
    this.counts.add('restore_device');
    this.cloud.expectPending();
  }

  async loseLedger(device: Device, deeds: readonly Deed[]): Promise<void> {
    const numbers = deeds.flatMap(({ issued }) => issued?.number ?? []);
    if (await device.loseLedger(numbers)) this.counts.add('lose_ledger');
  }

  async #forgiveWhatIsGone<T>(happen: () => Promise<T>): Promise<T> {
    const before = await readTellable(this.cloud, this.devices);
    const result = await happen();
    const after = await readTellable(this.cloud, this.devices);
    for (const one of before) if (!after.has(one)) this.forgiven.add(one);
    return result;
  }
}
