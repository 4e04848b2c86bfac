/** A backup and its restore hold a piece of what goes through them, however much it is: a nation's members with their duty records, and files. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillNation, nationalScale } from '../../scripts/bench/nation.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { newFolder, startProcess } from '../processes/hub-process.ts';

const schemas = subgraphs.map(({ schema }) => schema);
const few = Object.fromEntries(
  Object.keys(nationalScale).map((kind) => [kind, 2_000]),
) as unknown as typeof nationalScale;
const [files, fileBytes] = [400, 512 * 1024];
/** What one process may hold beyond what it holds of a hub that has next to nothing. */
const mostMegabytes = 64;

let folder: string;
let large: TestDatabase;
let small: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-large-'));
  [small, large] = await Promise.all([createTestDatabase('empty'), createTestDatabase('empty')]);
  await fillNation(large.url, schemas, { ...few, members: 60_000 });
  // 200 MB of files, which COPY writes in twice as many letters.
  await large.admin.unsafe(`set session_replication_role = replica;
    insert into consultations.file (id, owner, owner_as_filed, visibility, name, media_type, status, sender)
      select md5(n::text)::uuid, '330100', '330100', 'PUBLIC', 'file', 'text/plain', 'UPLOADING', 'somebody' from generate_series(1, ${files}) as n;
    insert into consultations.file_chunk (id, owner, owner_as_filed, visibility, file, position, bytes)
      select gen_random_uuid(), '330100', '330100', 'PUBLIC', md5(n::text)::uuid, 0, decode(repeat(md5(n::text), ${fileBytes / 16}), 'hex') from generate_series(1, ${files}) as n;
    reset session_replication_role`);
});
afterAll(async () => {
  await Promise.all([small?.drop(), large?.drop(), rm(folder, { recursive: true, force: true })]);
});

/** Runs it to its end. @returns the most that it held, in MB */
async function peakOf(script: 'backup/backup' | 'backup/restore', url: string, file: string): Promise<number> {
  const one = startProcess(script, { DATABASE_URL: url, HUB_DATA_DIR: await newFolder() }, [join(folder, file)]);
  let kilobytes = 0;
  let isOver = false;
  const ended = one.ended.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    try {
      kilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${one.pid}/status`, 'utf8'))?.[1] ?? kilobytes);
    } catch {
      // It has ended since.
    }
    await delay(20);
  }
  expect([await ended, one.complaint()]).toEqual([0, '']);
  return Math.round(kilobytes / 1024);
}

test('of a backup and of its restore, the memory doesn’t grow with the data', async () => {
  const peaks: Record<string, number> = {};
  for (const [name, { url }] of Object.entries({ small, large })) {
    peaks[`backup of ${name}`] = await peakOf('backup/backup', url, `${name}.zip`);
    const into = await createTestDatabase(null);
    peaks[`restore of ${name}`] = await peakOf('backup/restore', into.url, `${name}.zip`);
    if (name === 'large') {
      const [count] =
        await into.admin`select (select count(*) from members.member)::int as members, (select count(*) from consultations.file_chunk)::int as chunks`;
      expect(count).toEqual({ members: 60_000, chunks: files });
    }
    await into.drop();
  }
  const { size } = await stat(join(folder, 'large.zip'));
  console.log(JSON.stringify({ ...peaks, 'MB of the file': Math.round(size / 1e6) }));
  for (const kind of ['backup', 'restore'])
    expect((peaks[`${kind} of large`] ?? Number.NaN) - (peaks[`${kind} of small`] ?? 0)).toBeLessThan(mostMegabytes);
});
