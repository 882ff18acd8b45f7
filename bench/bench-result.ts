/** One measurement beside what it is compared with, both from the same run. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly reference: number;
  /** `value ÷ reference`. */
  readonly ratio: number;
  readonly goal: number;
  readonly ok: boolean;
}
