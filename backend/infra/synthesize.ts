import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';

import { ComputeStack } from './compute-stack';
import { type StackInputs, type StackInputsGiven, stackInputs } from './inputs';
import { addNag } from './nag';
import { NetworkStack } from './network-stack';
import { PlatformStack } from './platform-stack';

/** A CloudFormation template, as an object. */
export type Template = Readonly<Record<string, unknown>>;

/**
 * The platform stack's template for inputs whose integration is `addresses`. The same inputs give
 * the same template. Loading the CDK takes seconds: whoever starts often does it in a process of
 * its own and keeps the answer. Throws when the inputs are not valid.
 */
export function synthesizePlatform(given: StackInputsGiven): Template {
  const inputs = stackInputs.parse(given);
  if (inputs.integration.kind !== 'addresses') {
    throw new Error('the network stack is needed for a VPC link: see app.ts');
  }
  const { addresses } = inputs.integration;
  const templates = synthesize((app) => {
    new PlatformStack(app, inputs, { addresses, vpcLink: null });
  });
  const [template] = Object.values(templates);
  if (template === undefined) throw new Error('no template was made');
  return template;
}

/**
 * The templates of all stacks by name, in the order in which they are deployed. Throws when a rule
 * of cdk-nag is broken, naming where.
 */
export function synthesizeAll(inputs: StackInputs): Readonly<Record<string, Template>> {
  return synthesize((app) => {
    addNag(app);
    makeStacks(app, inputs);
  });
}

/** The stacks of an installation on AWS. */
export function makeStacks(app: App, inputs: StackInputs) {
  const network = new NetworkStack(app, inputs);
  const platform = new PlatformStack(app, inputs, network.integrations);
  const compute = new ComputeStack(app, inputs, network, platform);
  return { network, platform, compute };
}

function synthesize(fill: (app: App) => void): Readonly<Record<string, Template>> {
  const outdir = mkdtempSync(join(tmpdir(), 'doccentr-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
    fill(app);
    return Object.fromEntries(
      app.synth().stacks.map(({ stackName, template }) => [stackName, template as Template]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
