import type { MethodName, MethodOutput, ParsedInput } from '../shared/contracts/app-api';
import type { CoreEvent } from '../shared/contracts/core-protocol';
import type { CalendarDate } from '../shared/domain/calendar-date';
import type { BusinessUid, DeviceUid } from '../shared/domain/ids';
import type { DomainError, Result } from '../shared/domain/result';
import type { PdfRenderer } from '../shared/pdf/renderer';
import type { NumberLedger } from './numbering/ledger';
import type { Replica } from './replica/replica';

/** Everything that a use case of the open business may use. */
export interface BusinessContext {
  readonly businessUid: BusinessUid;
  readonly deviceUid: DeviceUid;
  readonly replica: Replica;
  readonly ledger: NumberLedger;
  /** Loads its fonts with the first call. */
  readonly pdfRenderer: () => Promise<PdfRenderer>;
  /** The PDF of a document that the cloud keeps under this SHA-256; null where it is not had. */
  readonly fetchPaper: (uid: string, sha256: string) => Promise<Buffer | null>;
  readonly now: () => Date;
  /** Today in the business's time zone. */
  readonly today: () => CalendarDate;
  readonly emit: (event: CoreEvent) => void;
}

/** A use case behind a method of the app-api. */
export type UseCase<Name extends MethodName> = (
  context: BusinessContext,
  input: ParsedInput<Name>,
) => Result<MethodOutput<Name>, DomainError> | Promise<Result<MethodOutput<Name>, DomainError>>;

/** The use cases of one feature, by the method that they answer. */
export type UseCases<Names extends MethodName> = { readonly [Name in Names]: UseCase<Name> };
