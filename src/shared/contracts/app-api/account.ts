import { z } from 'zod';

import { businessUid } from '../../domain/ids';
import { ROLES } from '../rest-v1/route';
import { method, nothing } from './method';
import { line } from '../../domain/text';

const email = z.email().max(254);
const password = z.string().min(1).max(256);
const code = z.string().trim().min(4).max(12);

/** What an authenticator app shows, with or without the gap in its middle. */
const totpCode = z
  .string()
  .transform((typed) => typed.replace(/\s/gu, ''))
  .refine((digits) => /^\d{6}$/u.test(digits), { params: { code: 'six_digits' } });

/** Whose account this machine uses, and which cloud. */
export const accountState = z.object({
  /** `expired`: the app goes on offline and asks to sign in again. */
  kind: z.enum(['none', 'signed_in', 'expired']),
  email: z.string(),
  /** Null: no cloud is configured, and everything stays on this machine. */
  cloud: z
    .object({ apiUrl: z.string(), source: z.enum(['setting', 'environment', 'development']) })
    .nullable(),
  /** False where the system offers no real encryption for the tokens: the app says so. */
  areTokensProtected: z.boolean(),
  /** As other devices of the business see this one. */
  deviceName: z.string(),
  /** The businesses on this machine that belong to the account. */
  bound: z.array(businessUid),
});
export type AccountState = z.infer<typeof accountState>;

const signInAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed_in') }),
  /** The code of an authenticator app is asked for: `account.confirmSignIn`. */
  z.object({ kind: z.literal('needs_totp') }),
  /** The address is not confirmed yet: `account.confirm`, then again. */
  z.object({ kind: z.literal('needs_confirmation') }),
]);

/** What signing in would upload of a business that is on this machine alone. */
const localBusiness = z.object({
  uid: businessUid,
  name: z.string(),
  counts: z.object({
    clients: z.int(),
    products: z.int(),
    orders: z.int(),
    invoices: z.int(),
    payments: z.int(),
  }),
});

const cloudBusiness = z.object({
  uid: businessUid,
  name: z.string(),
  role: z.enum(ROLES),
  /** On this machine already. */
  isHere: z.boolean(),
  /** Empty, made by signing up: it gives way to the first local business that is uploaded. */
  isPristine: z.boolean(),
});

export const accountMethods = {
  'account.state': method(nothing, accountState),
  'account.signUp': method(z.object({ name: line(120, 1), email, password }), nothing),
  'account.confirm': method(z.object({ email, code }), nothing),
  'account.resendCode': method(z.object({ email }), nothing),
  'account.signIn': method(z.object({ email, password }), signInAnswer),
  'account.confirmSignIn': method(z.object({ code: totpCode }), signInAnswer),
  'account.forgotPassword': method(z.object({ email }), nothing),
  'account.resetPassword': method(z.object({ email, code, password }), nothing),
  /** Whether signing in asks for the code of an authenticator app as well; the cloud is asked. */
  'account.twoStep': method(nothing, z.object({ isOn: z.boolean() })),
  /** A new secret for an authenticator app: to be typed into it, or as the address in a QR code. */
  'account.startTwoStep': method(nothing, z.object({ secret: z.string(), address: z.string() })),
  /** From here on signing in asks for a code; refused with `totp_wrong`. */
  'account.finishTwoStep': method(z.object({ code: totpCode }), nothing),
  'account.stopTwoStep': method(nothing, nothing),
  /** What signing out would lose: changes that the cloud has not been told. */
  'account.signOutPreview': method(nothing, z.object({ unsent: z.int(), businesses: z.int() })),
  'account.signOut': method(z.object({ keepsCopies: z.boolean() }), accountState),
  /** The cloud's address as a setting; null goes back to the environment's. */
  'account.setCloud': method(z.object({ apiUrl: z.url().max(500).nullable() }), accountState),
  'account.setDeviceName': method(z.object({ name: line(100, 1) }), accountState),
  /** What is in the account, and what is on this machine alone (demo companies never go up). */
  'account.businesses': method(
    nothing,
    z.object({ cloud: z.array(cloudBusiness), local: z.array(localBusiness) }),
  ),
  /** Uploads a local business: as one of its own, or into one that the account has (`into`). */
  'account.adopt': method(
    z.object({ uid: businessUid, into: businessUid.nullable() }),
    z.object({ uid: businessUid }),
  ),
  /** Brings a business of the account to this machine and opens it. */
  'account.join': method(z.object({ uid: businessUid }), nothing),
};
