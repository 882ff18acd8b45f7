import { z } from 'zod';

const environment = z.object({
  /** 0 takes a free port. */
  DOCCENTR_SERVICE_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Loopback unless told: in a container the network around it is what is private. */
  DOCCENTR_SERVICE_HOST: z.string().default('127.0.0.1'),
  AWS_REGION: z.string(),
  /** Set where AWS is an emulator. */
  AWS_ENDPOINT_URL: z.url().optional(),
  DOCCENTR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Environment = z.infer<typeof environment>;

/** What the process was started with. Throws, naming the variable, when something is missing. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
  throw new Error(`The environment is incomplete. ${reasons.join('; ')}`);
}
