import { z } from 'zod';

import { importProgress } from './app-api/imports';
import { issueSchema } from './app-api/method';
import { collection } from './app-api/reports';
import { syncStatus } from './app-api/sync';

/** Why a call failed, as every shell passes it on. The renderer chooses the words from it. */
export const apiError = z.discriminatedUnion('kind', [
  /** A rule or a schema says no; nothing was changed. */
  z.object({ kind: z.literal('refused'), issues: z.array(issueSchema).readonly() }),
  z.object({ kind: z.literal('not_found'), entity: z.string(), uid: z.string() }),
  z.object({ kind: z.literal('unknown_method'), method: z.string() }),
  /** No business is open, or its replica has a problem (see `app.state`). */
  z.object({ kind: z.literal('no_business') }),
  /** The shell refuses the sender, or the session is over. */
  z.object({ kind: z.literal('not_allowed') }),
  /** The core process is not there (starting again) or did not answer in time. */
  z.object({ kind: z.literal('unavailable') }),
  /** A bug; `reference` finds it in the log. */
  z.object({ kind: z.literal('internal'), reference: z.string() }),
]);
export type ApiError = z.infer<typeof apiError>;

/** A call from a shell to the core. */
export const coreRequest = z.object({
  id: z.int(),
  method: z.string().max(100),
  input: z.unknown(),
});
export type CoreRequest = z.infer<typeof coreRequest>;

export const coreResponse = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: apiError }),
]);
export type CoreResponse = z.infer<typeof coreResponse>;

/** What the core tells without being asked. */
export const coreEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  /** Records changed: lists and pages that show them read again. */
  z.object({ event: z.literal('changed'), collections: z.array(collection) }),
  /** Another business was opened, or the state of the app changed otherwise. */
  z.object({ event: z.literal('app_state') }),
  z.object({ event: z.literal('import_progress'), progress: importProgress }),
  z.object({ event: z.literal('sync_status'), status: syncStatus }),
]);
export type CoreEvent = z.infer<typeof coreEvent>;

/** What the core asks of its shell: the tokens of the account are kept by what the system offers. */
export const shellRequest = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('secret.load'), id: z.int() }),
  z.object({ ask: z.literal('secret.save'), id: z.int(), value: z.string().nullable() }),
]);
export type ShellRequest = z.infer<typeof shellRequest>;

export const shellAnswer = z.discriminatedUnion('ok', [
  z.object({
    answerTo: z.int(),
    ok: z.literal(true),
    value: z.string().nullable(),
    isProtected: z.boolean(),
  }),
  z.object({ answerTo: z.int(), ok: z.literal(false) }),
]);
export type ShellAnswer = z.infer<typeof shellAnswer>;

/** Everything that travels from the core to a shell. */
export type CoreMessage = CoreResponse | CoreEvent | ShellRequest;
