import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import { WORKFLOW_SOURCE } from '../../../src/shared/contracts/events/workflow';
import { acknowledge } from '../acknowledge';
import type { StackInputs } from '../inputs';
import { sendInvoiceDefinition } from '../workflow-definition';

export const STATE_MACHINE_NAME = 'doccentr-send-invoice';

/** The state machine that turns "send this invoice" into a PDF and a mail. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;
  readonly role: Role;

  constructor(scope: Construct, id: string, inputs: StackInputs, bus: EventBus) {
    super(scope, id);
    const stack = Stack.of(this);
    this.role = new Role(this, 'Role', {
      roleName: 'doccentr-workflow',
      description: 'Publishes the requests of the workflow',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': WORKFLOW_SOURCE } },
      }),
    );
    this.stateMachine = new StateMachine(this, 'SendInvoice', {
      stateMachineName: STATE_MACHINE_NAME,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(
        stack.toJsonString(sendInvoiceDefinition(bus.eventBusName, inputs.workflow)),
      ),
      role: this.role,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // Task tokens are keys to the step: they stay out of the log.
        includeExecutionData: false,
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${STATE_MACHINE_NAME}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    acknowledge(this.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'Delivering its own log and its traces: the actions of log delivery and of X-Ray know no resources.',
    });
  }
}
