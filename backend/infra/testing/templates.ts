import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import { SERVICES, type ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { type StackInputsGiven, stackInputs } from '../inputs';
import { makeStacks, synthesizePlatform } from '../synthesize';

/** Inputs as this machine's launcher gives them. */
export const LOCAL_INPUTS: StackInputsGiven = {
  environment: 'local',
  target: 'emulator',
  integration: {
    kind: 'addresses',
    addresses: Object.fromEntries(
      SERVICES.map((service, index) => [service, `http://127.0.0.1:${9100 + index}`]),
    ) as Record<ServiceName, string>,
  },
  bucketName: 'doccentr-documents-local',
  database: { host: '127.0.0.1', port: 3306 },
  tokenKeysEndpoint: 'http://127.0.0.1:4566',
  mail: { from: 'invoices@doccentr.example' },
};

export const AWS_INPUTS: StackInputsGiven = {
  environment: 'production',
  mail: { from: 'invoices@doccentr.example' },
  alarmEmail: 'operations@doccentr.example',
};

/** The platform stack's template of an installation on AWS. */
export function awsPlatformTemplate(): Template {
  const app = new App({ analyticsReporting: false });
  return Template.fromStack(makeStacks(app, stackInputs.parse(AWS_INPUTS)).platform);
}

/** The same of an installation on this machine. */
export function localTemplate(): Template {
  return Template.fromJSON(structuredClone(synthesizePlatform(LOCAL_INPUTS)));
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export function resources(template: Template, type: string): readonly [string, Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

/** The inline statements of a role, by the role's name. */
export function statementsOf(template: Template, roleName: string): readonly Statement[] {
  const [id] = Object.keys(
    template.findResources('AWS::IAM::Role', { Properties: { RoleName: roleName } }),
  );
  return resources(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${id}"`))
    .flatMap(
      ([, { Properties }]) =>
        (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement,
    );
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
