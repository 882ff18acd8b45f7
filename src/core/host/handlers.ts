import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contracts/app-api';
import type { ApiError, CoreEvent } from '../../shared/contracts/core-protocol';
import type { Result } from '../../shared/domain/result';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import type { OnFailedCall } from '../sync/failed-call';
import type { Platform } from './platform';

/**
 * What a handler answers. Only the failures that a use case can know: the host itself answers
 * unknown methods, malformed input and bugs.
 */
export type HandlerResult<Name extends MethodName> = Result<MethodOutput<Name>, ApiError>;

/**
 * Carries out one method of the app-api. Its input is parsed already; what it answers is parsed
 * again before it leaves the process. It answers only after its transaction was committed.
 */
export type Handler<Name extends MethodName> = (
  input: ParsedInput<Name>,
) => HandlerResult<Name> | Promise<HandlerResult<Name>>;

/** One handler for every method; the compiler names the ones that are missing. */
export type Handlers = { readonly [Name in MethodName]: Handler<Name> };

/** The handlers of one area of the app, for files that hold a few of them. */
export type HandlersOf<Names extends MethodName> = { readonly [Name in Names]: Handler<Name> };

/** The local application as the process entry sees it. */
export interface App {
  readonly handlers: Handlers;
  /** Ends timers and closes the replica; calls are not answered afterwards. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Everything that the app keeps lies in this directory; it exists already. */
  readonly dataDirectory: string;
  /** Does what only the shell can do. */
  readonly platform: Platform;
  /** The cloud's address by the environment, null without. */
  readonly cloudUrl: string | null;
  /** Where a cloud on this machine, if any, says where it is; null where none is looked for. */
  readonly developmentCloud: string | null;
  /** Tells every open window; never throws. */
  readonly emit: (event: CoreEvent) => void;
  /** The program that moves a replica's log into its file on a thread of its own. */
  readonly checkpointThread?: URL;
  /** A call of the cloud's failed while no business is open to keep it in its log. */
  readonly onFailedCall?: OnFailedCall;
  /** The clock, for tests. */
  readonly now?: () => Date;
  /** Prints in place of the app's own renderer, for tests. */
  readonly loadRenderer?: () => Promise<PdfRenderer>;
}
