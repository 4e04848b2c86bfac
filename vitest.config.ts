import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { HeaviestFirst } from './tests/suite/heaviest-first.ts';

const everyFile = ['{gateway,subgraphs/*,packages/*}/test/**/*.test.ts', 'tests/**/*.test.ts'];
/** Test files that need no database: `pnpm test:unit`. One that isn't named here is run with a database. */
const unitFiles = [
  'gateway/test/{access-log,allowances,answers,calendars,changes,documents,export-formats,files,loop-turns,production,webhooks}.test.ts',
  'packages/access/test/{passport,token}.test.ts',
  'packages/{client,config,duty-code,inputs,lifecycle,regions,sharing,workflow,working-days}/test/**/*.test.ts',
  'subgraphs/consultations/test/{facts,meeting-number}.test.ts',
  'subgraphs/cooperation/test/public-key.test.ts',
  'subgraphs/members/test/scoring.test.ts',
  'tests/{catalog,descriptions,documentation,machines,one-server,references}.test.ts',
  'tests/facts/columns.test.ts',
];
/** What needs servers that aren't among the dependencies: `pnpm test:servers`. */
const otherServers = 'tests/servers/!(postgresql-16).test.ts';

// vitest tells a sequencer nothing of `--sequence.shuffle.files`: it has one of its own for that, unless there is another.
const isShuffled = process.argv.some((argument) => argument.startsWith('--sequence.shuffle'));

export default defineConfig({
  // Vite would take graphql's ES module beside the CommonJS one that Apollo requires, and two of them don't know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    // What hangs ends by these; on a busy machine everything comes late, and how soon is measured by benchmarks.
    testTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 300_000,
    // Two cores: more forks only make the databases wait for one another.
    maxWorkers: 2,
    // A fork loads the hub once for all of its files; what a file leaves behind in it fails that file.
    isolate: false,
    // With the whole hub in it a fork's small garbage is copied often: more room for it, from the beginning, saves processor time.
    // And most of it runs a few times in each file: V8 made machine code of that for a seventh of all that a story took.
    // Node 20 alone knows the option.
    execArgv: [
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
      ...(process.version.startsWith('v20.') ? ['--interrupt-budget=1320000'] : []),
    ],
    setupFiles: ['tests/suite/one-day.ts', 'tests/suite/nothing-left-behind.ts'],
    sequence: isShuffled ? {} : { sequencer: HeaviestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'database',
          include: everyFile,
          exclude: [...unitFiles, otherServers, '**/node_modules/**'],
          globalSetup: 'tests/setup.ts',
        },
      },
      { extends: true, test: { name: 'unit', include: unitFiles } },
    ],
  },
});
