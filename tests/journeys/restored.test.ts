import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreBackup, writeBackup } from '@hub/backup';
import { migrateSchemas } from '@hub/database';
import { createAccessLogKey } from '@hub/gateway';
import { createTestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type Hub, startHub } from '../hub/hub.ts';

const hangzhou = '330100';
const schemas = subgraphs.map(({ schema }) => schema);

describe('a hub that was restored', () => {
  let folder: string;
  let before: Hub;
  let after: Hub;
  let early: string;
  let late: string;

  const ask = async (hub: Hub, cursor?: string) => {
    const response = await fetch(`${hub.url}/changes?wait=0${cursor === undefined ? '' : `&after=${cursor}`}`, {
      headers: { 'accept-language': 'en' },
    });
    return { status: response.status, body: (await response.json()) as never as Answer };
  };
  interface Answer {
    readonly changes: readonly { readonly id: string }[];
    readonly next: string;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  }
  /** A record that everybody sees, in two subgraphs. */
  const write = async ({ database: { admin } }: Hub) => {
    const [person] = await admin<{ id: string }[]>`
      insert into members.person (id, owner, owner_as_filed, visibility, name)
      values (gen_random_uuid(), ${hangzhou}, ${hangzhou}, 'PUBLIC', '某人') returning id`;
    const [activity] = await admin<{ id: string }[]>`
      insert into workstations.activity (id, owner, owner_as_filed, visibility, kind, title)
      values (gen_random_uuid(), ${hangzhou}, ${hangzhou}, 'PUBLIC', 'VISIT', '走访') returning id`;
    return [person?.id, activity?.id];
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-restored-'));
    // A backup brings the log's key along.
    const config = { accessLog: { privateKey: await createAccessLogKey() } };
    before = await startHub('in process', { template: 'empty', config });
    await write(before);
    early = (await ask(before)).body.next;
    const file = join(folder, 'hub.zip');
    await write(before);
    await writeBackup({
      url: before.database.url,
      schemas: schemas.map(({ name }) => name),
      files: [],
      hub: '',
      file,
    });
    await write(before);
    late = (await ask(before)).body.next;
    const database = await createTestDatabase(null);
    await restoreBackup({ url: database.url, schemas, file });
    await migrateSchemas(database.url, schemas);
    after = await startHub('in process', { database, config });
  });
  afterAll(async () => {
    await after?.stop();
    await before?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const refusedLate = async () => {
    const { status, body } = await ask(after, late);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([410, 'CURSOR_NOT_RESTORED']);
  };

  test('refuses a cursor of what was lost, before anything was written and after more was than was lost', async () => {
    await refusedLate();
    for (let times = 0; times < 5; times += 1) await write(after);
    await refusedLate();
  });

  test('tells whoever comes with an earlier cursor all that was restored and all that came since', async () => {
    const written = await write(after);
    const seen: string[] = [];
    let cursor = early;
    for (let length = 1; length > 0; ) {
      const { status, body } = await ask(after, cursor);
      expect(status).toBe(200);
      seen.push(...body.changes.map(({ id }) => id));
      length = body.changes.length;
      cursor = body.next;
    }
    // One that was restored, five and this one that came since, in each of two subgraphs.
    expect(new Set(seen).size).toBe(14);
    expect(seen).toEqual(expect.arrayContaining(written));
    expect((await ask(after, cursor)).status).toBe(200);
  });

  test('goes on telling across another start of its server, from every cursor that it gave', async () => {
    const known = (await ask(after)).body.next;
    for (const { name } of schemas)
      await after.database.admin.unsafe(`update ${name}.change_era set identity = 'the start before'`);
    const written = await write(after);
    const { status, body } = await ask(after, known);
    expect(status).toBe(200);
    expect(body.changes.map(({ id }) => id).sort()).toEqual([...written].sort());
    await refusedLate();
  });
});
