/** The bench's database: filled once and kept for the next run. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateSchemas, readServerStatus, roleOf, startEmbeddedServer } from '@hub/database';
import { committees, region } from '@hub/regions';
import postgres from 'postgres';
import { subgraphs } from '../subgraphs.ts';
import { fillNation, type Scale } from './nation.ts';

export interface BenchData {
  /** The administrator's address. */
  readonly url: string;
  /** The address of the floor, whose role may do what those of the subgraphs may together. */
  readonly floorUrl: string;
  /** Process of the database server, the parent of all that serve a connection. */
  readonly serverProcess: number;
  stop(): Promise<void>;
}

const schemas = subgraphs.map(({ schema }) => schema);

export async function openBenchData(
  directory: string,
  scale: Scale,
  interrupted: AbortSignal,
  progress: (line: string) => void,
): Promise<BenchData> {
  const server = await startEmbeddedServer({ directory });
  const abandon = () => void server.stop();
  interrupted.addEventListener('abort', abandon);
  try {
    const name = `nation_${keyOf(scale)}`;
    const url = databaseUrl(server.url, name);
    const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
    const [known] = await admin`select 1 from pg_database where datname = ${name}`;
    if (!known) await make(admin, server.url, name, scale, progress);
    // The database was filled under another name, from which roles have theirs.
    await migrateSchemas(url, schemas);
    await admin.end();
    const floorUrl = await openFloor(url);
    interrupted.throwIfAborted();
    const serverProcess = (await readServerStatus(server.dataDirectory))?.pid ?? 0;
    return { url, floorUrl, serverProcess, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    interrupted.removeEventListener('abort', abandon);
  }
}

/** Filled under another name: what was interrupted is begun again, and what other code had made goes. */
async function make(
  admin: postgres.Sql,
  serverUrl: string,
  name: string,
  scale: Scale,
  progress: (line: string) => void,
): Promise<void> {
  const old = await admin<{ datname: string }[]>`select datname from pg_database where datname like 'nation%'`;
  for (const { datname } of old) await admin.unsafe(`drop database ${datname} with (force)`);
  progress(`Data: ${scale.members} members, ${scale.consultations} consultations …`);
  const started = Date.now();
  await admin.unsafe('create database nation_unfinished');
  const url = databaseUrl(serverUrl, 'nation_unfinished');
  await migrateSchemas(url, schemas);
  await fillNation(url, schemas, scale);
  await admin.unsafe(`alter database nation_unfinished rename to ${name}`);
  progress(`Data: filled in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Of all that decides what is in the tables. */
function keyOf(scale: Scale): string {
  const hash = createHash('sha256').update(JSON.stringify([scale, committees({})]));
  hash.update(readFileSync(new URL('nation.ts', import.meta.url)));
  for (const { migrations, upkeep } of schemas) {
    const files = readdirSync(migrations).filter((file) => file.endsWith('.sql'));
    for (const file of files.sort()) hash.update(readFileSync(new URL(`${migrations.href}/${file}`)));
    hash.update(JSON.stringify(upkeep));
  }
  return hash.digest('hex').slice(0, 12);
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The directory as a table, and a role that reads what every subgraph reads; the policies hold for it as for them. */
async function openFloor(url: string): Promise<string> {
  const admin = postgres(url, { max: 1, onnotice: () => undefined });
  const role = 'hub_floor';
  const floorUrl = new URL(url);
  floorUrl.username = role;
  floorUrl.password = randomBytes(24).toString('base64url');
  const [known] = await admin`select 1 from pg_roles where rolname = ${role}`;
  await admin.unsafe(
    `${known ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls inherit password '${floorUrl.password}'`,
  );
  const database = floorUrl.pathname.slice(1);
  for (const { name } of schemas) await admin.unsafe(`grant ${roleOf(database, name)} to ${role}`);
  const places = committees({}).map(({ code, name, level, parent }) => ({
    code,
    name,
    level,
    parent,
    region: region(code)?.name,
    region_level: region(code)?.level,
  }));
  await admin.unsafe(`create schema if not exists bench; drop table if exists bench.place;
    create table bench.place (code text collate "C" primary key, name text, level text, parent text collate "C", region text, region_level text);
    create index on bench.place (parent, code);`);
  await admin.unsafe(
    'insert into bench.place select * from jsonb_populate_recordset(null::bench.place, $1::text::jsonb)',
    [JSON.stringify(places)],
  );
  await admin.unsafe(
    `analyze bench.place; grant usage on schema bench to ${role}; grant select on bench.place to ${role}`,
  );
  await admin.end();
  return floorUrl.href;
}

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
