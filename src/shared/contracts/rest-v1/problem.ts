import { z } from 'zod';

/** One reason for a refusal, as the rules of the domain give it. */
export const problemIssue = z.object({
  /** A path in the input, `items.0.quantity`; empty when the whole is meant. */
  field: z.string(),
  /** Stable, in snake_case. */
  code: z.string(),
  message: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ProblemIssue = z.infer<typeof problemIssue>;

/** Every error of the API: RFC 9457, `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable, in snake_case: what a program decides by. */
  code: z.string(),
  detail: z.string().optional(),
  /** The request, for support; also in the `X-Request-Id` header. */
  instance: z.string().optional(),
  errors: z.array(problemIssue).optional(),
});
export type Problem = z.infer<typeof problem>;
