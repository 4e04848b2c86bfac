import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { chunkBytes, quota } from '@hub/files';
import { member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { consultation } from '../src/tables.ts';

const hangzhou = '330100';
const me = member('10000000-0000-4000-8000-000000000001', hangzhou);
const clerk = staff(hangzhou);
const colleague: Actor = { ...clerk, subject: 'colleague' } as Actor;
const meeting = '20000000-0000-4000-8000-000000000001';
let hub: TestSubgraph;
const admin = () => hub.testDatabase.admin;

beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  const row = { owner: hangzhou, ownerAsFiled: hangzhou, title: '协商会', kind: 'TOPICAL', status: 'SCHEDULED' };
  await hub.put({ table: consultation, rows: [{ ...row, id: meeting, since: '2026-11-01', visibility: 'PUBLIC' }] });
});
afterEach(async () => {
  await admin()`delete from consultations.file_chunk where file in (select id from consultations.file where record is null)`;
  await admin()`delete from consultations.file where record is null`;
});
afterAll(() => hub.stop());

const run = async (name: string, input: object, as: Actor, selection = 'file { id }') => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code } } }`,
    { as, variables: { input } },
  );
  const code: string | null = errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null;
  return { code, id: data?.[name]?.file?.id as string };
};
const begin = (as: Actor) => run('beginFile', { name: '材料.pdf', mediaType: 'application/pdf' }, as);
const append = (file: string, position: number, bytes: Buffer, as: Actor) =>
  run('appendFileChunk', { file, position, bytes: bytes.toString('base64') }, as);
const finish = (file: string, bytes: Buffer, as: Actor) =>
  run('finishFile', { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }, as);

async function send(bytes: Buffer, as: Actor): Promise<string> {
  const { id } = await begin(as);
  for (let at = 0; at < bytes.length; at += chunkBytes)
    expect((await append(id, at, bytes.subarray(at, at + chunkBytes), as)).code).toBeNull();
  expect((await finish(id, bytes, as)).code).toBeNull();
  return id;
}
const issue = (file: string, as: Actor) =>
  run('addPaper', { consultation: meeting, kind: 'MATERIAL', title: '材料', file }, as, 'paper { id }');
const mayRead = async (id: string, as: Actor) =>
  (await hub.ask('query ($id: ID!) { file(id: $id) { id } }', { as, variables: { id } })).data.file !== null;
/** What lies in the tables, whoever may see it. */
const kept = async (id: string) => {
  const [row] = await admin()`select
    (select count(*)::int from consultations.file where id = ${id}) as files,
    (select count(*)::int from consultations.file where id = ${id} and deleted is not null) as tombstones,
    count(*)::int as chunks, coalesce(sum(length(bytes)), 0)::int as bytes
    from consultations.file_chunk where file = ${id}`;
  return row;
};
const age = (id: string, by: string) =>
  admin()`update consultations.file set created = now() - ${by}::text::interval where id = ${id}`.then(() => undefined);
const nothing = { files: 0, tombstones: 0, chunks: 0, bytes: 0 };

/** `created` never changes by itself. */
const withoutTriggers = async (work: () => Promise<void>) => {
  await admin()`alter table consultations.file disable trigger keep_revision`;
  await work();
  await admin()`alter table consultations.file enable trigger keep_revision`;
};

describe('an upload', () => {
  test('that is refused or given up leaves neither row nor chunk', async () => {
    const bytes = randomBytes(chunkBytes + 1000);
    const { id } = await begin(me);
    await append(id, 0, bytes.subarray(0, chunkBytes), me);
    await append(id, chunkBytes, bytes.subarray(chunkBytes), me);
    expect((await finish(id, randomBytes(10), me)).code).toBe('FILE_UNUSABLE');
    expect(await kept(id)).toEqual({ files: 1, tombstones: 0, chunks: 2, bytes: bytes.length });
    expect((await run('abandonFile', { file: id }, clerk)).code).toBe('NOT_FOUND');
    expect((await run('abandonFile', { file: id }, me)).code).toBeNull();
    expect(await kept(id)).toEqual(nothing);
    expect((await append(id, 0, bytes.subarray(0, 10), me)).code).toBe('NOT_FOUND');
  });

  test('that died is swept with its chunks, and one that is on its way goes on', async () => {
    const { id: dead } = await begin(me);
    await append(dead, 0, randomBytes(chunkBytes), me);
    const { id: alive } = await begin(me);
    await append(alive, 0, Buffer.from('alive'), me);
    await withoutTriggers(() => age(dead, '21 minutes'));
    expect(await hub.sweep()).toMatchObject({ sweep_files: 1 });
    expect(await kept(dead)).toEqual(nothing);
    expect((await finish(alive, Buffer.from('alive'), me)).code).toBeNull();
  });

  test('is one of so many at a time, also where all begin at once', async () => {
    const begun = await Promise.all(Array.from({ length: quota.uploads + 4 }, () => begin(me)));
    const codes = begun.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(quota.uploads);
    expect(new Set(codes.filter((code) => code !== null))).toEqual(new Set(['TOO_MANY_UPLOADS']));
    expect((await begin(clerk)).code).toBeNull();
  });
});

describe('a file that no record took on', () => {
  test('is swept after a day: its bytes go and a tombstone stays, while those of records stay whole', async () => {
    const lonely = await send(randomBytes(chunkBytes + 1), clerk);
    const fresh = await send(Buffer.from('fresh'), clerk);
    const taken = await send(Buffer.from('taken'), clerk);
    expect((await issue(taken, clerk)).code).toBeNull();
    await withoutTriggers(async () => {
      await age(lonely, '25 hours');
      await age(taken, '25 hours');
    });
    expect(await hub.sweep()).toMatchObject({ sweep_files: 1 });
    expect(await kept(lonely)).toEqual({ files: 1, tombstones: 1, chunks: 0, bytes: 0 });
    expect((await issue(lonely, clerk)).code).toBe('FILE_UNUSABLE');
    expect(await kept(taken)).toEqual({ files: 1, tombstones: 0, chunks: 1, bytes: 5 });
    expect(await mayRead(fresh, clerk)).toBe(true);
    expect(await hub.sweep()).toMatchObject({ sweep_files: 0 });
  });

  test('is its sender’s alone: no colleague reads it, and none takes it on by whatever record', async () => {
    const file = await send(Buffer.from('mine'), clerk);
    expect(await mayRead(file, clerk)).toBe(true);
    expect(await mayRead(file, colleague)).toBe(false);
    expect((await issue(file, colleague)).code).toBe('FILE_UNUSABLE');
    // A plan's file is looked at by nothing but the database.
    const opened = await hub.ask(
      `mutation { openPlan(input: { committee: "${hangzhou}", year: 2027, title: "计划", collectUntil: "${today()}" }) { annualPlan { id } } }`,
      { as: clerk },
    );
    const plan = opened.data.openPlan.annualPlan.id;
    const attach = (subject: string) =>
      admin().begin(async (sql) => {
        await sql`select set_config('hub.subject', ${subject}, true)`;
        await sql`update consultations.plan set file = ${file} where id = ${plan}`;
      });
    await expect(attach('STAFF colleague')).rejects.toThrow('can not be taken on');
    await attach(`STAFF staff-${hangzhou}`);
    expect(await mayRead(file, colleague)).toBe(true);
  });

  test('counts until one took it on: nobody holds more bytes than the quota, also where two add to it at once', async () => {
    const [room] = [2 * chunkBytes];
    // Stands for many that were sent before.
    const big = await send(Buffer.from('x'), clerk);
    await admin()`alter table consultations.file drop constraint file_size`;
    await admin()`update consultations.file set bytes = ${quota.bytes - room} where id = ${big}`;
    const [one, other] = [(await begin(clerk)).id, (await begin(clerk)).id];
    const chunk = randomBytes(chunkBytes);
    const codes = (
      await Promise.all([one, other].flatMap((id) => [0, 1].map((n) => append(id, n * chunkBytes, chunk, clerk))))
    ).map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(2);
    expect(new Set(codes.filter((code) => code !== null))).toEqual(new Set(['UPLOAD_QUOTA_REACHED']));
    expect((await append((await begin(me)).id, 0, chunk, me)).code).toBeNull();
    await run('abandonFile', { file: one }, clerk);
    await run('abandonFile', { file: other }, clerk);
    expect((await append((await begin(clerk)).id, 0, chunk, clerk)).code).toBeNull();
  });
});
