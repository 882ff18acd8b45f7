/**
 * What every AWS client of the services is made with: the SDK by itself waits for ever. Long polls
 * bring a limit of their own.
 */
export const AWS_TIMEOUTS = {
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
} as const;

/** The same where a call carries a document, or waits for a password to be hashed. */
export const PATIENT_TIMEOUTS = {
  requestHandler: { ...AWS_TIMEOUTS.requestHandler, requestTimeout: 30_000 },
} as const;
