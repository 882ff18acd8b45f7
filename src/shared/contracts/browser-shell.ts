import { z } from 'zod';

/**
 * What the browser shell and its pages say to each other besides the app-api. The printed address
 * carries `#token=…`, the one that the shell opens by itself `#code=…` (good for one use); the page
 * trades either for a session, which travels in the Authorization header.
 */
export const sessionRequest = z.union([
  z.strictObject({ token: z.string().max(200) }),
  z.strictObject({ code: z.string().max(200) }),
]);

export const sessionAnswer = z.object({ session: z.string().min(1) });

export const browserShellPaths = {
  session: '/session',
  /** Followed by the name of the method. */
  api: '/api/',
  events: '/events',
} as const;
