export interface TestFailure {
  /** The file and the test in it. */
  readonly title: string;
  /** The beginning of what the test printed. */
  readonly reason: string;
}

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly TestFailure[];
  /** What passed only when tried again. */
  readonly flaky: readonly string[];
}

export function countVitest(report: unknown): TestCount;
export function countPlaywright(report: unknown): TestCount;
