import { afterEach, beforeEach, inject } from 'vitest';

import type { BusinessUid } from '../../shared/domain/ids';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import { openCloudDoor, type CloudDoor } from './cloud-door';
import { CloudMachine } from './cloud-machine';

export interface MachineInStep {
  readonly machine: CloudMachine;
  readonly uid: BusinessUid;
  readonly email: string;
}

export interface CloudMachines {
  /** Between the machines and the cloud; a new one for each test. */
  readonly door: CloudDoor;
  /** A machine that is started, and removed when the test has ended. */
  add(options?: MachineOptions): Promise<CloudMachine>;
  /** A machine whose only business is in step with the cloud. */
  addInStep(options?: MachineOptions): Promise<MachineInStep>;
}

interface MachineOptions {
  readonly loadRenderer?: () => Promise<PdfRenderer>;
}

/** Machines behind a door to the cloud that all test files share; called once at the top of a file. */
export function useCloudMachines(): CloudMachines {
  let machines: CloudMachine[];
  let door: CloudDoor;

  beforeEach(async () => {
    machines = [];
    door = await openCloudDoor(inject('cloud').apiUrl);
  });
  afterEach(async () => {
    for (const machine of machines) await machine.remove();
    await door.close();
  });

  async function add({ loadRenderer }: MachineOptions = {}): Promise<CloudMachine> {
    const machine = new CloudMachine(door.apiUrl, loadRenderer);
    machines.push(machine);
    await machine.start();
    return machine;
  }

  async function addInStep(options?: MachineOptions): Promise<MachineInStep> {
    const machine = await add(options);
    const uid = await machine.createBusiness('Acme Ltd');
    const email = await machine.signUp();
    await machine.call('account.adopt', { uid, into: null });
    await machine.untilSaved();
    return { machine, uid, email };
  }

  return {
    get door() {
      return door;
    },
    add,
    addInStep,
  };
}
