import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Actor, receiptHash, scopeSettings } from '@hub/access';
import { consultations } from '@hub/consultations';
import { everyone, feed, member, staff, startTestSubgraph, type TestSubgraph, testRole } from '@hub/testkit';
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const hangzhou = '330100';
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());
const admin = () => hub.testDatabase.admin;

const file = async (input: object, as: Actor = everyone) =>
  (
    await hub.ask(
      'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt userErrors { code path } } }',
      { as, variables: { input: { committee: hangzhou, kind: 'WISH', title: '公交', text: '希望开通。', ...input } } },
    )
  ).data.fileSubmission;

/** Every text that the schema's tables hold, whatever their columns. */
async function everythingKept(): Promise<string> {
  const tables = await admin()<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'consultations' and table_type = 'BASE TABLE'`;
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] =
        await admin()`select coalesce(string_agg(t::text, ' '), '') as text from ${admin()(`consultations.${name}`)} as t`;
      return String(row?.['text']);
    }),
  );
  return texts.join(' ');
}

describe('a receipt', () => {
  test('is told again to whoever sends the key again, and stands nowhere, nor does the key', async () => {
    const idempotencyKey = randomUUID();
    const first = await file({ idempotencyKey });
    expect(first.receipt).toMatch(/^[\w-]{27}$/);
    expect(await file({ idempotencyKey })).toEqual(first);
    const text = await everythingKept();
    expect(text).toContain(receiptHash(first.receipt));
    expect(text).toContain(createHash('sha256').update(idempotencyKey).digest('hex'));
    expect(text).not.toContain(first.receipt);
    expect(text).not.toContain(idempotencyKey);
    const { data } = await hub.ask('query ($id: ID!) { submission(id: $id) { id } }', {
      as: { kind: 'PUBLIC', receipt: receiptHash(first.receipt) },
      variables: { id: first.id },
    });
    expect(data.submission).toEqual({ id: first.id });
  });

  test('is another one for each that files, whether or not they send a key', async () => {
    const keyed = { idempotencyKey: randomUUID() };
    const filed = await Promise.all([file({}), file({}), file(keyed), file({ idempotencyKey: randomUUID() })]);
    expect(new Set(filed.map(({ receipt }) => receipt)).size).toBe(4);
    // A member of the committee is its author, and needs none.
    const own = { idempotencyKey: randomUUID() };
    const as = member('10000000-0000-4000-8000-000000000001', hangzhou);
    expect((await file(own, as)).receipt).toBeNull();
    expect((await file(own, as)).receipt).toBeNull();
  });

  test('that was kept before is taken out, its key made a hash, and the outcome still told', async () => {
    const idempotencyKey = randomUUID();
    const { id, receipt } = await file({ idempotencyKey });
    const key = createHash('sha256').update(idempotencyKey).digest('hex');
    // As it stood before.
    await admin()`update consultations.idempotency set key = ${idempotencyKey}, result = ${admin().json({ id, receipt })} where key = ${key}`;
    const migration = readFileSync(new URL('../migrations/0005_bounds.sql', import.meta.url), 'utf8');
    await admin().begin(async (sql) => {
      // Keys are hashed once: the others were already.
      await sql`create temporary table others on commit drop as select * from consultations.idempotency where key <> ${idempotencyKey}`;
      await sql`delete from consultations.idempotency where key <> ${idempotencyKey}`;
      await sql.unsafe(migration.split('--> statement-breakpoint').at(-1) ?? '');
      await sql`insert into consultations.idempotency select * from others`;
    });
    const text = await everythingKept();
    expect(text).not.toContain(receipt);
    expect(text).not.toContain(idempotencyKey);
    expect(await file({ idempotencyKey })).toMatchObject({ id, receipt: null, userErrors: [] });
  });
});

describe('an idempotencyKey', () => {
  test('has a length, and what is kept of it too, whoever sends it', async () => {
    for (const idempotencyKey of ['short', 'x'.repeat(201), '长'.repeat(100_000)])
      for (const as of [everyone, staff(hangzhou)])
        expect((await file({ idempotencyKey }, as)).userErrors, `${idempotencyKey.length}`).toMatchObject([
          { path: ['input', 'idempotencyKey'] },
        ]);
    const [row] = await admin()`select max(length(key)) as longest from consultations.idempotency`;
    expect(row?.['longest']).toBe(64);
    await expect(
      admin()`insert into consultations.idempotency (subject, key, request) values ('public', ${'x'.repeat(65)}, 'r')`,
    ).rejects.toThrow('idempotency_size');
  });

  test('is forgotten after its days, by the hub alone, and is new again then', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    const first = await file({ idempotencyKey: old });
    const second = await file({ idempotencyKey: young });
    const hashed = createHash('sha256').update(old).digest('hex');
    await admin()`update consultations.idempotency set at = now() - interval '31 days' where key = ${hashed}`;
    const asRole = (as: Actor, work: (sql: TransactionSql) => Promise<unknown>) =>
      admin().begin(async (sql) => {
        await sql.unsafe(`set local role ${testRole('consultations')}`);
        for (const [name, value] of Object.entries(scopeSettings(as)))
          await sql`select set_config(${name}, ${value}, true)`;
        return await work(sql);
      });
    for (const as of [everyone, staff(hangzhou)])
      expect(await asRole(as, (sql) => sql`select consultations.sweep_idempotency(30, 1000) as swept`)).toMatchObject([
        { swept: 0 },
      ]);
    await expect(asRole(feed, (sql) => sql`delete from consultations.idempotency`)).rejects.toThrow(
      'permission denied',
    );
    expect(await file({ idempotencyKey: old })).toEqual(first);
    expect(await hub.sweep(30)).toMatchObject({ sweep_idempotency: 1 });
    expect((await file({ idempotencyKey: old })).id).not.toBe(first.id);
    expect(await file({ idempotencyKey: young })).toEqual(second);
  });

  test('is found for that by an index, however many there are, and two that sweep don’t do it twice', async () => {
    await admin()`insert into consultations.idempotency (subject, key, request, at)
      select 'public', md5(n::text), 'r', now() - interval '1 day' * (case when n <= 2500 then 40 else 1 end) from generate_series(1, 30000) as n`;
    await admin()`analyze consultations.idempotency`;
    const plan = await admin()`explain select ctid from consultations.idempotency
      where at < now() - make_interval(days => greatest(30, 1)) order by at limit 1000 for update skip locked`;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Scan using idempotency_at');
    const swept = await Promise.all([hub.sweep(30), hub.sweep(30)]);
    expect(swept.reduce((sum, one) => sum + (one['sweep_idempotency'] ?? 0), 0)).toBe(2_500);
  });
});
