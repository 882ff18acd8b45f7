import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The moments of a message's life at which a crash must do no harm. */
export type CheckpointMoment =
  | 'before-effect'
  | 'before-commit'
  | 'after-commit'
  | 'before-delete'
  | 'before-publish'
  | 'after-publish';

/**
 * Where the fault tests cut: when the folder that `DOCCENTR_KILL_AT` names holds a file of this
 * checkpoint's name (`generate_pdf.before-commit`), the file is removed and the process kills itself
 * as a power cut would. Without the variable this does nothing.
 */
export function checkpoint(step: string, moment: CheckpointMoment): void {
  const folder = process.env['DOCCENTR_KILL_AT'];
  if (folder === undefined) return;
  const file = join(folder, `${step}.${moment}`);
  if (!existsSync(file)) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
}
