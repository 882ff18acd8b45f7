import { delay } from './managed-process';
import type { Mariadb, RootConnection } from './mariadb';

const RETRY_PAUSE_MS = 2_000;

export interface SupervisedDatabase {
  readonly connection: RootConnection;
  /** The process that runs now, or ran last. */
  readonly pid: () => number;
  /** Stops the server in order and starts it again; resolves when it takes connections. */
  readonly restart: () => Promise<void>;
  /** SIGKILL; it is started again by itself. */
  readonly kill: () => Promise<void>;
  /** Stops it until `restart`. */
  readonly stop: () => Promise<void>;
}

/** Keeps MariaDB running: one that ended by itself is started again, after a pause if it must be. */
export function superviseDatabase(
  mariadb: Mariadb,
  tell: (text: string) => void,
  onProcess: () => void,
): SupervisedDatabase {
  let isWanted = true;

  function watch(): void {
    const watched = mariadb.process();
    onProcess();
    void watched.ended.then((reason) => {
      if (!isWanted || watched !== mariadb.process()) return;
      tell(`MariaDB ended (${reason}); starting it again`);
      void startAgain();
    });
  }

  async function startAgain(): Promise<void> {
    try {
      await mariadb.start();
      watch();
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      await delay(RETRY_PAUSE_MS);
      if (isWanted) await startAgain();
    }
  }

  watch();
  return {
    connection: mariadb.connection,
    pid: () => mariadb.process().pid,
    restart: async () => {
      isWanted = false;
      await mariadb.stop();
      isWanted = true;
      await mariadb.start();
      watch();
    },
    kill: () => mariadb.kill(),
    stop: async () => {
      isWanted = false;
      await mariadb.stop();
    },
  };
}
