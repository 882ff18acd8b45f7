const IS_WANTED = process.env['DOCCENTR_SYNC_TRACE'] === 'yes';

/** Tells what happens, for whoever looks for the cause of a failure (`npm run test:faults -- --trace`). */
export function trace(text: () => string): void {
  if (IS_WANTED) process.stderr.write(`${text()}\n`);
}
