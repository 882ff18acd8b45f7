import { existsSync, readFileSync, rmSync } from 'node:fs';

/** The moments of a message's life at which a crash must do no harm. */
export type CheckpointMoment =
  | 'before-effect'
  | 'before-commit'
  | 'after-commit'
  | 'before-delete'
  | 'before-publish'
  | 'after-publish';

/**
 * Where the fault tests cut: when `DOCCENTR_KILL_AT` names a file that holds this checkpoint
 * (`generate_pdf:before-commit`), the file is removed and the process kills itself as a power cut
 * would. Without the variable this does nothing.
 */
export function checkpoint(step: string, moment: CheckpointMoment): void {
  const file = process.env['DOCCENTR_KILL_AT'];
  if (file === undefined || !existsSync(file)) return;
  if (readFileSync(file, 'utf8').trim() !== `${step}:${moment}`) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
}
