/** Gateways over one database share one key set without being given it, and are told where theirs is another. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '@hub/config';
import { withSharedSecrets } from '@hub/database';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import { accessLogKeySet, createAccessLogKey, readAccessLogKeys } from '@hub/gateway';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hubKeys } from '../../scripts/hub-keys.ts';

let database: TestDatabase;
let parent: string;
const administrator = `keys_${randomBytes(6).toString('hex')}`;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  parent = await mkdtemp(join(tmpdir(), 'cppcc-hub-shared-keys-'));
});
afterAll(async () => {
  await database.admin.unsafe(`drop schema if exists hub cascade; drop role if exists ${administrator}`);
  await database.drop();
  await rm(parent, { recursive: true, force: true });
});
beforeEach(() => database.admin`drop schema if exists hub cascade`);

/** The settings of a gateway with a data folder of its own. */
async function gateway(more: Partial<Settings> = {}, files: Readonly<Record<string, string>> = {}): Promise<Settings> {
  const folder = await mkdtemp(join(parent, 'data-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { ...readSettings({ HUB_DATA_DIR: folder }), ...more };
}
const start = (settings: Settings, url = database.url) => hubKeys(settings, url);
const kids = (text: string) => {
  const { current, earlier } = readAccessLogKeys(text);
  return [current, ...earlier].map(({ kid }) => kid);
};
/** The address of the database for an administrator whose password is changed to this one. */
async function withPassword(password: string): Promise<string> {
  await database.admin.unsafe(
    `do $$ begin if to_regrole('${administrator}') is null then create role ${administrator} login superuser; end if; end $$;
    alter role ${administrator} password '${password}'`,
  );
  const url = new URL(database.url);
  url.username = administrator;
  url.password = password;
  return url.href;
}

test('all that start at once make one set of keys', async () => {
  const all = await Promise.all([1, 2, 3].map(async () => start(await gateway())));
  for (const keys of all) expect(keys).toEqual({ ...all[0], notices: [] });
});

test('what a data folder has is the set’s at the first start, and one that has others is told and goes by the set', async () => {
  const files = async () => ({
    'access-log.json': await createAccessLogKey(),
    'duty-code.json': await createDutyCodeKey(),
  });
  const [mine, theirs] = [await files(), await files()];
  const first = await start(await gateway({}, mine));
  expect(first).toMatchObject({ accessLog: mine['access-log.json'], notices: [] });
  expect(first.dutyCodes.dutyCodePrivateKey).toBe(mine['duty-code.json']);
  const { notices, ...second } = await start(await gateway({}, theirs));
  expect(second).toEqual({ accessLog: first.accessLog, dutyCodes: first.dutyCodes });
  expect(notices).toEqual([
    expect.stringMatching(/^access-log\.json in HUB_DATA_DIR holds the key .* remove the file/),
    expect.stringMatching(/^duty-code\.json in HUB_DATA_DIR holds the key .* remove the file/),
  ]);
});

test('the keys lie sealed where the roles of subgraphs don’t reach', async () => {
  const { accessLog } = await start(await gateway());
  const rows = await database.admin`select * from hub.kept_secret`;
  expect(JSON.stringify(rows)).not.toContain(readAccessLogKeys(accessLog).current.d);
  const roles =
    await database.admin`select rolname from pg_roles where rolname like 'hub%' and has_schema_privilege(rolname, 'hub', 'usage') and not rolsuper`;
  expect(roles).toEqual([]);
});

test('another password of the database loses no key that a data folder has, and says which are lost otherwise', async () => {
  const settings = await gateway();
  const first = await start(settings, await withPassword('one'));
  expect(await start(settings, await withPassword('another'))).toEqual(first);
  expect(await start(await gateway(), await withPassword('another'))).toEqual(first);
  const lost = await start(await gateway(), await withPassword('a third'));
  expect(lost.notices.join('\n')).toMatch(
    /The key of the access log \(kid .*\) lies in the database for another password/,
  );
  expect(kids(lost.accessLog)).not.toEqual(kids(first.accessLog));
  expect(JSON.parse(lost.accessLog).lost).toBe(kids(first.accessLog)[0]);
  // Codes that were signed before are good still.
  expect(lost.dutyCodes.dutyCodePublicKeys).toContain(JSON.parse(String(first.dutyCodes.dutyCodePrivateKey)).x);
});

test('administrators who start in turns without a common folder keep their keys, each sealed under a password of its own', async () => {
  const passwords = ['of the first', 'of the second'];
  const [first, second] = [
    await start(await gateway(), await withPassword('of the first')),
    await start(await gateway(), await withPassword('of the second')),
  ];
  expect(JSON.parse(second.accessLog).lost).toBe(kids(first.accessLog)[0]);
  // The first one's is what it was, and verifies what it signed; the log is gone on with under another, after the second's.
  const third = await start(await gateway(), await withPassword('of the first'));
  expect(kids(third.accessLog)).toEqual([expect.any(String), ...kids(first.accessLog)]);
  expect(JSON.parse(third.accessLog).lost).toBe(kids(second.accessLog)[0]);
  expect(third.dutyCodes.dutyCodePrivateKey).toBe(first.dutyCodes.dutyCodePrivateKey);
  expect(third.dutyCodes.dutyCodePublicKeys).toContain(JSON.parse(String(second.dutyCodes.dutyCodePrivateKey)).x);
  // Nobody came between: it goes on.
  const again = await start(await gateway(), await withPassword('of the first'));
  expect(again).toEqual({ ...third, notices: [] });
  const rows = await database.admin<{ name: string; holder: string }[]>`select name, holder from hub.kept_secret`;
  const holders = new Set(rows.map(({ holder }) => holder));
  expect([rows.length, holders.size]).toEqual([4, 2]);
  for (const holder of holders) {
    expect(holder).toMatch(/^[0-9a-f]{32}$/);
    for (const password of passwords)
      for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512'])
        expect(createHash(algorithm).update(password).digest('hex')).not.toContain(holder);
  }
});

test('keys that an earlier version kept for its one administrator are gone on with', async () => {
  const first = await start(await gateway());
  await database.admin`drop table hub.secret_salt`;
  await database.admin`alter table hub.kept_secret drop column holder, add primary key (name)`;
  expect(await start(await gateway())).toEqual(first);
  expect(await start(await gateway())).toEqual(first);
});

test('a key of duty codes that is given to one gateway has to be given to all', async () => {
  const first = await start(await gateway());
  const given = await createDutyCodeKey();
  const second = await start(await gateway({ HUB_DUTY_CODE_PRIVATE_KEY: given }));
  expect(second.notices).toEqual([expect.stringMatching(/give every gateway the same HUB_DUTY_CODE_PRIVATE_KEY/)]);
  // Codes of the hub's own key are good still.
  expect(JSON.parse(String(second.dutyCodes.dutyCodePublicKeys)).keys).toHaveLength(2);
  expect((await start(await gateway({ HUB_DUTY_CODE_PRIVATE_KEY: given }))).notices).toEqual([]);
  await expect(start(await gateway())).rejects.toThrow(/give it to this one too/);
  const publicKeys = publicDutyCodeKeys([given]);
  const told = await start(await gateway({ HUB_DUTY_CODE_PRIVATE_KEY: given, HUB_DUTY_CODE_PUBLIC_KEYS: publicKeys }));
  expect(told.dutyCodes).toEqual({ dutyCodePrivateKey: given, dutyCodePublicKeys: publicKeys });
  expect(first.accessLog).toBe(told.accessLog);
});

test('the set in a data folder is the database’s, also once a key has handed on', async () => {
  const settings = await gateway();
  const { accessLog } = await start(settings);
  const inFolder = () => readFile(join(settings.HUB_DATA_DIR, 'access-log.json'), 'utf8');
  expect(await inFolder()).toBe(accessLog);
  const next = accessLogKeySet([JSON.parse(await createAccessLogKey()), JSON.parse(accessLog)]);
  await withSharedSecrets(database.url, (shared) => shared.keep('access-log', { secret: next, known: 'next' }));
  expect(await start(settings)).toMatchObject({ accessLog: next, notices: [] });
  expect(await inFolder()).toBe(next);
});
