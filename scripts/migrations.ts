/**
 * Writes the SQL for what changed in a subgraph's tables.ts: `pnpm migrations NAME`, NAME saying what it is for; and beside it which
 * constraints and indexes a fresh database has, by which a start finds what is missing. `--check` only tells whether a migration is missing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateSchemas, startEmbeddedServer, structuresOf } from '@hub/database';
import postgres from 'postgres';
import { subgraphs } from './subgraphs.ts';

const check = process.argv.includes('--check');
const name = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'change';

for (const subgraph of subgraphs) {
  const folder = new URL(`../subgraphs/${subgraph.name}/`, import.meta.url);
  const before = contentsOf(folder);
  // drizzle-kit has no dry run: what it would write is written and, for a check, told and taken back.
  execFileSync('drizzle-kit', ['generate', '--name', name], {
    cwd: folder,
    stdio: check ? 'pipe' : 'inherit',
    shell: false,
  });
  if (!check) continue;
  const made = [...contentsOf(folder).keys()].filter((file) => !before.has(file));
  for (const file of made) rmSync(new URL(`migrations/${file}`, folder));
  for (const [file, content] of before) writeFileSync(new URL(`migrations/${file}`, folder), content);
  if (made.length === 0) continue;
  console.error(
    `subgraphs/${subgraph.name}/src/tables.ts has changes without a migration: write it with pnpm migrations NAME, NAME saying what it is for, and commit it.`,
  );
  process.exitCode = 1;
}
if (!check) await writeStructures();

/** What is in the folder of migrations, by path. */
function contentsOf(folder: URL): ReadonlyMap<string, string> {
  const migrations = new URL('migrations/', folder);
  const files = readdirSync(migrations, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(sql|json)$/.test(file),
  );
  return new Map(files.map((file) => [file, readFileSync(new URL(file, migrations), 'utf8')]));
}

async function writeStructures(): Promise<void> {
  const file = (subgraph: string) => new URL(`../subgraphs/${subgraph}/migrations/structure.json`, import.meta.url);
  // What it was isn't looked for in what is.
  for (const subgraph of subgraphs) rmSync(file(subgraph.name), { force: true });
  const directory = mkdtempSync(join(tmpdir(), 'cppcc-hub-structure-'));
  const server = await startEmbeddedServer({ directory, durable: false });
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  try {
    const schemas = subgraphs.map(({ schema }) => schema);
    await migrateSchemas(server.url, schemas);
    const structures = await structuresOf(
      admin,
      schemas.map((schema) => schema.name),
    );
    for (const { name: schema, migrations } of schemas) {
      const { entries } = JSON.parse(readFileSync(new URL(`${migrations.href}/meta/_journal.json`), 'utf8')) as {
        entries: readonly { readonly when: number }[];
      };
      const structure = { after: entries.at(-1)?.when ?? 0, ...structures.get(schema) };
      writeFileSync(file(schema), `${JSON.stringify(structure, null, 1)}\n`);
    }
  } finally {
    await admin.end();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
