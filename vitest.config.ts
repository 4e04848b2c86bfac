import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{gateway,subgraphs/*,packages/*}/test/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: 'tests/setup.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: more forks only make the databases wait for one another.
    maxWorkers: 2,
  },
});
