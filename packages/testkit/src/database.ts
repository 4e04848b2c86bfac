import { randomBytes } from 'node:crypto';
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
  const serverUrl = inject('serverUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  // Two copies of one template can't be made at the same time.
  await server`select pg_advisory_lock(1)`;
  const from = template === null ? 'template0' : templateName(template);
  await server.unsafe(`create database ${name} template ${from} strategy file_copy`);
  await server`select pg_advisory_unlock(1)`;
  const url = databaseUrl(serverUrl, name);
  const admin = postgres(url, { max: 2, onnotice: () => undefined });
  return {
    url,
    admin,
    async drop() {
      await admin.end();
      await server.unsafe(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
