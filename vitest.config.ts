import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES module beside the CommonJS one that Apollo requires, and two of them don't know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['{gateway,subgraphs/*,packages/*}/test/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: 'tests/setup.ts',
    testTimeout: 30_000,
    // What comes after a while comes late on a busy machine: how soon is measured by benchmarks.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
    // Two cores: more forks only make the databases wait for one another.
    maxWorkers: 2,
  },
});
