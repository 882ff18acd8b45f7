import { text } from 'node:stream/consumers';

import type { StackInputsGiven } from '../infra/inputs';
import { synthesizePlatform } from '../infra/synthesize';

/**
 * The platform stack's template on standard output, for inputs on standard input. A process of its
 * own, because loading the CDK takes seconds and 200 MB, and is seldom needed.
 */
const inputs = JSON.parse(await text(process.stdin)) as StackInputsGiven;
process.stdout.write(JSON.stringify(synthesizePlatform(inputs)));
