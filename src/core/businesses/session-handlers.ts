import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { version } from '../../../package.json';
import type { MethodOutput } from '../../shared/contracts/app-api';
import type { CoreEvent } from '../../shared/contracts/core-protocol';
import { err, notFound, ok, refused } from '../../shared/domain/result';
import type { HandlersOf } from '../host/handlers';
import { recreateLedger } from '../numbering/recreate-ledger';
import { backUpNow, isDamaged } from './automatic-backups';
import { backupPath, isSound, listBackups } from './backups';
import { readMachineSettings, writeMachineSettings } from './machine-settings';
import type { Session } from './session';

export type SessionMethod =
  | 'app.state'
  | 'app.setLanguage'
  | 'businesses.open'
  | 'businesses.create'
  | 'backups.list'
  | 'backups.create'
  | 'backups.restore'
  | 'backups.startEmpty'
  | 'ledger.recreate';

/** What concerns the businesses as a whole, also while none can be opened. */
export function sessionHandlers(
  session: Session,
  options: {
    readonly dataDirectory: string;
    readonly now: () => Date;
    /** Tells the pages and the shell; sync is not concerned. */
    readonly emit: (event: CoreEvent) => void;
  },
): HandlersOf<SessionMethod> {
  function state(): MethodOutput<'app.state'> {
    return {
      version,
      dataDirectory: options.dataDirectory,
      businesses: [...session.registry.all()],
      currentUid: session.registry.currentUid(),
      problem: session.problem,
      language: readMachineSettings(options.dataDirectory).language,
    };
  }

  /** Null when nothing is open; a replica that turns out to be damaged is set aside and closed. */
  async function backUp(kind: 'manual' | 'before_restore') {
    const { context, paths } = session;
    if (context === null || paths === null) return null;
    const { replica, ledger } = context;
    try {
      return await backUpNow({ replica, ledger, directory: paths.backups, now: options.now }, kind);
    } catch (error) {
      if (!isDamaged(replica)) throw error;
      session.reportDamage();
      return null;
    }
  }

  return {
    'app.state': () => ok(state()),

    'app.setLanguage': ({ language }) => {
      writeMachineSettings(options.dataDirectory, { language });
      options.emit({ event: 'app_state' });
      return ok(state());
    },

    'businesses.open': ({ uid }) =>
      session.inTurn(async () => {
        if (!session.registry.all().some((business) => business.uid === uid)) {
          return notFound('business', uid);
        }
        await session.open(uid);
        return ok(state());
      }),

    'businesses.create': (input) =>
      session.inTurn(async () => {
        await session.create(input);
        return ok(state());
      }),

    'backups.list': () => {
      const { paths } = session;
      return paths === null ? err({ kind: 'no_business' }) : ok([...listBackups(paths.backups)]);
    },

    'backups.create': () =>
      session.inTurn(async () => {
        const backup = await backUp('manual');
        return backup === null ? err({ kind: 'no_business' }) : ok(backup);
      }),

    'backups.restore': ({ id }) =>
      session.inTurn(async () => {
        const { paths } = session;
        if (paths === null) return err({ kind: 'no_business' });
        const isKnown = listBackups(paths.backups).some((backup) => backup.id === id);
        if (!isKnown) return notFound('backup', id);
        if (!isSound(backupPath(paths.backups, id))) return refused('id', 'backup_damaged');
        await backUp('before_restore');
        return ok({ broughtBack: await session.restore(id) });
      }),

    'backups.startEmpty': () =>
      session.inTurn(async () => {
        if (session.problem?.kind !== 'corrupted') return err({ kind: 'no_business' });
        const started = await session.startEmpty();
        return started.ok ? ok({ broughtBack: started.value }) : started;
      }),

    'ledger.recreate': ({ lastNumber }) =>
      session.inTurn(async () => {
        const { paths, problem } = session;
        const uid = session.registry.currentUid();
        if (paths === null || uid === null || problem?.kind !== 'ledger_missing') {
          return err({ kind: 'no_business' });
        }
        mkdirSync(dirname(paths.ledger), { recursive: true });
        const recreated = recreateLedger(paths, uid, lastNumber, options.now);
        if (!recreated.ok) return recreated;
        await session.open(uid);
        return ok({});
      }),
  };
}
