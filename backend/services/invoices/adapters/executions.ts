import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';

import { AWS_TIMEOUTS } from '../../../kit/aws-timeouts';

/** Whether an execution still carries a delivery, carried it through, or is gone. */
export type ExecutionFate = 'running' | 'succeeded' | 'gone';

export interface Executions {
  fateOf(sendUid: string, attempt: number): Promise<ExecutionFate>;
  close(): void;
}

/** Looks at executions of "send this invoice". */
export function createExecutions(stateMachineArn: string): Executions {
  const workflows = new SFNClient({ maxAttempts: 3, ...AWS_TIMEOUTS });
  const prefix = stateMachineArn.replace(':stateMachine:', ':execution:');
  return {
    async fateOf(sendUid, attempt) {
      try {
        const { status } = await workflows.send(
          new DescribeExecutionCommand({ executionArn: `${prefix}:${sendUid}-${attempt}` }),
        );
        if (status === 'SUCCEEDED') return 'succeeded';
        return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'gone';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'gone';
        throw error;
      }
    },
    close: () => workflows.destroy(),
  };
}
