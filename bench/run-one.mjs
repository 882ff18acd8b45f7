import { pathToFileURL } from 'node:url';

/** Runs one bundled benchmark and hands its results to `run.mjs`. */
const [file, builtApp] = process.argv.slice(2);
const { run } = await import(pathToFileURL(file).href);
for (const result of await run(builtApp)) process.send(result);
process.disconnect();
