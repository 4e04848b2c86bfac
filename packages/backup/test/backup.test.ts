import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedTables, migrateSchemas } from '@hub/database';
import { createTestDatabase, databaseUrl, type TestDatabase } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { subgraphs } from '../../../scripts/subgraphs.ts';
import { type Manifest, restoreBackup, writeBackup } from '../src/index.ts';
import { unfinishedOf } from '../src/unfinished.ts';
import { altered, type Parts, rowsOf, tableOf } from './altered.ts';
import { contentsOf } from './contents.ts';

const schemas = subgraphs.map(({ schema }) => schema);
const names = schemas.map(({ name }) => name);
const plain = `plain_${process.pid}`;
let folder: string;
let source: TestDatabase;
let backup: string;
/** Of a hub of one subgraph, whose tables are soon laid. */
let small: string;
let manifest: Manifest;
let before: Record<string, string>;
let server: postgres.Sql;
const made: string[] = [];

/** An empty database, of the administrator or of a role that owns it and may do nothing else. */
async function emptyDatabase(owner?: string): Promise<string> {
  const name = `restored_${made.length}_${process.pid}`;
  made.push(name);
  await server.unsafe(`create database ${name} ${owner ? `owner ${owner}` : ''}`);
  const url = new URL(databaseUrl(inject('serverUrl'), name));
  if (owner) {
    url.username = owner;
    url.password = 'plain';
  }
  return url.href;
}

/** Runs statements in a database as whoever its address names. */
async function inside<Rows extends readonly object[]>(url: string, ...statements: string[]): Promise<Rows> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    let rows: unknown = [];
    for (const statement of statements) rows = await sql.unsafe(statement);
    return rows as Rows;
  } finally {
    await sql.end();
  }
}

const write = (url: string, file: string, of: readonly string[] = names) =>
  writeBackup({
    url,
    schemas: of,
    files: [{ name: 'access-log.json', content: '{"kid":"one"}' }],
    hub: '0.1.0',
    file,
  });
const without = (contents: Record<string, string>, tables: readonly string[]) =>
  Object.fromEntries(Object.entries(contents).filter(([name]) => !tables.includes(name.replace(/^.*\./, ''))));
const constraints = `select conrelid::regclass::text, conname, pg_get_constraintdef(pg_constraint.oid) as definition, convalidated from pg_constraint
  join pg_namespace as n on n.oid = connamespace where nspname = any('{${names.join()}}') order by 1, 2`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-backup-'));
  server = postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });
  await server.unsafe(`create role ${plain} login nosuperuser password 'plain'`);
  source = await createTestDatabase('facts');
  // Values that need writing in another way, and a number that was never used.
  await source.admin`insert into consultations.idempotency (subject, key, request, result)
    values (${'a\tb\n\\N\\.'}, ${'"\\'}, '', ${source.admin.json({ text: '\\.\n\t"𠮷"' })}), ('b', 'c', 'd', null)`;
  await source.admin`select setval('cooperation.webhook_message_number_seq', 41, false)`;
  before = await contentsOf(source.url);
  backup = join(folder, 'hub.zip');
  manifest = await write(source.url, backup);
  small = join(folder, 'members.zip');
  await write(source.url, small, ['members']);
});
afterAll(async () => {
  for (const name of made) await server.unsafe(`drop database ${name} with (force)`);
  await server.unsafe(`drop role ${plain}`);
  await server.end();
  await source.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a backup is one file, whole, that its user alone reads, and takes no place that is taken', async () => {
  expect((await stat(backup)).mode & 0o777).toBe(0o600);
  const bytes = await readFile(backup);
  await expect(write(source.url, backup)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  expect(bytes.equals(await readFile(backup))).toBe(true);
  await expect(write(source.url, join(folder, 'nowhere', 'hub.zip'))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
  });
  const nothing = await emptyDatabase();
  await expect(write(nothing, join(folder, 'nothing.zip'))).rejects.toMatchObject({ code: 'NO_HUB' });
  expect((await readdir(folder)).sort()).toEqual(['hub.zip', 'members.zip']);
});

test('what a backup left that was killed goes with the next, and nothing that another writes or that is none', async () => {
  const own = await mkdtemp(join(tmpdir(), 'cppcc-hub-abandoned-'));
  onTestFinished(() => rm(own, { recursive: true, force: true }));
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const old = 'yesterday.zip.elsewhere.7.hub-backup.part';
  const abandoned = unfinishedOf('yesterday.zip').replace(`.${process.pid}.`, `.${gone}.`);
  const others = [
    `today.zip.${hostname()}.${process.ppid}.hub-backup.part`,
    `today.zip.elsewhere.${gone}.hub-backup.part`,
    `film.mp4.${gone}.part`,
    `hub.zip.${gone}.part`,
    'x.hub-backup.part',
  ];
  for (const name of [abandoned, old, ...others]) await writeFile(join(own, name), '');
  const days = Date.now() / 1000 - 2 * 86_400;
  await utimes(join(own, old), days, days);
  await expect(write(await emptyDatabase(), join(own, 'nothing.zip'))).rejects.toMatchObject({ code: 'NO_HUB' });
  expect((await readdir(own)).sort()).toEqual([...others].sort());
});

test('every table and sequence of every schema is restored as it was, and so are the kept files', async () => {
  const url = await emptyDatabase();
  const laid = () => inside(url, "select 1 from pg_namespace where nspname = 'members'");
  // Its keys are kept while nobody sees its rows yet.
  let seen: unknown = null;
  const { files } = await restoreBackup({
    url,
    schemas,
    file: backup,
    keepFiles: async (kept) => {
      seen = [[...kept.keys()], [...(await laid())]];
    },
  });
  expect(seen).toEqual([['access-log.json'], []]);
  await migrateSchemas(url, schemas);
  const after = await contentsOf(url);
  // What was laid here, and where numbers of changes go on, is this database's own.
  const own = ['upkeep', 'change_era', 'change_seq', 'restoration'];
  expect(without(after, own)).toEqual(without(before, own));
  expect(Object.keys(after).length).toBeGreaterThan(100);
  expect(await inside(url, 'select taken, hub from cooperation.restoration')).toMatchObject([
    { taken: new Date(manifest.at), hub: '0.1.0' },
  ]);
  expect(files).toEqual(new Map([['access-log.json', '{"kid":"one"}']]));
  expect(await inside(url, constraints)).toEqual(await inside(source.url, constraints));
  await expect(restoreBackup({ url, schemas, file: backup })).rejects.toMatchObject({ code: 'NOT_EMPTY' });
  expect(await contentsOf(url)).toEqual(after);
});

test('a plain owner restores it too, and backs up only what no policy hides from it', async () => {
  const url = await emptyDatabase(plain);
  await restoreBackup({ url, schemas, file: backup });
  // What is made of other rows comes with the next start.
  const later = ['upkeep', 'restoration', ...derivedTables];
  expect(without(await contentsOf(url), later)).toEqual(without(before, later));
  const again = join(folder, 'plain.zip');
  const force = 'alter table members.person enable row level security, force row level security';
  const [{ policies } = { policies: '' }] = await inside<{ policies: string }[]>(
    url,
    force,
    `select coalesce(string_agg(format('drop policy %I on %s', polname, polrelid::regclass), ';'), '') as policies from pg_policy
     where polrelid = 'members.person'::regclass`,
  );
  await inside(url, policies);
  await expect(write(url, again)).rejects.toMatchObject({
    code: 'ROWS_HIDDEN',
    message: expect.stringContaining('members.person'),
  });
  const open = `do $$ declare one regclass; begin
    for one in select oid from pg_class where relforcerowsecurity loop
      execute format('create policy owner on %s to ${plain} using (true)', one);
    end loop; end $$`;
  await inside(url, open);
  const all = await write(url, again);
  const rows = (of: Manifest) => of.schemas.map(({ tables }) => tables.filter(({ name }) => name !== 'restoration'));
  expect(rows(all)).toEqual(rows(manifest));
  await rm(again);
});

describe('a file that is broken, cut or changed leaves nothing and is told by name', () => {
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase(plain);
  });
  const refused = async (file: string, of = schemas) => {
    const error = await restoreBackup({ url, schemas: of, file }).then(
      () => undefined,
      (thrown: unknown) => thrown as Error & { code: string },
    );
    expect(await inside(url, `select nspname from pg_namespace where nspname ~ '^(${names.join('|')})'`)).toEqual([]);
    await rm(file);
    return [error?.code, error?.message] as const;
  };
  const copy = join(tmpdir(), `cppcc-hub-backup-${process.pid}.zip`);
  const changed = async (change: (parts: Parts) => void) => {
    await altered(small, copy, change);
    return refused(
      copy,
      schemas.filter(({ name }) => name === 'members'),
    );
  };

  test('cut off anywhere, or no backup at all', async () => {
    const bytes = await readFile(backup);
    for (const length of [0, 10, bytes.length >> 1, bytes.length - 1]) {
      await writeFile(copy, bytes);
      await truncate(copy, length);
      expect(await refused(copy)).toEqual(['NOT_A_BACKUP', expect.stringContaining(copy)]);
    }
    await writeFile(copy, 'a text');
    expect((await refused(copy))[0]).toBe('NOT_A_BACKUP');
  });

  test('a byte of it is another one', async () => {
    const bytes = await readFile(backup);
    const at = bytes.indexOf('tables/members.person.copy') + 200;
    await writeFile(copy, bytes);
    const handle = await open(copy, 'r+');
    await handle.write(Buffer.from([(bytes[at] ?? 0) ^ 0x55]), 0, 1, at);
    await handle.close();
    expect(await refused(copy)).toEqual(['DAMAGED', expect.stringContaining('tables/members.person.copy')]);
  });

  test.each<[string, string, (parts: Parts) => void]>([
    [
      'rows are other ones',
      'members.person.copy isn’t as it was written',
      ({ parts }) => {
        const name = 'tables/members.person.copy';
        const text = String(parts.get(name));
        parts.set(name, Buffer.from(text.replace(/20\d\d-/, '1999-')));
      },
    ],
    [
      'a part holds more than it says',
      'members.person.copy isn’t as long',
      ({ parts }) => {
        parts.set('tables/members.person.copy', Buffer.alloc(50_000_000));
      },
    ],
    ['a part is missing', 'members.person.copy is missing', ({ parts }) => parts.delete('tables/members.person.copy')],
    ['a part is one too many', 'another isn’t listed', ({ parts }) => parts.set('another', Buffer.from('one'))],
    [
      'a table is left out',
      'members.person',
      ({ manifest, parts }) => {
        const members = manifest.schemas.find((one: { name: string }) => one.name === 'members');
        members.tables = members.tables.filter((one: { name: string }) => one.name !== 'person');
        parts.delete('tables/members.person.copy');
      },
    ],
    [
      'a row is missing that others name',
      'rows of',
      (parts) => rowsOf(parts, 'members', 'person', (text) => text.slice(text.indexOf('\n') + 1)),
    ],
    [
      'a value is none that the column takes',
      'members.person.copy isn’t what its table takes',
      (parts) => rowsOf(parts, 'members', 'person', (text) => text.replace(/^[^\t]+/, 'no id')),
    ],
    [
      'a row is there twice',
      'members.person.copy isn’t what its table takes (23505)',
      (parts) => rowsOf(parts, 'members', 'person', (text) => text + text.slice(0, text.indexOf('\n') + 1)),
    ],
    [
      'rows are counted wrongly',
      'members.person.copy has',
      ({ manifest }) => {
        tableOf(manifest, 'members', 'person').rows += 1;
      },
    ],
    [
      'a column is none of the table’s',
      'members.person with columns',
      ({ manifest }) => {
        tableOf(manifest, 'members', 'person').columns.push('no_such_column');
      },
    ],
    [
      'a name is SQL',
      'says something impossible (schemas.0.tables.0.columns.0)',
      ({ manifest }) => {
        manifest.schemas[0].tables[0].columns[0] = 'id) from stdin; drop table members.person; --';
      },
    ],
    [
      'a schema is another one',
      'newer hub',
      ({ manifest }) => {
        manifest.schemas.push({
          name: 'pg_catalog',
          migrations: manifest.schemas[0].migrations,
          tables: [],
          sequences: [],
        });
      },
    ],
  ])('%s', async (_, told, change) => {
    const [code, message] = await changed(change);
    expect(['DAMAGED', 'NEWER']).toContain(code);
    expect(message).toContain(told);
  });

  test('made by a newer hub', async () => {
    const last = await changed(({ manifest }) => {
      manifest.schemas[0].migrations.push({ hash: '0'.repeat(64), at: 1 });
    });
    const format = await changed(({ manifest }) => {
      Object.assign(manifest, { version: 2, schemas: 'others' });
    });
    expect([last[0], format[0]]).toEqual(['NEWER', 'NEWER']);
  });
});

test('a restore whose database is lost says so, leaves nothing and ends no process', async () => {
  const url = await emptyDatabase();
  const name = new URL(url).pathname.slice(1);
  const connections = () => server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  const losing = restoreBackup({
    url,
    schemas: schemas.filter((schema) => schema.name === 'members'),
    file: small,
    keepFiles: async () => {
      await server.unsafe(`alter database ${name} allow_connections false`);
      await expect.poll(connections).toHaveLength(0);
    },
  });
  await expect(losing).rejects.toMatchObject({ code: expect.stringMatching(/^(57P01|CONNECTION_\w+)$/) });
  await server.unsafe(`alter database ${name} allow_connections true`);
  expect(await inside(url, "select 1 from pg_namespace where nspname = 'members'")).toEqual([]);
});
