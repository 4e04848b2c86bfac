/** `pnpm check`: everything about the code that needs no database. Each step says what to do; all of them run. */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [string, string, ...string[]])[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '.'],
  ['types', 'tsc', '-p', '.'],
  ['supergraph', 'tsx', 'scripts/compose.ts', '--check'],
  ['breaking schema changes', 'tsx', 'scripts/schema-check.ts'],
  ['state machines', 'tsx', 'scripts/machines.ts', '--check'],
  ['migrations', 'tsx', 'scripts/migrations.ts', '--check'],
  ['import order', 'tsx', 'scripts/import-order.ts'],
];

let failed = 0;
for (const [name, command, ...parameters] of steps) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'}  ${name}  ${seconds} s`);
  if (status !== 0) {
    failed += 1;
    console.log(`${stdout ?? ''}${stderr ?? ''}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
