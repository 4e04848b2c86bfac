/** `pnpm test:servers`: the hub on each PostgreSQL, behind a pooler, on each Node that it supports and on a disk that fills. Minutes, and programs that aren't among its dependencies. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import whole from '../../vitest.config.ts';

const { projects: _projects, sequence: _sequence, ...shared } = whole.test ?? {};

export default defineConfig({
  ...whole,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    ...shared,
    include: ['tests/servers/**/*.test.ts'],
    globalSetup: 'tests/setup.ts',
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
