/** One measurement beside what it is compared with, both from the same run. */
export interface BenchResult {
  /** Says what `value` and `reference` are, and which of the figures the goal is for. */
  readonly name: string;
  readonly value: number;
  readonly reference: number;
  /** `value ÷ reference`. */
  readonly ratio: number;
  readonly goal: number;
  readonly ok: boolean;
}

/** The goal is the largest ratio allowed. */
export function atMost(goal: number, name: string, value: number, reference: number): BenchResult {
  const ratio = value / reference;
  return { name, value, reference, ratio, goal, ok: ratio <= goal };
}

/** The goal is the smallest ratio allowed. */
export function atLeast(goal: number, name: string, value: number, reference: number): BenchResult {
  const ratio = value / reference;
  return { name, value, reference, ratio, goal, ok: ratio >= goal };
}

/** The goal is the largest value allowed; the reference is there for comparison. */
export function within(goal: number, name: string, value: number, reference: number): BenchResult {
  return { name, value, reference, ratio: value / reference, goal, ok: value <= goal };
}
