/** A hub that is put on somebody else's server: PostgreSQL 15, where it owns a database and is no superuser, behind a pooler that clears nothing. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { restoreBackup } from '@hub/backup';
import { migrateSchemas } from '@hub/database';
import { createAccessLogKey } from '@hub/gateway';
import { createTestDatabase, databaseUrl } from '@hub/testkit';
import type { JWK } from 'jose';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf } from '../../packages/backup/test/contents.ts';
import { verifyChain } from '../../scripts/audit/chain.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { creditCodes, registerAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { ask, newFolder, startProcess } from '../processes/hub-process.ts';
import { postgresql } from './installed.ts';
import { answersOf } from './operations.ts';
import { type Pooler, startPooler } from './pgbouncer.ts';
import { asTestDatabase, type RealServer, startRealServer } from './real-server.ts';

const run = promisify(execFile);
const schemas = subgraphs.map(({ schema }) => schema);
const programs = () => join(postgresql(15), 'bin');
const question =
  '{ committee(code: "330110") { name consultations(first: 5) { totalCount nodes { id title } } members { totalCount } } }';

let before: Hub;
let server: RealServer;
let pooler: Pooler;
let privateKey: string;
let file: string;
let answered: unknown;
/** What the tables held as the backup was made. */
let held: Record<string, string>;

/** Rows of people: how numbers go on, what was laid and where the log lies are each database's own. */
const data = (contents: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(contents).filter(
      ([name]) => !/^hub\.|\.(upkeep|change_era|change_seq|restoration|access_place|imported)$/.test(name),
    ),
  );
const script = async (name: 'backup/backup' | 'backup/restore', settings: Record<string, string>) => {
  const one = startProcess(name, settings, [file]);
  expect([await one.ended, one.complaint()]).toEqual([0, '']);
  return one.screen();
};

beforeAll(async () => {
  privateKey = await createAccessLogKey();
  server = await startRealServer(15);
  pooler = await startPooler(server, { pool_mode: 'session', server_reset_query: '' });
  // People and an agency write and read on the hub's own.
  before = await startHub('in process', { config: { accessLog: { privateKey } } });
  await answersOf(before);
  answered = (await before.ask(question)).data;
  await before.restart();
  file = join(server.folder, 'hub.zip');
});
afterAll(async () => {
  await before?.stop();
  await pooler?.stop();
  await server?.stop();
});

/** A start, what it answers and what the log says of where it is; as often as it is started. */
async function serves(url: string): Promise<readonly string[]> {
  for (let times = 0; times < 2; times += 1) {
    const settings = {
      DATABASE_URL: url,
      HUB_DATA_DIR: await newFolder(),
      PORT: '0',
      HUB_ACCESS_LOG_PRIVATE_KEY: privateKey,
    };
    const hub = startProcess('start', settings);
    expect((await ask(await hub.url(), question)).data).toEqual(answered);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.complaint()).toBe('');
  }
  const superuser = postgres(databaseUrl(server.url, new URL(url).pathname.slice(1)), { max: 1 });
  try {
    const { faults, notices } = await verifyChain(superuser, { keys: [JSON.parse(privateKey) as JWK], heads: [] });
    expect(faults).toEqual([]);
    return notices;
  } finally {
    await superuser.end();
  }
}
const superusers = (url: string) => databaseUrl(server.url, new URL(url).pathname.slice(1));
/** Tables that differ; but for the log, which holds one entry more, that it was brought back, and went with tokens whose time was over. */
const differing = (one: Record<string, string>, other: Record<string, string>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => one[name] !== other[name] && !/\.(access_entry|access_checkpoint|agency_token)$/.test(name),
  );

describe('on PostgreSQL 15, as a plain owner behind a pooler', () => {
  let restored: string;

  test('a hub with what people and an agency did is backed up', async () => {
    await script('backup/backup', { DATABASE_URL: before.database.url, HUB_DATA_DIR: await newFolder() });
    // What it holds, as the hub's own server has it: the hub it was made of goes on.
    const own = await createTestDatabase(null);
    await restoreBackup({ url: own.url, schemas, file });
    await migrateSchemas(own.url, schemas);
    held = data(await contentsOf(own.url));
    await own.drop();
  });

  test('a backup is restored, served as it was, and the log says that it was restored', async () => {
    restored = pooler.through(await server.database('restored', 'plain owner'));
    const screen = await script('backup/restore', {
      DATABASE_URL: restored,
      HUB_DATA_DIR: await newFolder(),
      HUB_ACCESS_LOG_PRIVATE_KEY: privateKey,
    });
    expect(screen).toMatch(/\d+ rows of \d+ tables as of .*, are in PostgreSQL at/);
    expect(differing(data(await contentsOf(superusers(restored))), held)).toEqual([]);
    expect(await serves(restored)).toEqual([
      expect.stringMatching(/^Restored on .* from a backup of .*, up to entry \d+/),
    ]);
  });

  test('a dump is restored by pg_restore into another database, served as it was, and the log says that it was found so', async () => {
    const dump = join(server.folder, 'hub.dump');
    const url = pooler.through(await server.database('loaded', 'plain owner'));
    // Each as the plain owner of its database.
    await run(join(programs(), 'pg_dump'), ['-Fc', '--enable-row-security', '-f', dump, restored]);
    const said = await run(join(programs(), 'pg_restore'), ['--no-owner', '--no-privileges', '-d', url, dump]).then(
      () => '',
      ({ stderr }: { stderr: string }) => stderr,
    );
    // What can't be restored is laid by the start: policies of roles that are another database's.
    expect(said.split('\n').filter((line) => /^pg_restore: error:/.test(line))).toEqual([]);
    expect(differing(data(await contentsOf(superusers(url))), data(await contentsOf(superusers(restored))))).toEqual(
      [],
    );
    expect(await serves(url)).toEqual([
      expect.stringMatching(/^Restored on/),
      expect.stringMatching(/^Found on .* to have been brought back, by whom nothing in the log says, up to entry \d+/),
    ]);
  });

  test('people and an agency go on there as they would have on the hub’s own', async () => {
    const hub = await startHub('in process', {
      database: asTestDatabase(server, restored),
      config: { accessLog: { privateKey } },
    });
    try {
      expect((await hub.ask(question)).data).toEqual(answered);
      const agency = await registerAgency(hub, '310117', { name: '另一机构', creditCode: creditCodes[1] });
      expect((await agency.ask('{ committee(code: "310117") { name } }')).data.committee.name).toBe('松江区政协');
      const [entry] = await hub.database
        .admin`select outcome from cooperation.access_entry where agency = ${agency.id}`;
      expect(entry).toEqual({ outcome: 'READ' });
    } finally {
      await hub.stop();
    }
  });
});
