import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRows, migrateSchemas, openDatabase, roleOf, startEmbeddedServer, subgraphUrl } from '@hub/database';
import { readFacts } from '@hub/facts';
import { isAlive } from '@hub/lifecycle';
import type { SubgraphDefinition } from '@hub/subgraph-server';
import postgres from 'postgres';

/** Databases that every test's own is copied from: with the tables, and with the facts in them too. */
export type Template = 'empty' | 'facts';
export const templateName = (template: Template) => `template_${template}`;

/** The role of a subgraph in every test's database: copies keep what was granted in what they are copied from. */
export const testRole = (schema: string) => roleOf(templateName('empty'), schema);

/** The address of a database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

const memory = '/dev/shm';
/** Bytes that a whole run may need: what it writes at most, and its log of writes. */
const roomNeeded = 3 * 1024 ** 3;

/** A new folder in memory where there is room for it, and on the disk otherwise. It bears the number of the process whose it is. */
async function newFolder(): Promise<string> {
  await removeAbandoned();
  const room = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  const name = `cppcc-hub-test-${process.pid}-`;
  const onDisk = () => mkdtemp(join(tmpdir(), name));
  return room < roomNeeded ? onDisk() : mkdtemp(join(memory, name)).catch(onDisk);
}

/** A run that was killed leaves its folder, and memory is too dear for that. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(memory).catch(() => [])) {
    const [, pid] = /^cppcc-hub-test-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid)))
      await rm(join(memory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** One PostgreSQL for a whole test run, with both templates. */
export async function startTestServer(
  definitions: readonly SubgraphDefinition<unknown>[],
): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = await newFolder();
  const server = await startEmbeddedServer({ directory, durable: false });
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${templateName('empty')}`);
  await migrateSchemas(
    databaseUrl(server.url, templateName('empty')),
    definitions.map(({ schema }) => schema),
  );
  await admin.unsafe(`create database ${templateName('facts')} template ${templateName('empty')} strategy file_copy`);
  const facts = readFacts();
  for (const { name, factsAsRows } of definitions) {
    const database = openDatabase({
      url: await subgraphUrl(databaseUrl(server.url, templateName('facts')), name),
      name,
      fetchTimeoutMs: 60_000,
    });
    await importRows(database, factsAsRows(facts));
    await database.close();
  }
  await admin.end();
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
      await rm(server.dataDirectory, { recursive: true, force: true });
    },
  };
}
