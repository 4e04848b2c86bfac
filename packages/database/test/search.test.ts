import { type Actor, scopeSettings } from '@hub/access';
import { committees } from '@hub/regions';
import { createTestDatabase, everyone, openLogin, staff, type TestDatabase, testRole } from '@hub/testkit';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphUrl } from '../src/migrate.ts';

const rows = 400_000;

let database: TestDatabase;
/** A session with the role of a subgraph, whom the server tells the plan of every statement, those inside functions too. */
let explained: postgres.Sql;
let notices: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await fill(database.admin);
  const url = await subgraphUrl(database.url, 'members');
  const [name] = await database.admin<{ name: string }[]>`select current_database() as name`;
  for (const [setting, value] of Object.entries({
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_format': 'json',
  }))
    await database.admin.unsafe(
      `alter role ${testRole('members')} in database ${name?.name} set ${setting} = '${value}'`,
    );
  explained = openLogin(url, {
    onnotice: ({ message = '' }) => notices.push(message),
    connection: { client_min_messages: 'log' },
  });
}, 240_000);
afterAll(async () => {
  await explained?.end();
  await database?.drop();
});

/**
 * Members of every committee. One in two thousand is of 眼科, one in four works in a 医院, a seventh are internal. What
 * the triggers would keep for each row is made at once for all.
 */
async function fill(admin: postgres.Sql): Promise<void> {
  const codes = committees({}).map(({ code }) => code);
  await admin.begin(async (transaction) => {
    await transaction.unsafe('set local session_replication_role = replica');
    await transaction.unsafe(
      `insert into members.member (id, owner, owner_as_filed, visibility, person, name, occupation)
       select id, code, code, case when at % 7 = 0 then 'INTERNAL' else 'PUBLIC' end, id,
         substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', 1 + at % 20, 1) || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平', 1 + (at / 20) % 20, 1),
         case when at % 2000 = 7 then '眼科医院' || (at / 2000) % 10 || '部主任'
           when at % 4 = 0 then '人民医院' || (at / 4) % 10 || '科医生'
           else '科技公司' || at % 20 || '部经理' end
       from (
         select at, ('00000000-0000-8000-8000-' || lpad(to_hex(at), 12, '0'))::uuid as id,
           ($1::text[])[1 + (at::bigint * $2::integer / ${rows + 1})::integer] as code
         from generate_series(1, ${rows}) as at) as made`,
      [codes, codes.length],
    );
    // Few texts are different, so each is cut into pieces once; and an index is made faster than it grows.
    await transaction.unsafe('drop index members.search_entry_grams');
    await transaction.unsafe(
      `with entry as (
         select id, members.normalized(name || chr(10) || occupation || chr(10) || chr(10)) as document from members.member
       ), pieces as materialized (
         select document, members.grams(document) as grams from (select distinct document from entry) as different
       )
       insert into members.search_entry (type, id, document, grams)
       select 'member', id, document, grams from entry join pieces using (document)`,
    );
    await transaction.unsafe(
      'create index search_entry_grams on members.search_entry using gin (grams) with (fastupdate = off)',
    );
  });
  await admin.unsafe('vacuum analyze members.member, members.search_entry');
}

interface Plan {
  'Node Type': string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}
interface Found {
  readonly id: string;
  readonly name: string;
  readonly occupation: string;
  readonly visibility: string;
}
interface Range {
  readonly lo: string;
  readonly hi: string;
}
const nation: Range = { lo: '000000', hi: 'A' };

/** A list's page of members of a range whose text has a word, as a store reads it. */
const pageOfMembers = `
  select page.* from unnest($1::text[], $2::text[]) with ordinality as key(lo, hi, ordinal)
  cross join lateral (
    select id, name, occupation, visibility from members.member
    where owner >= key.lo and owner < key.hi and deleted is null and id in (select members.search('member', $3))
    order by name, id limit 101) as page
  order by key.ordinal, page.name, page.id`;

async function search(word: string, range: Range = nation, actor: Actor = everyone) {
  const found = await explained.begin('read only', async (transaction) => {
    for (const [name, value] of Object.entries(scopeSettings(actor)))
      await transaction`select set_config(${name}, ${value}, true)`;
    notices = [];
    return transaction.unsafe<Found[]>(pageOfMembers, [[range.lo], [range.hi], word], { prepare: true });
  });
  // The list's own plan comes when its statement is closed, which the end of the transaction does.
  const plans = notices
    .filter((notice) => notice.includes('plan:'))
    .map((notice) => (JSON.parse(notice.slice(notice.indexOf('{'))) as { Plan: Plan }).Plan);
  // What a function reads is counted with the statement that called it too.
  const pages = Math.max(...plans.map((plan) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks']));
  return { rows: found, nodes: plans.flatMap(everyNode), pages };
}
const everyNode = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(everyNode)];

/** Both plans reach their tables by an index: the function's the entries, the list's the members it may see. */
function expectIndexed({ nodes }: { readonly nodes: readonly Plan[] }): void {
  const scans = nodes.filter((node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined);
  expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  expect(scans.map((node) => node['Index Name'])).toContain('search_entry_grams');
  expect(scans.map((node) => node['Relation Name'])).toContain('member');
}

describe(`among ${rows} records, under the policies and with the planner's usual settings`, () => {
  test.each(['眼科', '眼', '眼科医院', '科医院3', '没有这个词'])('%s is found by the index', async (word) => {
    const searched = await search(word);
    expectIndexed(searched);
    const exact = await database.admin`
      select id from members.member where visibility = 'PUBLIC' and occupation like ${`%${word}%`} order by name, id limit 101`;
    expect(searched.rows.map(({ id }) => id)).toEqual(exact.map(({ id }) => id));
  });

  test('two characters cost a few pages for each record that has them', async () => {
    const { pages } = await search('眼科');
    console.info(`眼科, ${rows / 2000} of ${rows}: ${pages} pages`);
    expect(pages).toBeLessThan(10 * (rows / 2000));
  });

  test('a frequent word costs what it takes to look at all that have it, in a county as in the nation', async () => {
    const county = { lo: '330110', hi: '330111' };
    for (const range of [nation, county]) {
      const frequent = await search('医院', range);
      expectIndexed(frequent);
      expect(frequent.rows.length).toBeGreaterThan(10);
      console.info(`医院, a quarter of ${rows}: ${frequent.pages} pages`);
      expect(frequent.pages).toBeLessThan(5 * (rows / 4));
    }
  });

  test('a range narrows what is found, and so does who asks', async () => {
    const zhejiang = { lo: '330000', hi: '340000' };
    const province = await search('眼科', zhejiang);
    expectIndexed(province);
    const [exact] = await database.admin`
      select count(*)::integer as count from members.member
      where visibility = 'PUBLIC' and owner >= '330000' and owner < '340000' and occupation like '%眼科%'`;
    expect(exact?.['count']).toBeGreaterThan(0);
    expect(province.rows.length).toBe(exact?.['count']);

    const [hidden] = await database.admin<{ id: string; owner: string; name: string }[]>`
      select id, owner, name from members.member where visibility = 'INTERNAL' and owner >= '330100' and owner < '330200' limit 1`;
    if (!hidden) throw new Error('nobody is hidden');
    const own = await search(hidden.name, zhejiang, staff(hidden.owner));
    expectIndexed(own);
    expect(own.rows.map(({ id }) => id)).toContain(hidden.id);
    for (const actor of [everyone, staff('330203')]) {
      const others = await search(hidden.name, zhejiang, actor);
      expect(others.rows.length).toBeGreaterThan(0);
      expect(others.rows.map(({ id }) => id)).not.toContain(hidden.id);
    }
  });
});

test('what comes after a change is found by the new words and no longer by the old', async () => {
  const [{ id } = { id: '' }] = await database.admin<{ id: string }[]>`
    select id from members.member where visibility = 'PUBLIC' and occupation like '%眼科%' limit 1`;
  await database.admin`update members.member set occupation = '量子物理' where id = ${id}`;
  expect((await search('量子')).rows.map((row) => row.id)).toEqual([id]);
  expect((await search('眼科')).rows.map((row) => row.id)).not.toContain(id);
});

test('the width of letters and digits and their case make no difference', async () => {
  const narrow = await search('科医院3');
  expect(narrow.rows.length).toBeGreaterThan(0);
  expect((await search('科医院３')).rows).toEqual(narrow.rows);
});

test('a word is taken as it is: what means something to a pattern or to SQL means nothing here', async () => {
  for (const word of ['%', '_', "'", '\\', '眼%', '.*', '，', ' ']) expect((await search(word)).rows, word).toEqual([]);
});
