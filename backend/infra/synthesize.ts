import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';

import { type StackInputsGiven, stackInputs } from './inputs';
import { PLATFORM_STACK, PlatformStack } from './platform-stack';

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
  const outdir = mkdtempSync(join(tmpdir(), 'doccentr-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
    new PlatformStack(app, inputs, { addresses: inputs.integration.addresses, vpcLink: null });
    return app.synth().getStackByName(PLATFORM_STACK).template as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
