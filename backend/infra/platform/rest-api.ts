import { RemovalPolicy, Size } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  type CfnStage,
  CognitoUserPoolsAuthorizer,
  ConnectionType,
  EndpointType,
  type IResource,
  type IVpcLink,
  Integration,
  IntegrationType,
  JsonSchemaType,
  JsonSchemaVersion,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type Model,
  type RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import {
  type Route,
  type ServiceName,
  needsToken,
} from '../../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../../src/shared/contracts/rest-v1/routes';
import { acknowledge } from '../acknowledge';
import type { StackInputs } from '../inputs';
import { addGatewayResponses } from './gateway-responses';

export const STAGE = 'v1';

/** How the gateway reaches the services. */
export interface Integrations {
  readonly addresses: Readonly<Record<ServiceName, string>>;
  /** Null where the addresses can be reached directly. */
  readonly vpcLink: IVpcLink | null;
}

/** The REST API: one method per row of the route table, and nothing that is not in it. */
export class Api extends Construct {
  readonly api: RestApi;
  readonly accessLog: LogGroup;
  private readonly authorizer: CognitoUserPoolsAuthorizer;
  private readonly validator: RequestValidator;
  private readonly jsonObject: Model;

  constructor(
    scope: Construct,
    id: string,
    inputs: StackInputs,
    pool: UserPool,
    private readonly integrations: Integrations,
  ) {
    super(scope, id);
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: '/doccentr/api/access',
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { throttling } = inputs;
    this.api = new RestApi(this, 'Rest', {
      restApiName: 'doccentr',
      description: 'Clients, orders and invoices',
      endpointTypes: [EndpointType.REGIONAL],
      // Smaller answers would grow.
      minCompressionSize: Size.bytes(1024),
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.DESTROY,
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies hold personal data.
        dataTraceEnabled: false,
        throttlingRateLimit: throttling.rate,
        throttlingBurstLimit: throttling.burst,
        methodOptions: Object.fromEntries(
          ALL_ROUTES.filter((route) => !needsToken(route)).map((route) => [
            `${route.path}/${route.method}`,
            {
              throttlingRateLimit: throttling.openRate,
              throttlingBurstLimit: throttling.openBurst,
              metricsEnabled: true,
              loggingLevel: MethodLoggingLevel.ERROR,
              dataTraceEnabled: false,
            },
          ]),
        ),
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: accessLogFormat(),
      },
    });
    this.authorizer = new CognitoUserPoolsAuthorizer(this, 'Tokens', { cognitoUserPools: [pool] });
    this.validator = this.api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    // What a body holds is the service's to judge, which names the fields that are wrong.
    this.jsonObject = this.api.addModel('JsonObject', {
      contentType: 'application/json',
      modelName: 'JsonObject',
      schema: { schema: JsonSchemaVersion.DRAFT4, type: JsonSchemaType.OBJECT },
    });
    for (const route of ALL_ROUTES) this.addRoute(route);
    addGatewayResponses(this.api);
    this.acknowledgeFindings();
  }

  get stage(): CfnStage {
    return this.api.deploymentStage.node.defaultChild as CfnStage;
  }

  private addRoute(route: Route): void {
    const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const resource: IResource = this.api.root.resourceForPath(route.path);
    const isOpen = !needsToken(route);
    const method = resource.addMethod(route.method, this.integration(route, parameters), {
      operationName: route.operationId,
      requestParameters: Object.fromEntries(
        parameters.map((name) => [`method.request.path.${name}`, true]),
      ),
      requestValidator: this.validator,
      ...(route.body === undefined
        ? {}
        : { requestModels: { 'application/json': this.jsonObject } }),
      ...(isOpen
        ? { authorizationType: AuthorizationType.NONE }
        : { authorizationType: AuthorizationType.COGNITO, authorizer: this.authorizer }),
    });
    if (!isOpen) return;
    const reason = 'Whoever calls this has no token yet, or needs none: the route table says so.';
    acknowledge(method, { 'AwsSolutions-APIG4': reason, 'AwsSolutions-COG4': reason });
  }

  private integration(route: Route, parameters: readonly string[]): Integration {
    const { addresses, vpcLink } = this.integrations;
    return new Integration({
      type: IntegrationType.HTTP_PROXY,
      integrationHttpMethod: route.method,
      uri: `${addresses[route.service]}/${STAGE}${route.path}`,
      options: {
        requestParameters: Object.fromEntries(
          parameters.map((name) => [
            `integration.request.path.${name}`,
            `method.request.path.${name}`,
          ]),
        ),
        ...(vpcLink === null ? {} : { connectionType: ConnectionType.VPC_LINK, vpcLink }),
      },
    });
  }

  private acknowledgeFindings(): void {
    acknowledge(this.api, {
      'AwsSolutions-APIG3':
        'The web ACL stands in the compute stack, which associates it with this stage.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        "The account's one role for the gateway's logs; AWS keeps this policy for that purpose alone.",
    });
  }
}

/** One JSON line per call, without addresses and tokens: what a complaint can be traced by. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      request_id: AccessLogField.contextRequestId(),
      trace_id: AccessLogField.contextXrayTraceId(),
      method: AccessLogField.contextHttpMethod(),
      resource: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      user: AccessLogField.contextAuthorizerClaims('sub'),
      latency_ms: AccessLogField.contextResponseLatency(),
      integration_ms: AccessLogField.contextIntegrationLatency(),
      response_bytes: AccessLogField.contextResponseLength(),
      error: AccessLogField.contextErrorResponseType(),
    }),
  );
}
