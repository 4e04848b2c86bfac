import { randomBytes } from 'node:crypto';
import { driverAddress } from '@hub/database';
import postgres from 'postgres';
import { inject } from 'vitest';
import { databaseUrl, type Template, templateName } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly serverUrl: string;
  }
}

export interface TestDatabase {
  /** The administrator's address, for looking past the policies. */
  readonly url: string;
  readonly admin: postgres.Sql;
  drop(): Promise<void>;
}

/** A database of the test's own: copied from a template, or with nothing in it. */
export async function createTestDatabase(template: Template | null): Promise<TestDatabase> {
  return copyOf(template === null ? 'template0' : templateName(template));
}

/**
 * A database of the test's own with what takes long to put in: that is done once in a whole run, by the file that comes to it
 * first, and the others copy it.
 * @param prepare fills a database that has the tables; what it returns is JSON, and everybody gets it
 */
export async function createPreparedDatabase<Prepared>(
  name: string,
  prepare: (admin: postgres.Sql) => Promise<Prepared>,
): Promise<{ database: TestDatabase; prepared: Prepared }> {
  const template = `template_${name}`;
  const server = openServer();
  await server`select pg_advisory_lock(2)`;
  const [there] = await server`select 1 from pg_database where datname = ${template}`;
  if (!there) {
    const filling = await copyOf(templateName('empty'));
    const prepared = await prepare(filling.admin);
    await filling.admin`create table public.prepared as select ${JSON.stringify(prepared)}::text as value`;
    await filling.admin.end();
    // Under its name there is only one that is whole.
    await server.unsafe(`alter database ${filling.name} rename to ${template}`);
    await filling.leave();
  }
  await server.end();
  const database = await copyOf(template);
  const [row] = await database.admin`select value from public.prepared`;
  await database.admin`drop table public.prepared`;
  return { database, prepared: JSON.parse(String(row?.['value'])) as Prepared };
}

/** The driver as a subgraph's role, past the hub's sessions. */
export function openLogin(address: string, options: postgres.Options<Record<string, never>> = {}): postgres.Sql {
  const { url, ...socket } = driverAddress(address);
  return postgres(url, { max: 1, onnotice: () => undefined, ...options, ...socket });
}

const openServer = () => postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });

async function copyOf(from: string): Promise<TestDatabase & { readonly name: string; leave(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = openServer();
  // Two copies of one template can't be made at the same time.
  await server`select pg_advisory_lock(1)`;
  await server.unsafe(`create database ${name} template ${from} strategy file_copy`);
  await server`select pg_advisory_unlock(1)`;
  const url = databaseUrl(inject('serverUrl'), name);
  const admin = postgres(url, { max: 2, onnotice: () => undefined });
  return {
    name,
    url,
    admin,
    leave: () => server.end(),
    async drop() {
      await admin.end();
      await server.unsafe(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
