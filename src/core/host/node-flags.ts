/**
 * How shells start Node for the core. Left alone, V8 lets short-lived objects pile up to tens of
 * megabytes before it looks; documents and lists make many, and none of them for long.
 */
export const CORE_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=2'];
