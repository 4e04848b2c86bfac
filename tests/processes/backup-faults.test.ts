import { readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, startProcess } from './hub-process.ts';

describe('a backup or a restore that isn’t finished', { timeout: 300_000 }, () => {
  let full: TestDatabase;
  let empty: TestDatabase;
  let folder: string;
  const backup = fileURLToPath(new URL('../upgrades/56e7ddc.zip', import.meta.url));
  const waiting = ({ admin }: TestDatabase) =>
    admin`select 1 from pg_stat_activity where datname = current_database() and application_name like 'hub-%' and wait_event_type = 'Lock'`;
  beforeAll(async () => {
    [full, empty] = await Promise.all([createTestDatabase('empty'), createTestDatabase(null)]);
    folder = dirname(await newFolder());
  });
  afterAll(async () => {
    await Promise.all([full.drop(), empty.drop(), rm(folder, { recursive: true, force: true })]);
  });

  test('ends with 130 where it was interrupted, and leaves neither a file nor a table', async () => {
    const settings = { HUB_DATA_DIR: join(folder, 'data'), HUB_METRIC_PORT: '9464' };
    await full.admin.begin((holding) =>
      empty.admin.begin(async (alsoHolding) => {
        await holding`lock table members.member in access exclusive mode`;
        await alsoHolding`select pg_advisory_xact_lock(hashtext('cppcc-hub migrations'))`;
        const file = join(folder, 'hub.zip');
        const all = [
          startProcess('backup/backup', { ...settings, DATABASE_URL: full.url }, [file]),
          startProcess('backup/restore', { ...settings, DATABASE_URL: empty.url }, [backup]),
        ];
        for (const database of [full, empty]) await expect.poll(() => waiting(database)).toHaveLength(1);
        for (const one of all) one.signal('SIGINT');
        for (const one of all) expect(await one.ended, one.screen()).toBe(130);
        for (const one of all) expect(one.screen()).toContain('HUB_METRIC_PORT (HUB_METRICS_PORT may be meant)');
      }),
    );
    expect((await readdir(folder)).filter((name) => name !== 'data')).toEqual([]);
    expect(await empty.admin`select 1 from pg_namespace where nspname = 'members'`).toEqual([]);
  });

  test('is refused where the keys of the backup couldn’t be put, before any row is', async () => {
    const file = join(folder, 'no-folder');
    await writeFile(file, '');
    const restore = startProcess('backup/restore', { HUB_DATA_DIR: file, DATABASE_URL: empty.url }, [backup]);
    expect(await restore.ended).toBe(1);
    expect(restore.complaint()).toMatch(/^The hub can’t use .*no-folder.*HUB_DATA_DIR.*\n$/);
    expect(await empty.admin`select 1 from pg_namespace where nspname = 'members'`).toEqual([]);
  });
});
