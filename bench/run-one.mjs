import { pathToFileURL } from 'node:url';

/** Runs one bundled benchmark and hands its results to `run.mjs`. */
const [file, builtApp, part] = process.argv.slice(2);
const { run } = await import(pathToFileURL(file).href);
for (const result of await run(builtApp, part)) process.send(result);
process.disconnect();
