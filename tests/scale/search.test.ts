/** What a search finds, what it costs, and that it costs nothing for what its asker may not see. */
import { type Actor, scopeSettings } from '@hub/access';
import { searchedText } from '@hub/inputs';
import { committees } from '@hub/regions';
import { agencyReading, createTestDatabase, everyone, staff, type TestDatabase } from '@hub/testkit';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type ExplainedSubgraph, explainedSubgraph } from './explained.ts';

const rows = 40_000;
/** More of what is public has it than the index gives; and what few have, in one county more than elsewhere. */
const frequentWord = '医院';
const rareWord = '眼科';

const partner = agencyReading('00000000-0000-4000-8000-0000000000a9', ['000000']);

let database: TestDatabase;
let subgraph: ExplainedSubgraph;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await addMembers(database.admin, { from: 1, until: rows });
  await database.admin.unsafe('vacuum analyze members.member, members.search_entry');
  const definition = subgraphs.find(({ name }) => name === 'members');
  if (!definition) throw new Error('no subgraph of members');
  subgraph = await explainedSubgraph(definition, database.url);
}, 240_000);
afterAll(async () => {
  await subgraph?.stop();
  await database?.drop();
});

/** Members of every committee, by the way that triggers are written for; one in two is of a hospital, one in five hundred of 眼科. */
async function addMembers(
  admin: postgres.Sql,
  {
    from,
    until,
    owners = '',
    visibility,
    occupation,
  }: { from: number; until: number; owners?: string; visibility?: string; occupation?: string },
): Promise<void> {
  const codes = committees({}).flatMap(({ code }) => (code.startsWith(owners) ? [code] : []));
  await admin.unsafe(
    `insert into members.person (id, owner, owner_as_filed, visibility, name)
     select ('00000000-0000-8000-9000-' || lpad(to_hex(at), 12, '0'))::uuid, '000000', '000000', 'INTERNAL', '某' from generate_series(${from}, ${until}) as at;
     insert into members.member (id, owner, owner_as_filed, visibility, person, name, occupation)
     select ('00000000-0000-8000-8000-' || lpad(to_hex(at), 12, '0'))::uuid, code, code, coalesce(${visibility ? `'${visibility}'` : 'null'}, case when at % 7 = 0 then 'INTERNAL' else 'PUBLIC' end),
       ('00000000-0000-8000-9000-' || lpad(to_hex(at), 12, '0'))::uuid,
       substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', 1 + at % 20, 1) || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平', 1 + (at / 20) % 20, 1),
       coalesce(${occupation ? `'${occupation}'` : 'null'}, case when at % 500 = 3 then '眼科医院' || (at / 500) % 10 || '部主任'
         when at % 2 = 0 then '人民医院' || (at / 4) % 10 || '科医生' else '科技公司' || at % 20 || '部经理' end)
     from (select at, ('${`{${codes.join()}}`}'::text[])[1 + (at * 31) % ${codes.length}] as code from generate_series(${from}, ${until}) as at) as made`,
  );
}

/** A page of members whose text has a word, and how many pages of the database were looked at for it. */
async function search(text: string, { code = '000000', as = everyone, filter = '', first = 20 } = {}) {
  const { seen, data } = await subgraph.explain(
    `query ($r: [_Any!]!, $text: String!) { _entities(representations: $r) { ... on Committee {
      members(scope: SUBTREE, first: ${first}, filter: { text: $text ${filter} }) { nodes { id name occupation } totalCount totalIsAtLeast } } } }`,
    as,
    { r: [{ __typename: 'Committee', code }], text },
  );
  const { nodes, totalCount, totalIsAtLeast } = data._entities[0].members as {
    nodes: { id: string; name: string; occupation: string }[];
    totalCount: number;
    totalIsAtLeast: boolean;
  };
  return { nodes, totalCount, totalIsAtLeast, seen, pages: seen.reduce((sum, { pages }) => sum + pages, 0) };
}
/** The ids that a search should find, in the order of the list. */
async function exact(condition: string): Promise<string[]> {
  const found = await database.admin.unsafe(`select id from members.member where ${condition} order by name, id`);
  return found.map(({ id }) => String(id));
}

describe('what is found', () => {
  test.each([rareWord, '眼', '眼科医院', '科医院3', '没有这个词'])('%s, by whoever has it', async (word) => {
    const all = await exact(`visibility = 'PUBLIC' and occupation like '%${word}%'`);
    const { nodes, totalCount, totalIsAtLeast } = await search(word);
    expect(nodes.map(({ id }) => id)).toEqual(all.slice(0, 20));
    expect({ totalCount, totalIsAtLeast }).toEqual({ totalCount: all.length, totalIsAtLeast: false });
  });

  test('a word that very many have: the first of the list’s order, and how many is counted to 2,000', async () => {
    const all = await exact(`visibility = 'PUBLIC' and occupation like '%${frequentWord}%'`);
    expect(all.length).toBeGreaterThan(5_000);
    const { nodes, totalCount, totalIsAtLeast } = await search(frequentWord);
    expect(nodes.map(({ id }) => id)).toEqual(all.slice(0, 20));
    expect({ totalCount, totalIsAtLeast }).toEqual({ totalCount: 2_000, totalIsAtLeast: true });
  });

  test('also where those who have it stand together at the end of the order, and with another filter', async () => {
    // Names begin with their surname, so none of the first many has this one.
    const all = await exact(`visibility = 'PUBLIC' and name like '韩%'`);
    expect((await search('韩')).nodes.map(({ id }) => id)).toEqual(all.slice(0, 20));
    const ofCounties = await exact(
      `visibility = 'PUBLIC' and occupation like '%${frequentWord}%' and owner ~ '[1-9]$' and owner !~ '0000$'`,
    );
    const found = await search(frequentWord, { filter: 'level: COUNTY' });
    expect(found.totalIsAtLeast).toBe(true);
    expect(ofCounties.slice(0, 400)).toEqual(expect.arrayContaining(found.nodes.map(({ id }) => id)));
  });

  test('a place narrows it, and so does who asks', async () => {
    for (const [code, like] of [
      ['330000', '33%'],
      ['330100', '3301%'],
      ['330110', '330110%'],
    ] as const) {
      const all = await exact(`visibility = 'PUBLIC' and occupation like '%${frequentWord}%' and owner like '${like}'`);
      const { nodes, totalCount } = await search(frequentWord, { code });
      expect(
        nodes.map(({ id }) => id),
        code,
      ).toEqual(all.slice(0, 20));
      expect(totalCount, code).toBe(all.length);
    }
    const [hidden] = await database.admin<{ id: string; owner: string; name: string }[]>`
      select id, owner, name from members.member where visibility = 'INTERNAL' limit 1`;
    if (!hidden) throw new Error('nobody is hidden');
    const idsFor = async (as: Actor) =>
      (await search(hidden.name, { code: hidden.owner, as, first: 100 })).nodes.map(({ id }) => id);
    expect(await idsFor(staff(hidden.owner))).toContain(hidden.id);
    for (const as of [everyone, staff('330203'), partner]) expect(await idsFor(as)).not.toContain(hidden.id);
  });

  test('what comes after a change is found by the new words and no longer by the old, and what is hidden or withdrawn by none', async () => {
    const [one = '', other = '', third = ''] = await exact(`visibility = 'PUBLIC' and occupation like '%${rareWord}%'`);
    const idsOf = async (word: string) => (await search(word, { first: 100 })).nodes.map(({ id }) => id);
    await database.admin`update members.member set occupation = '量子物理' where id = ${one}`;
    expect(await idsOf('量子')).toEqual([one]);
    await database.admin`update members.member set visibility = 'INTERNAL' where id = ${other}`;
    await database.admin`update members.member set deleted = now() where id = ${third}`;
    const found = await idsOf(rareWord);
    expect(found.length).toBeGreaterThan(20);
    for (const gone of [one, other, third]) expect(found).not.toContain(gone);
  });
});

describe('what it costs', () => {
  test.each(['330110', '330100', '330000', '000000'])('in %s a few pages for each that is found', async (code) => {
    const { seen, totalCount, pages } = await search(rareWord, { code });
    for (const { readWhole } of seen) expect(readWhole).toEqual([]);
    expect(pages).toBeLessThan(60 + 25 * totalCount);
  });

  test('a frequent word doesn’t cost what it takes to look at all that have it', async () => {
    const { pages } = await search(frequentWord);
    expect(pages).toBeLessThan(rows / 2);
    expect((await search(frequentWord, { code: '330110' })).pages).toBeLessThan(400);
  });

  test('of a frequent word beside a filter that few meet those few are looked at, and not all that have the word', async () => {
    const sector = '00000000-0000-8000-a000-000000000001';
    await database.admin.unsafe(`
      insert into members.organization (id, owner, owner_as_filed, visibility, name, classification) values ('${sector}', '330110', '330110', 'PUBLIC', '界', 'SECTOR');
      insert into members.affiliation (id, owner, owner_as_filed, visibility, member, sector)
        select gen_random_uuid(), owner, owner, 'PUBLIC', id, '${sector}' from members.member where visibility = 'PUBLIC' order by md5(id::text) limit 60`);
    await database.admin.unsafe('vacuum analyze members.affiliation');
    const all = await exact(
      `visibility = 'PUBLIC' and occupation like '%${frequentWord}%' and id in (select member from members.affiliation where sector = '${sector}')`,
    );
    expect(all.length).toBeGreaterThan(20);
    const { nodes, totalCount, pages } = await search(frequentWord, { filter: `, sector: "${sector}"` });
    expect(nodes.map(({ id }) => id)).toEqual(all.slice(0, 20));
    expect(totalCount).toBe(all.length);
    // To name the more than 5,000 that have the word the index is looked into once for each statement.
    expect(pages).toBeLessThan(rows / 4);
  });

  test('ten thousand hidden records that hold the word cost nobody anything who may not see them', async () => {
    const asked: { word: string; code: string; as: Actor }[] = ['保密词', rareWord, frequentWord].flatMap((word) =>
      [everyone, staff('320100'), partner].flatMap((as) => ['330110', '000000'].map((code) => ({ word, code, as }))),
    );
    const pagesOfAll = async () => {
      await database.admin.unsafe('vacuum analyze members.member, members.search_entry');
      const pages: number[] = [];
      for (const { word, code, as } of asked) {
        await search(word, { code, as });
        pages.push((await search(word, { code, as })).pages);
      }
      return pages;
    };
    // Records there are as many before, so that no index is a level deeper after it.
    const numbers = { from: rows + 1, until: rows + 10_000 };
    await addMembers(database.admin, {
      ...numbers,
      owners: '33',
      visibility: 'INTERNAL',
      occupation: '另外六个字的话',
    });
    const before = await pagesOfAll();
    await database.admin.unsafe(
      `update members.member set occupation = '保密词${rareWord}${frequentWord}' where occupation = '另外六个字的话'`,
    );
    const after = await pagesOfAll();
    // A word of hidden ones alone is one that isn't there. Of the others the pages of the primary key's index are some more or fewer.
    expect(after.slice(0, 6)).toEqual(before.slice(0, 6));
    after.forEach((pages, at) => {
      expect(pages, JSON.stringify(asked[at])).toBeLessThanOrEqual((before[at] ?? 0) * 1.1 + 3);
    });
  }, 240_000);
});

describe('how words are written makes no difference', () => {
  test.each([
    ['眼科医院', ' 眼科医院\n'],
    ['眼科医院', '眼科　医院'],
    ['眼科医院', '眼\u200b科\u200d医院\ufeff'],
    ['眼科医院3部', '眼科医院３部'],
    ['眼科医院3部', '眼科 · 医院 3 部'],
    ['王伟', '王•伟'],
  ])('%s as %j', async (word, written) => {
    const found = await search(word);
    expect(found.nodes.length).toBeGreaterThan(0);
    expect((await search(written)).nodes).toEqual(found.nodes);
  });

  test('a name is found however its dot is written, also in the record', async () => {
    const [one = '', other = ''] = await exact(`visibility = 'PUBLIC' and name like '赵%'`);
    await database.admin`update members.member set name = '艾山·买买提' where id = ${one}`;
    await database.admin`update members.member set name = '艾山•买买提' where id = ${other}`;
    for (const written of [
      '艾山·买买提',
      '艾山•买买提',
      '艾山.买买提',
      '艾山 买买提',
      '艾山买买提',
      '山・买',
      '艾山·',
      '・买买提',
    ])
      expect((await search(written)).nodes.map(({ id }) => id).sort(), written).toEqual([one, other].sort());
  });

  test('a word is taken as it is: what means something to a pattern or to SQL means nothing here', async () => {
    for (const word of ['%', '_', "'", '\\', '眼%', '.*', '，']) expect((await search(word)).nodes, word).toEqual([]);
  });

  test('a filter by what is no id is refused by its name, and by one that isn’t there it finds nothing', async () => {
    await expect(search('', { filter: ', sector: "zz"' })).rejects.toThrow('filter.sector');
    expect(await search('', { filter: ', sector: "00000000-0000-4000-8000-00000000dead"' })).toMatchObject({
      nodes: [],
      totalCount: 0,
    });
  });

  test('an empty box, and one with nothing but spaces, is none', async () => {
    const all = await search('');
    expect(all.totalCount).toBeGreaterThan(2_000);
    for (const nothing of [' ', '　\t']) expect(await search(nothing)).toMatchObject({ totalCount: all.totalCount });
  });

  test('PostgreSQL and the hub write every character alike', async () => {
    const texts = Array.from({ length: 0x30000 }, (_, code) => code)
      .filter((code) => code > 0 && (code < 0xd800 || code > 0xdfff))
      .map((code) => String.fromCodePoint(code))
      // Of Unicode 17, which Node knows and PostgreSQL 18 doesn't.
      .filter((text) => text !== '\ua7f1');
    const chunks = Array.from({ length: Math.ceil(texts.length / 2000) }, (_, at) =>
      // Each between a letter and an ideograph, and between two ideographs.
      texts.slice(at * 2000, (at + 1) * 2000).map((text) => `A${text}乡 ${text} 村B`),
    );
    const wrong: string[] = [];
    for (const chunk of chunks) {
      const given = await database.admin<{ text: string }[]>`
        select members.normalized(text) as text from unnest(${chunk}::text[]) with ordinality as given(text, at) order by at`;
      chunk.forEach((text, at) => {
        if (given[at]?.text !== searchedText(text)) wrong.push([...text][1]?.codePointAt(0)?.toString(16) ?? '');
      });
    }
    expect(wrong).toEqual([]);
  });
});

test('the role of a subgraph is given ids and no text, and of no more than its asker may see', async () => {
  const [row] = await database.admin.begin(async (sql) => {
    for (const [name, value] of Object.entries(scopeSettings(everyone)))
      await sql`select set_config(${name}, ${value}, true)`;
    return sql`select cardinality(ids) as found from members.search('member', '保密词', null, null, null)`;
  });
  expect(row?.['found']).toBe(0);
});
