import type { FontCoverage } from '../../../src/shared/pdf/fonts/font-book';
import type { Database } from '../../kit/database/database';
import type { Logger } from '../../kit/telemetry/log';
import type { Clock } from './adapters/clock';
import type { Directory } from './adapters/directory';
import type { StoredSignals } from './adapters/stored-signals';

/** What the use cases work with. */
export interface InvoicesContext {
  readonly db: Database;
  readonly log: Logger;
  readonly now: Clock;
  readonly directory: Directory;
  readonly fonts: FontCoverage;
  readonly stored: StoredSignals;
  /** Has the outbox looked at now. */
}
