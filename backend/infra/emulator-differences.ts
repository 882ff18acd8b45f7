import type { StackInputs } from './inputs';

/**
 * Everything in which the emulator's template differs from the one for AWS, apart from the values of
 * the inputs, and why. What is not in this list is the same.
 */
export const EMULATOR_DIFFERENCES = {
  roles_trust_the_account:
    "On AWS, ECS assumes a service's role and hands the process its credentials. Here the launcher does what ECS does, as the account's root, so the roles trust the account as well.",
  no_demand_for_tls:
    'Queues and the bucket refuse calls without TLS on AWS. The emulator speaks plain HTTP on the loopback, so that the same statement would refuse every call.',
} as const;

export type EmulatorDifference = keyof typeof EMULATOR_DIFFERENCES;

/** Whether the template is one for the emulator, where this difference applies. */
export function differs(inputs: Pick<StackInputs, 'target'>, name: EmulatorDifference): boolean {
  return inputs.target === 'emulator' && name in EMULATOR_DIFFERENCES;
}
