import type { z } from 'zod';

import type { Role, Route } from '../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Refusal } from './refusal';

/** Who calls: what the token of Cognito's pool says. */
export interface Caller {
  /** Cognito's `sub`. */
  readonly sub: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** The business that a call is about, and the caller's place in it. */
export interface Member {
  readonly tenant: BusinessUid;
  readonly userId: number;
  readonly role: Role;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A call, parsed: bad input never gets here. */
export interface Call<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly caller: R['access'] extends 'none' ? null : Caller;
  readonly member: R['access'] extends { readonly member: Role } ? Member : null;
  /** The revision that the caller has seen (`If-Match`); null when the call names none. */
  readonly ifMatch: number | null;
  readonly idempotency: IdempotencyClaim | null;
  /** For calls that wait: aborts when nobody waits any more, or when the service stops. */
  readonly untilGone: () => AbortSignal;
}

/** The key of a call that may be repeated, and a hash of all that it asks for. */
export interface IdempotencyClaim {
  readonly key: string;
  readonly operation: string;
  readonly requestHash: string;
}

type SuccessBody<R extends Route, S extends keyof R['success']> = R['success'][S] extends {
  readonly body: infer B extends z.ZodType;
}
  ? z.input<B>
  : undefined;

/** A successful answer; its body is parsed by the contract before it leaves. */
export type Answer<R extends Route> = {
  [S in keyof R['success']]:
    | {
        readonly status: S;
        readonly body: SuccessBody<R, S>;
        /** The revision of what is answered; becomes the `ETag`. */
        readonly revision?: number;
        /** Where the next page begins; becomes the `Link` header. */
        readonly nextCursor?: string | null;
      }
    | TextAnswer<S>;
}[keyof R['success']];

/** JSON that is text already, made of parts that the contract has parsed; leaves as it is. */
interface TextAnswer<S> {
  readonly status: S;
  readonly text: string;
}

export type Handler<R extends Route> = (call: Call<R>) => Promise<Answer<R> | Refusal>;

/** One handler for each route of a table. */
export type Handlers<T extends Readonly<Record<string, Route>>> = {
  readonly [N in keyof T]: Handler<T[N]>;
};

/** An answer and a handler of any route, as the server sees them; `Handlers` holds their types. */
export interface AnyAnswer {
  readonly status: 200 | 201 | 204;
  readonly body?: unknown;
  readonly text?: string;
  readonly revision?: number;
  readonly nextCursor?: string | null;
}
export type AnyHandler = (call: unknown) => Promise<AnyAnswer | Refusal>;
