import { join } from 'node:path';

import { repositoryRoot } from './repository-root';

/** What the stack is made for: where things of this machine listen. */
export interface LocalAddresses {
  /** Of each service by its name. */
  readonly services: Readonly<Record<string, string>>;
  readonly databasePort: number;
  readonly awsEndpoint: string;
  readonly otlpEndpoint: string;
}

/** What is run: the six services and their stack, or a test's own. */
export interface Definition {
  readonly services: readonly string[];
  /**
   * The bundle of a service; with the argument `migrate` it brings its database up to date. Null when
   * there is none: its place stays empty.
   */
  readonly script: (service: string) => string | null;
  /** Where drizzle's migrations of a service are, if it has any: what is applied is not run again. */
  readonly migrations?: (service: string) => string;
  /** The template as JSON; the same addresses give the same text. */
  readonly synthesise: (addresses: LocalAddresses) => Promise<string>;
}

export interface CloudOptions {
  /** Everything that is kept; `.local/cloud` of the repository when left out. */
  readonly dataDirectory?: string;
  /** The port of the API; the last one, or a free one when left out. */
  readonly port?: number;
  /** Empties the data first. */
  readonly reset?: boolean;
  readonly definition?: Definition;
  /** Besides their own, for every service: log level and the like. */
  readonly serviceEnvironment?: Readonly<Record<string, string>>;
  /** Ends the start early; what was started by then is stopped. */
  readonly signal?: AbortSignal;
  /** Told what happens, in lines for people. */
  readonly tell?: (text: string) => void;
}

export const usualDataDirectory = join(repositoryRoot, '.local', 'cloud');
