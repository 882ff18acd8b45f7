import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Calls that one address may make in five minutes; an office of a bookkeeper is one address. */
const CALLS_PER_ADDRESS = 5_000;

/** Bytes of a body that nobody has to sign in for; sign-up is far smaller. */
const OPEN_BODY_BYTES = 8_192;

/** The web ACL of the API's stage. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, stageArn: string) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: 'doccentr-api',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('doccentr-api'),
      rules: [
        {
          name: 'calls-per-address',
          priority: 0,
          action: {
            block: { customResponse: { responseCode: 429 } },
          },
          statement: { rateBasedStatement: { limit: CALLS_PER_ADDRESS, aggregateKeyType: 'IP' } },
          visibilityConfig: visible('calls-per-address'),
        },
        {
          name: 'small-bodies-without-token',
          priority: 1,
          action: { block: { customResponse: { responseCode: 413 } } },
          statement: {
            andStatement: {
              statements: [
                {
                  byteMatchStatement: {
                    fieldToMatch: { uriPath: {} },
                    positionalConstraint: 'STARTS_WITH',
                    searchString: '/v1/auth/',
                    textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
                  },
                },
                {
                  sizeConstraintStatement: {
                    fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
                    comparisonOperator: 'GT',
                    size: OPEN_BODY_BYTES,
                    textTransformations: [{ priority: 0, type: 'NONE' }],
                  },
                },
              ],
            },
          },
          visibilityConfig: visible('small-bodies-without-token'),
        },
        managed('AWSManagedRulesAmazonIpReputationList', 2),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
        // Invoices have many lines, and names hold what looks like markup: the services judge bodies.
        managed('AWSManagedRulesCommonRuleSet', 4, [
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
        ]),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: stageArn,
      webAclArn: acl.attrArn,
    });
    const log = new LogGroup(this, 'Log', {
      // WAF demands the beginning of the name.
      logGroupName: 'aws-waf-logs-doccentr',
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.logGroupArn],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
    });
  }
}

function managed(
  name: string,
  priority: number,
  counted: readonly string[] = [],
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visible(name),
  };
}

function visible(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
