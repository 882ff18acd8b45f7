import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{src,backend}/**/*.test.ts',
      'tests/{integration,faults}/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    // Property tests and real SQLite on two shared cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
