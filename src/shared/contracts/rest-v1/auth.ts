import { z } from 'zod';

import { businessInput, mailSettings, reminderSettings } from '../../domain/business';
import { instant } from '../../domain/calendar-date';
import { businessUid } from '../../domain/ids';
import { emailAddress } from '../../domain/party';
import { idInPath, line, moment } from './fields';
import { ROLES, route } from './route';

const email = emailAddress;
/** Cognito judges the password by the pool's policy; here only its size is held. */
const password = z.string().min(1).max(256).meta({ format: 'password' });
/** The code that Cognito mailed. */
const code = z.string().regex(/^\d{4,12}$/);
const role = z.enum(ROLES);

export const session = z
  .object({
    /** Cognito's ID token, a JWT: goes into `Authorization: Bearer`. */
    token: z.string(),
    refresh_token: z.string(),
    /** Seconds that the token is valid for. */
    expires_in: z.int(),
  })
  .meta({ id: 'Session' });

/** A business that the caller is a member of: the tenant of the cloud. */
export const membershipView = z
  .object({
    business_id: businessUid,
    name: z.string(),
    role,
    created_at: moment,
    /**
     * The business that registering made, untouched: no records, no devices, nobody else. It can be
     * replaced by one that the user brings along (`createBusiness`).
     */
    is_pristine: z.boolean(),
  })
  .meta({ id: 'Membership' });

/** What documents, mails and reminders of the business are made from. */
export const businessView = z
  .object({
    id: businessUid,
    revision: z.int(),
    settings: businessInput.extend({
      /** A receipt goes to the client when an invoice is paid in full. */
      sendReceipts: z.boolean(),
    }),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Business' });

const settingsChange = businessInput
  .omit({ mail: true, reminders: true })
  .extend({ sendReceipts: z.boolean(), mail: mailSettings, reminders: reminderSettings })
  .partial();

const member = z
  .object({ user_id: z.int(), email: z.string(), role, created_at: moment })
  .meta({ id: 'Member' });

const invited = z.object({ email, role });

/** An address that becomes a member once its user signs in, or asks which businesses he has. */
const invitation = z
  .object({ id: z.int(), email: z.string(), role, created_at: moment })
  .meta({ id: 'Invitation' });

const AUTHENTICATION = { service: 'auth', tag: 'Authentication' } as const;
const BUSINESSES = { service: 'auth', tag: 'Businesses' } as const;

export const authRoutes = {
  register: route({
    ...AUTHENTICATION,
    operationId: 'register',
    summary: 'Register a new user',
    method: 'POST',
    path: '/auth/register',
    access: 'none',
    refusals: [409],
    body: z
      .object({
        email,
        password,
        /** The first business; named after the e-mail address when left out. */
        business: z
          .object({
            name: line(120, 1).optional(),
            country: z
              .string()
              .regex(/^[A-Z]{2}$/)
              .optional(),
            time_zone: businessInput.shape.timeZone.optional(),
          })
          .optional(),
      })
      .meta({ id: 'Registration' }),
    success: {
      200: {
        description: 'User registered successfully',
        body: z.object({ confirmed: z.boolean(), business_id: businessUid }),
      },
    },
  }),
  confirmRegistration: route({
    ...AUTHENTICATION,
    operationId: 'confirmRegistration',
    summary: 'Confirm the e-mail address by the mailed code',
    method: 'POST',
    path: '/auth/confirm',
    access: 'none',
    body: z.object({ email, code }),
    success: {
      200: { description: 'Address confirmed', body: z.object({ confirmed: z.literal(true) }) },
    },
  }),
  login: route({
    ...AUTHENTICATION,
    operationId: 'login',
    summary: 'Authenticate a user',
    method: 'POST',
    path: '/auth/login',
    access: 'none',
    refusals: [401],
    body: z.object({ email, password }).meta({ id: 'Credentials' }),
    success: { 200: { description: 'Authentication successful', body: session } },
  }),
  openSession: route({
    ...AUTHENTICATION,
    operationId: 'openSession',
    summary: 'Tell of a sign-in that was made with Cognito directly',
    method: 'POST',
    path: '/auth/session',
    access: 'token',
    success: {
      200: {
        description: 'Session noted',
        body: z.object({ memberships: z.array(membershipView) }),
      },
    },
  }),
  refresh: route({
    ...AUTHENTICATION,
    operationId: 'refresh',
    summary: 'Trade a refresh token for a new token',
    method: 'POST',
    path: '/auth/refresh',
    access: 'none',
    refusals: [401],
    body: z.object({ refresh_token: z.string().min(1).max(8192) }),
    success: { 200: { description: 'New token', body: session } },
  }),
  verifyToken: route({
    ...AUTHENTICATION,
    operationId: 'verifyToken',
    summary: 'Verify the validity of a token',
    method: 'GET',
    path: '/auth/verify',
    access: 'token',
    success: {
      200: {
        description: 'Token is valid',
        body: z.object({
          valid: z.literal(true),
          email: z.string(),
          expires_at: moment,
          memberships: z.array(membershipView),
        }),
      },
    },
  }),
  resetPassword: route({
    ...AUTHENTICATION,
    operationId: 'resetPassword',
    summary: 'Initiate the password reset process',
    method: 'POST',
    path: '/auth/reset-password',
    access: 'none',
    body: z.object({ email }),
    success: {
      200: {
        description: 'A code was mailed if the account exists; the answer is the same either way',
        body: z.object({ accepted: z.literal(true) }),
      },
    },
  }),
  confirmReset: route({
    ...AUTHENTICATION,
    operationId: 'confirmReset',
    summary: 'Set a new password by the mailed code',
    method: 'POST',
    path: '/auth/confirm-reset',
    access: 'none',
    body: z.object({ email, code, password }),
    success: {
      200: { description: 'Password set', body: z.object({ accepted: z.literal(true) }) },
    },
  }),
  getAuthConfig: route({
    ...AUTHENTICATION,
    operationId: 'getAuthConfig',
    summary: 'Where programs sign in by themselves (SRP), so that they know it from the API alone',
    method: 'GET',
    path: '/auth/config',
    access: 'none',
    success: {
      200: {
        description: 'The user pool',
        body: z
          .object({
            region: z.string(),
            user_pool_id: z.string(),
            user_pool_client_id: z.string(),
            /** Null where the pool answers at AWS's own address. */
            user_pool_endpoint: z.string().nullable(),
          })
          .meta({ id: 'AuthConfig' }),
      },
    },
  }),
  getOpenApi: route({
    ...AUTHENTICATION,
    operationId: 'getOpenApi',
    summary: 'This document',
    method: 'GET',
    path: '/openapi.json',
    access: 'none',
    success: { 200: { description: 'OpenAPI document', body: z.record(z.string(), z.unknown()) } },
  }),
  listBusinesses: route({
    ...BUSINESSES,
    operationId: 'listBusinesses',
    summary: 'List the businesses that the caller is a member of',
    method: 'GET',
    path: '/businesses',
    access: 'token',
    success: {
      200: { description: 'Memberships, the first one first', body: z.array(membershipView) },
    },
  }),
  createBusiness: route({
    ...BUSINESSES,
    operationId: 'createBusiness',
    summary: 'Create another business, owned by the caller; 20 at most',
    method: 'POST',
    path: '/businesses',
    access: 'token',
    refusals: [409],
    body: z.object({
      name: line(120, 1),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      time_zone: businessInput.shape.timeZone.optional(),
      /**
       * Of a business that was made elsewhere and brings its records by sync. Asking again answers
       * the same; somebody else's is refused with `business_exists`.
       */
      uid: businessUid.optional(),
      /** In place of what follows from name, country and time zone. */
      settings: businessInput.optional(),
      created_at: instant.optional(),
      /** The caller's pristine first business, which he then leaves; any other is left alone. */
      replaces: businessUid.optional(),
    }),
    success: { 201: { description: 'Business created', body: businessView } },
  }),
  getBusiness: route({
    ...BUSINESSES,
    operationId: 'getBusiness',
    summary: 'Get the business that the call names',
    method: 'GET',
    path: '/business',
    access: { member: 'viewer' },
    hasETag: true,
    success: { 200: { description: 'Successful response', body: businessView } },
  }),
  updateBusiness: route({
    ...BUSINESSES,
    operationId: 'updateBusiness',
    summary: 'Change settings of the business; what is left out stays',
    method: 'PUT',
    path: '/business',
    access: { member: 'owner' },
    hasETag: true,
    body: settingsChange,
    success: { 200: { description: 'Business updated', body: businessView } },
  }),
  listMembers: route({
    ...BUSINESSES,
    operationId: 'listMembers',
    summary: 'List the members of the business',
    method: 'GET',
    path: '/business/members',
    access: { member: 'viewer' },
    success: { 200: { description: 'Successful response', body: z.array(member) } },
  }),
  putMember: route({
    ...BUSINESSES,
    operationId: 'putMember',
    summary: 'Invite an address to become a member, or change the role of a member',
    method: 'PUT',
    path: '/business/members',
    access: { member: 'owner' },
    body: invited,
    success: {
      200: {
        description: 'Invited or a member, whether there is an account or not',
        body: invited,
      },
    },
  }),
  removeMember: route({
    ...BUSINESSES,
    operationId: 'removeMember',
    summary: 'Remove a member; the last owner stays',
    method: 'DELETE',
    path: '/business/members/{userId}',
    access: { member: 'owner' },
    params: z.object({ userId: idInPath }),
    success: { 204: { description: 'Member removed' } },
  }),
  listInvitations: route({
    ...BUSINESSES,
    operationId: 'listInvitations',
    summary: 'List the addresses that are invited and have not come yet',
    method: 'GET',
    path: '/business/invitations',
    access: { member: 'owner' },
    success: { 200: { description: 'Successful response', body: z.array(invitation) } },
  }),
  withdrawInvitation: route({
    ...BUSINESSES,
    operationId: 'withdrawInvitation',
    summary: 'Withdraw an invitation',
    method: 'DELETE',
    path: '/business/invitations/{invitationId}',
    access: { member: 'owner' },
    params: z.object({ invitationId: idInPath }),
    success: { 204: { description: 'Invitation withdrawn' } },
  }),
};
