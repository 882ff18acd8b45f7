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
  let savedChanges = -1;
  let isRunning = false;

  async function look(): Promise<void> {
    if (isRunning || !options.replica.connection.open) return;
    const changes = totalChanges(options.replica);
    if (changes === savedChanges || !isBackupDue(options)) return;
    isRunning = true;
    try {
      await backUpNow(options, 'daily');
      savedChanges = changes;
    } catch (error) {
      if (!options.replica.connection.open) return;
      if (!isDamage(error)) throw error;
      options.onDamage();
    } finally {
      isRunning = false;
    }
  }

  const first = setTimeout(() => void look(), FIRST_LOOK).unref();
  const timer = setInterval(() => void look(), LOOK_EVERY).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
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
  const { id, at } = await createBackup(replica.connection, directory, kind, moment);
  removeOutdated(directory, moment.toISOString().slice(0, 10));
  ledger.dropPdfsBefore(new Date(moment.getTime() - PDFS_KEPT).toISOString());
  return { id, at };
}
