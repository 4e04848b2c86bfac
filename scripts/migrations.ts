/** Writes the SQL for what changed in a subgraph's tables.ts: `pnpm migrations NAME`, NAME saying what it is for. `--check` only tells whether something is missing. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { subgraphs } from './subgraphs.ts';

const check = process.argv.includes('--check');
const name = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'change';

for (const subgraph of subgraphs) {
  const folder = new URL(`../subgraphs/${subgraph.name}/`, import.meta.url);
  const before = migrations(folder);
  // drizzle-kit has no dry run: what it would write is written and, for a check, told.
  execFileSync('drizzle-kit', ['generate', '--name', name], {
    cwd: folder,
    stdio: check ? 'pipe' : 'inherit',
    shell: false,
  });
  const made = migrations(folder).filter((file) => !before.includes(file));
  if (check && made.length > 0) {
    console.error(
      `subgraphs/${subgraph.name}/src/tables.ts has changes without a migration: ${made.join(', ')} was written: name it by what it is for (pnpm migrations NAME, once this one is taken back) and commit it.`,
    );
    process.exitCode = 1;
  }
}

function migrations(folder: URL): string[] {
  return readdirSync(new URL('migrations/', folder)).filter((file) => file.endsWith('.sql'));
}
