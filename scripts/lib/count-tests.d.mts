export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  /** What passed only when tried again. */
  readonly flaky: readonly string[];
}

export function countVitest(report: unknown): TestCount;
export function countPlaywright(report: unknown): TestCount;
