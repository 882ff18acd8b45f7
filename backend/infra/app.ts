import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, stdout } from 'node:process';

import { type StackInputsGiven, stackInputs } from './inputs';
import { synthesizeAll } from './synthesize';

/**
 * Writes the templates of all stacks to `out/cdk`, held against the rules of cdk-nag. The inputs are
 * those of `DOCCENTR_STACK_INPUTS`, a JSON file; without it, those of a plain installation.
 */
const PLAIN: StackInputsGiven = {
  environment: 'production',
  mail: { from: 'invoices@doccentr.example' },
};

function readInputs(): unknown {
  const file = env['DOCCENTR_STACK_INPUTS'];
  return file === undefined ? PLAIN : JSON.parse(readFileSync(file, 'utf8'));
}

const target = join('out', 'cdk');
const templates = synthesizeAll(stackInputs.parse(readInputs()));
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [name, template] of Object.entries(templates)) {
  const file = join(target, `${name}.template.json`);
  writeFileSync(file, `${JSON.stringify(template, null, 2)}\n`);
  stdout.write(`${file}\n`);
}
