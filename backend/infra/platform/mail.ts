import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  CfnConfigurationSetEventDestination,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

import { type StackInputs, mailDomain } from '../inputs';

/** The one sender of all mail, and where SES tells what became of it. */
export class Mail extends Construct {
  readonly configurationSetName = 'doccentr';
  readonly identityArn: string;
  readonly configurationSetArn: string;

  constructor(scope: Construct, id: string, inputs: StackInputs) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // Whom mail bounced from, or who complained, gets none until taken off the list.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const identity = new EmailIdentity(this, 'Sender', {
      identity: Identity.domain(mailDomain(inputs)),
      configurationSet,
      mailFromDomain: `bounce.${mailDomain(inputs)}`,
    });
    const { region, account, partition } = Stack.of(this);
    new CfnConfigurationSetEventDestination(this, 'Events', {
      configurationSetName: configurationSet.configurationSetName,
      eventDestination: {
        name: 'bus',
        enabled: true,
        matchingEventTypes: [
          'send',
          'delivery',
          'bounce',
          'complaint',
          'reject',
          'renderingFailure',
          'deliveryDelay',
        ],
        // SES accepts the default bus alone.
        eventBridgeDestination: {
          eventBusArn: `arn:${partition}:events:${region}:${account}:event-bus/default`,
        },
      },
    });
    this.identityArn = identity.emailIdentityArn;
    this.configurationSetArn = `arn:${partition}:ses:${region}:${account}:configuration-set/${this.configurationSetName}`;
  }
}
