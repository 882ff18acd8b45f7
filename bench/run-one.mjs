import { pathToFileURL } from 'node:url';

/** Runs one bundled benchmark and hands its results to `run.mjs`. */
const [file] = process.argv.slice(2);
const { run } = await import(pathToFileURL(file).href);
for (const result of await run()) process.send(result);
process.disconnect();
