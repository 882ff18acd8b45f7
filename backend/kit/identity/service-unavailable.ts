/** Another service could not be asked; the same question may be answered later. */
export class ServiceUnavailableError extends Error {
  override readonly name = 'ServiceUnavailableError';
}
