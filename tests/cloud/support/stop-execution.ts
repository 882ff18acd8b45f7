import {
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';

import type { Emulator } from '../../../backend/local/emulator';
import { until } from './rest';

/** Ends the running execution of a delivery, as if Step Functions had lost it. */
export async function stopExecution(
  { endpoint, region, adminCredentials }: Emulator,
  sendUid: string,
): Promise<void> {
  const workflows = new SFNClient({ endpoint, region, credentials: adminCredentials });
  const { stateMachines } = await workflows.send(new ListStateMachinesCommand({}));
  const stateMachineArn = stateMachines?.find(({ name }) =>
    name?.includes('send-invoice'),
  )?.stateMachineArn;
  const executionArn = await until('the execution to run', async () => {
    const { executions } = await workflows.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    return executions?.find(({ name }) => name?.startsWith(sendUid))?.executionArn;
  });
  await workflows.send(new StopExecutionCommand({ executionArn }));
  workflows.destroy();
}
