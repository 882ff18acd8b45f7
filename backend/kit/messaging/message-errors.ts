import type { DeliveryReason } from '../../../src/shared/contracts/delivery-reasons';
import type { StepError } from '../../../src/shared/contracts/events/workflow';

/** A message that no later try will make sense of: it goes to the dead-letter queue at once. */
export class PoisonMessageError extends Error {
  override readonly name = 'PoisonMessageError';
}

/**
 * A step of a workflow failed in an expected way, for a reason that is shown to people through
 * translations. `Transient` is tried again by the workflow, the others are not.
 */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  constructor(
    readonly kind: StepError,
    readonly reason: DeliveryReason,
    options?: ErrorOptions,
  ) {
    super(`${kind}: ${reason}`, options);
  }
}
