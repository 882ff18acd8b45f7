import type { NumberLedger } from '../numbering/ledger';
import type { Replica } from '../replica/replica';
import { createBackup, listBackups, removeOutdated } from './backups';
import { isDamage } from './set-aside';

interface AutomaticBackups {
  readonly replica: Replica;
  readonly ledger: NumberLedger;
  readonly directory: string;
  readonly now: () => Date;
  /** The copy was damaged, so the replica is. */
  readonly onDamage: () => void;
}

const MINUTE = 60_000;
/** Not at once: opening the app comes first. */
const FIRST_LOOK = MINUTE;
const LOOK_EVERY = 15 * MINUTE;
const BETWEEN_BACKUPS = 4 * 60 * MINUTE;
/** Longer than any automatic backup is kept. */
const PDFS_KEPT = 30 * 24 * 60 * MINUTE;

/**
 * Backs up every few hours while there are changes, and lets old backups go. Answers how to stop.
 */
export function startAutomaticBackups(options: AutomaticBackups): () => void {
  const state = { savedChanges: -1, isRunning: false };

  async function look(): Promise<void> {
    if (state.isRunning || !options.replica.connection.open) return;
    const changes = totalChanges(options.replica);
    if (changes === state.savedChanges) return;
    state.isRunning = true;
    try {
      if (!isBackupDue(options)) return;
      await backUpNow(options, 'daily');
      state.savedChanges = changes;
    } catch {
      // A full disk or a drive that is gone is no reason to stop: the next look tries again, and
      // the settings show when the last backup was made. Damage is another matter.
      if (isDamaged(options.replica)) options.onDamage();
    } finally {
      state.isRunning = false;
    }
  }

  const first = setTimeout(() => void look(), FIRST_LOOK).unref();
  const timer = setInterval(() => void look(), LOOK_EVERY).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

/** Whether an open replica fails SQLite's own check. One that was closed meanwhile does not. */
export function isDamaged({ connection }: Replica): boolean {
  if (!connection.open) return false;
  try {
    return connection.pragma('quick_check(1)', { simple: true }) !== 'ok';
  } catch (error) {
    return isDamage(error);
  }
}

function totalChanges(replica: Replica): number {
  const row = replica.connection.prepare('SELECT total_changes() AS n').get() as { n: number };
  return row.n;
}

function isBackupDue({ directory, now }: AutomaticBackups): boolean {
  const last = listBackups(directory).find((backup) => backup.kind === 'daily');
  return !last || now().getTime() - Date.parse(last.at) >= BETWEEN_BACKUPS;
}

/** Makes a backup now, then lets the outdated ones and the ledger's old PDFs go. */
export async function backUpNow(
  { replica, ledger, directory, now }: Omit<AutomaticBackups, 'onDamage'>,
  kind: 'daily' | 'manual' | 'before_restore',
): Promise<{ readonly id: string; readonly at: string }> {
  const moment = now();
  const { id, at } = await createBackup(replica, directory, kind, moment);
  removeOutdated(directory, moment.toISOString().slice(0, 10));
  ledger.dropPdfsBefore(new Date(moment.getTime() - PDFS_KEPT).toISOString());
  return { id, at };
}
