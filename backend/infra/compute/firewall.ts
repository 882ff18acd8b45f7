import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Calls that one address may make in five minutes; an office of a bookkeeper is one address. */
const CALLS_PER_ADDRESS = 5_000;

/** Of those, what needs no token yet: who guesses passwords or codes asks for the same few paths. */
const OPEN_CALLS_PER_ADDRESS = 300;

/** Bytes of a body that nobody has to sign in for; sign-up is far smaller. */
const OPEN_BODY_BYTES = 8_192;

const TOO_MANY = 'too_many_requests';
const TOO_LARGE = 'payload_too_large';

/** A rate rule looks back five minutes, and lets calls through again as soon as they are fewer. */
const TOO_MANY_CALLS: CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: 429,
      customResponseBodyKey: TOO_MANY,
      responseHeaders: [{ name: 'Retry-After', value: '60' }],
    },
  },
};

const OPEN_PATHS: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: '/v1/auth/',
    textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
  },
};

/** The web ACL of the API's stage. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, stageArn: string) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: 'doccentr-api',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('doccentr-api'),
      customResponseBodies: {
        [TOO_MANY]: problemBody(429, TOO_MANY, 'Too many calls'),
        [TOO_LARGE]: problemBody(413, TOO_LARGE, 'The body is too large'),
      },
      rules: [
        {
          name: 'calls-per-address',
          priority: 0,
          action: TOO_MANY_CALLS,
          statement: { rateBasedStatement: { limit: CALLS_PER_ADDRESS, aggregateKeyType: 'IP' } },
          visibilityConfig: visible('calls-per-address'),
        },
        {
          name: 'open-calls-per-address',
          priority: 1,
          action: TOO_MANY_CALLS,
          statement: {
            rateBasedStatement: {
              limit: OPEN_CALLS_PER_ADDRESS,
              aggregateKeyType: 'IP',
              scopeDownStatement: OPEN_PATHS,
            },
          },
          visibilityConfig: visible('open-calls-per-address'),
        },
        {
          name: 'small-bodies-without-token',
          priority: 2,
          action: {
            block: { customResponse: { responseCode: 413, customResponseBodyKey: TOO_LARGE } },
          },
          statement: {
            andStatement: {
              statements: [
                OPEN_PATHS,
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
        managed('AWSManagedRulesAmazonIpReputationList', 3),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 4),
        // Invoices have many lines, and their texts hold markup, addresses and paths that nothing here
        // ever opens: the services judge bodies.
        managed('AWSManagedRulesCommonRuleSet', 5, [
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'GenericLFI_BODY',
          'GenericRFI_BODY',
          'EC2MetaDataSSRF_BODY',
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

/** As the gateway's own refusals; a web ACL cannot name their content type (RFC 9457). */
function problemBody(
  status: number,
  code: string,
  title: string,
): CfnWebACL.CustomResponseBodyProperty {
  const content = JSON.stringify({ type: 'about:blank', title, status, code });
  return { contentType: 'APPLICATION_JSON', content };
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
