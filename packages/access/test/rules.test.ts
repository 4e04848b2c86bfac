import { isDeepStrictEqual } from 'node:util';
import {
  type Actor,
  type Audience,
  duties,
  feedPolicy,
  mayRead,
  mayWrite,
  readerOf,
  readPolicy,
  receiptPolicy,
  rowPolicy,
  scopeSettings,
  subjectOf,
  subjectPolicy,
  toldTo,
  visibilities,
  type Writers,
  type Written,
  writePolicy,
  writeRules,
} from '@hub/access';
import { createTestDatabase, type TestDatabase, testRole } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Numbers that are the same in every run, so that a failure can be looked at. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = numbers(20_240_731);
const oneOf = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)] as Thing;
const someOf = <Thing>(things: readonly Thing[]): Thing[] => things.filter(() => random() < 0.3);

// All levels, neighbours on both sides of a range's ends, and a township.
const codes = [
  '000000',
  '320000',
  '330000',
  '330100',
  '330110',
  '330114',
  '330200',
  '340000',
  '361100',
  '330110001',
  '990000',
];
const groups = ['20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002'];
const people = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];

const receipts = ['code', 'another'];

type Filed = Audience & Written & { readonly subject: string; readonly receipt: string | null };
const rows: Filed[] = Array.from({ length: 4_000 }, () => ({
  owner: oneOf(codes),
  visibility: oneOf(visibilities),
  parties: someOf(codes),
  subjects: someOf([...people, ...groups, 'LIAISON l', 'LIAISON other', 'STAFF s', 'STAFF "s', 'DEPARTMENT d']),
  author: oneOf([null, ...people]),
  organization: oneOf([null, ...groups]),
  department: oneOf([null, ...groups]),
  agency: oneOf([null, ...groups]),
  receipt: oneOf([null, '', ...receipts]),
  reference: { owner: oneOf(codes), visibility: oneOf(visibilities), parties: someOf(codes) },
  subject: oneOf([
    'public',
    'STAFF s',
    'LIAISON l',
    'FEED f',
    'AGENCY a',
    ...groups.map((id) => `AGENCY ${id}`),
    ...people.map((id) => `MEMBER ${id}`),
  ]),
}));
const actors: Actor[] = [
  { kind: 'PUBLIC' },
  { kind: 'PUBLIC', receipt: 'code' },
  { kind: 'PUBLIC', receipt: '' },
  { kind: 'FEED', subject: 'f' },
  { kind: 'AGENCY', subject: 'a', regions: [] },
  { kind: 'AGENCY', subject: groups[0] as string, regions: ['000000'] },
  { kind: 'AGENCY', subject: groups[0] as string, regions: ['330100', '361100'] },
  { kind: 'AGENCY', subject: groups[1] as string, regions: ['330000'], sharedBy: '330000' },
  { kind: 'AGENCY', subject: groups[1] as string, regions: ['330110', '320000'], sharedBy: '330110' },
  { kind: 'OPERATOR', subject: 'o' },
  ...codes.flatMap((committee): Actor[] => [
    { kind: 'STAFF', subject: 's', committee, duties: [] },
    { kind: 'STAFF', subject: '"s', committee, duties: [] },
    { kind: 'STAFF', subject: 's', committee, duties: ['meetings', 'members'] },
    { kind: 'STAFF', subject: 's', committee, duties: [oneOf(duties)] },
    { kind: 'MEMBER', subject: 'm', member: oneOf(people), committee, memberships: [], convenes: [] },
    { kind: 'MEMBER', subject: 'm', member: oneOf(people), committee, memberships: people, convenes: someOf(groups) },
    { kind: 'DEPARTMENT', subject: 'd', committee, department: oneOf(groups) },
    { kind: 'LIAISON', subject: 'l', committee },
  ]),
];
/** Each rule by itself beside that of staff, and all of them. */
const tables: readonly Writers[] = [
  { duties: ['meetings'] },
  { duties: ['proposals', 'township'] },
  { duties: ['meetings'], author: true },
  { duties: ['meetings'], convenor: true },
  { duties: ['meetings'], department: true },
  { duties: ['meetings'], receipt: true },
  { duties: ['meetings'], agency: true },
  { duties: ['meetings'], feed: true },
  { duties: ['members'], author: true, convenor: true, department: true, receipt: true, agency: true, feed: true },
];
const changes = ['INSERT', 'UPDATE'] as const;
const written = tables.flatMap((writers, n) =>
  changes.map((change) => ({ name: `written_${n}_${change.toLowerCase()}`, writers, change })),
);

/** So many of them are entered in the search index. */
const searchedRows = 500;

let database: TestDatabase;
/** What each table shows: the SQL of a policy as one for reading, so that what it lets through can be told row by row. */
const policies: Readonly<Record<string, string>> = {
  audience: readPolicy(),
  receipt: receiptPolicy(),
  subject: subjectPolicy(),
  feed: feedPolicy(),
  filed: rowPolicy({ receipt: true }),
  referring: rowPolicy({ refers: true }),
  filed_and_referring: rowPolicy({ receipt: true, refers: true }),
  referring_with_parties: rowPolicy({ refers: 'WITH_PARTIES' }),
  ...Object.fromEntries(written.map(({ name, writers, change }) => [name, writePolicy(writers, change)])),
};
beforeAll(async () => {
  database = await createTestDatabase('empty');
  for (const [table, policy] of Object.entries(policies))
    await database.admin.unsafe(`
      create table ${table} (n int primary key, owner text collate "C", visibility text, parties text[], subjects text[],
        author uuid, organization uuid, department uuid, agency uuid, receipt text, subject text,
        reference_owner text collate "C", reference_visibility text, reference_parties text[]);
      alter table ${table} enable row level security;
      create policy read on ${table} for select using (${policy});
      grant select on ${table} to ${testRole('members')};`);
  await database.admin.unsafe(
    `insert into audience select * from jsonb_populate_recordset(null::audience, $1::text::jsonb)`,
    [
      JSON.stringify(
        rows.map((row, n) => ({
          n,
          ...row,
          reference_owner: row.reference?.owner,
          reference_visibility: row.reference?.visibility,
          reference_parties: row.reference?.parties,
        })),
      ),
    ],
  );
  for (const table of Object.keys(policies))
    if (table !== 'audience') await database.admin.unsafe(`insert into ${table} select * from audience`);
  for (const table of Object.keys(audiences)) {
    // A table of the schema by whose columns the index tells whether rows refer to others.
    if (table.includes('referring'))
      await database.admin.unsafe(`create table members.${table} (reference_owner text)`);
    const left = [
      ...(table.includes('filed') ? [] : ['receipt']),
      ...(table.includes('referring') ? [] : ['reference_owner']),
      ...(table.includes('parties') ? [] : ['reference_parties']),
    ];
    await database.admin.unsafe(`
      insert into members.search_entry (type, id, document, keys)
      select '${table}', ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, document, keys
      from ${table} as given, members.search_entry_of('${table}', to_jsonb(given) - '{${left}}'::text[] || '{"title":"协商"}', '{title}')
      where n < ${searchedRows} and keys is not null`);
  }
});
afterAll(() => database.drop());

/** The rows that a table's policy shows an actor. */
const shown = (table: string, settings: Readonly<Record<string, string>>): Promise<readonly number[]> =>
  database.admin.begin(async (sql) => {
    await sql.unsafe(`set local role ${testRole('members')}`);
    await sql`select set_config(key, value, true) from jsonb_each_text(${sql.json(settings)})`;
    const [row] = await sql.unsafe(`select coalesce(array_agg(n order by n), '{}') as numbers from ${table}`);
    return row?.['numbers'];
  });
/** What each table of records has of a row's audience. */
const bare = ({ owner, visibility, parties, subjects }: Filed): Audience => ({ owner, visibility, parties, subjects });
const withoutParties = ({ reference }: Filed) => reference && { ...reference, parties: null };
const audiences = {
  audience: bare,
  filed: (row: Filed) => ({ ...bare(row), receipt: row.receipt }),
  referring: (row: Filed) => ({ ...bare(row), reference: withoutParties(row) }),
  filed_and_referring: (row: Filed) => ({ ...bare(row), receipt: row.receipt, reference: withoutParties(row) }),
  referring_with_parties: (row: Filed) => ({ ...bare(row), reference: row.reference }),
} as const satisfies Record<string, (row: Filed) => Audience>;
/** Of all rows, made once: each actor is asked for each of them several times. */
const audiencesOfRows = Object.entries(audiences).map(([table, audienceOf]): readonly [string, readonly Audience[]] => [
  table,
  rows.map(audienceOf),
]);
const numbersOf = (all: readonly Audience[], holds: (audience: Audience) => boolean) =>
  all.flatMap((audience, n) => (holds(audience) ? [n] : []));
const numbersWhere = (holds: (row: Filed) => boolean) => rows.flatMap((row, n) => (holds(row) ? [n] : []));

describe('of the committees of a record', () => {
  const joint: Audience = { owner: '330100', visibility: 'JOINT', parties: ['330110', '361100'], subjects: people };
  const toldOf = (actor: Actor, before: Audience | null, after: Audience | null) =>
    toldTo(readerOf(actor), { before, after });
  const [id = ''] = people;
  const staffOf = (committee: string): Actor => ({ kind: 'STAFF', subject: 's', committee, duties: [] });
  const subject: Actor = {
    kind: 'MEMBER',
    subject: 'm',
    member: id,
    committee: '330110',
    memberships: [],
    convenes: [],
  };

  test('those who work on it together know all, whom it only names knows its owner, and of a public one everybody knows all', () => {
    for (const committee of ['330100', '330110', '361100'])
      expect(toldOf(staffOf(committee), null, joint)?.committees).toEqual(['330100', '330110', '361100']);
    expect(toldOf(subject, null, joint)?.committees).toEqual(['330100']);
    expect(toldOf({ kind: 'PUBLIC' }, null, { ...joint, visibility: 'PUBLIC' })?.committees).toEqual([
      '330100',
      '330110',
      '361100',
    ]);
    expect(toldOf({ kind: 'PUBLIC' }, null, joint)).toBeNull();
  });

  test('whoever loses sight of it is told of those that it had, and of none that it gets', () => {
    const narrowed = { ...joint, visibility: 'JOINT', parties: ['320000'] } as const;
    expect(toldOf(staffOf('330110'), joint, narrowed)).toEqual({
      operation: 'DELETE',
      committees: ['330100', '330110', '361100'],
      concerned: ['330100', '330110', '361100'],
    });
    expect(toldOf(staffOf('330100'), joint, narrowed)).toEqual({
      operation: 'UPDATE',
      committees: ['330100', '320000'],
      concerned: ['330100', '320000', '330110', '361100'],
    });
  });
});

describe('readers of one key', () => {
  test('are told the same of every row', () => {
    const byKey = new Map<string, Actor>();
    let shared = 0;
    for (const actor of actors) {
      const { key } = readerOf(actor);
      const other = byKey.get(key);
      byKey.set(key, actor);
      if (!other) continue;
      shared += 1;
      const toldTheSame = (row: Filed) => {
        const change = { before: null, after: audiences.filed_and_referring(row) };
        return isDeepStrictEqual(toldTo(readerOf(actor), change), toldTo(readerOf(other), change));
      };
      expect(rows.every(toldTheSame)).toBe(true);
    }
    expect(shared).toBeGreaterThan(10);
  });
});

describe('the predicates and the policies are one', () => {
  test.each(actors.map((actor) => [JSON.stringify(actor), actor] as const))('%s', async (_, actor) => {
    const settings = scopeSettings(actor);
    const seen = new Map<string, ReadonlySet<number>>();
    for (const [table, all] of audiencesOfRows) {
      const found = await shown(table, settings);
      expect(found, table).toEqual(numbersOf(all, (audience) => mayRead(actor, audience)));
      seen.set(table, new Set(found));
    }
    // A change from each row's audience, or none, to the next one's, or none: told as the policies have it.
    const reader = readerOf(actor);
    for (const [table, all] of audiencesOfRows) {
      const wrong = all.flatMap((audience, n) => {
        const next = (n + 1) % all.length;
        const [before, after] = [n % 7 > 0 ? audience : null, n % 5 > 0 ? (all[next] as Audience) : null];
        const saw = before !== null && seen.get(table)?.has(n);
        const sees = after !== null && seen.get(table)?.has(next);
        const expected = sees ? (saw ? 'UPDATE' : 'INSERT') : saw ? 'DELETE' : undefined;
        return toldTo(reader, { before, after })?.operation === expected ? [] : [n];
      });
      expect(wrong, table).toEqual([]);
    }
    for (const { name, writers, change } of written)
      expect(await shown(name, settings), name).toEqual(numbersWhere((row) => mayWrite(actor, row, writers, change)));
    const receipt = actor.kind === 'PUBLIC' ? actor.receipt : undefined;
    expect(await shown('receipt', settings)).toEqual(numbersWhere((row) => !!receipt && row.receipt === receipt));
    const hasFace = actor.kind !== 'OPERATOR';
    expect(await shown('subject', settings)).toEqual(
      numbersWhere((row) => hasFace && row.subject === subjectOf(actor)),
    );
    expect(await shown('feed', settings)).toEqual(numbersWhere(() => actor.kind === 'FEED'));
  });

  test.each(actors.filter(({ kind }) => kind !== 'FEED').map((actor) => [JSON.stringify(actor), actor] as const))(
    'so is the search index: %s is given what they may read and nothing else',
    async (_, actor) => {
      for (const [table, all] of audiencesOfRows) {
        const found = await database.admin.begin(async (sql) => {
          await sql.unsafe(`set local role ${testRole('members')}`);
          await sql`select set_config(key, value, true) from jsonb_each_text(${sql.json({ ...scopeSettings(actor) })})`;
          const [row] = await sql`
            select array(select distinct right(id::text, 12)::integer from unnest(ids) as id order by 1) as numbers
            from members.search(${table}, '协商', null, null, null)`;
          return row?.['numbers'];
        });
        // Where the public thing lies that a row refers to isn't in the index: only an agency's regions ask for it.
        const inAllRegions = (audience: Audience) =>
          actor.kind === 'AGENCY' && audience.reference?.visibility === 'PUBLIC'
            ? { ...audience, reference: null }
            : audience;
        expect(found, table).toEqual(
          numbersOf(all.slice(0, searchedRows), (audience) => mayRead(actor, inAllRegions(audience))),
        );
      }
    },
  );

  test('the rows tell them apart: every kind of actor reads some and not all, other than those who read all or none', () => {
    for (const actor of actors) {
      const count = numbersWhere((row) => mayRead(actor, bare(row))).length;
      const some =
        !['OPERATOR', 'FEED'].includes(actor.kind) && !(actor.kind === 'AGENCY' && actor.regions.length === 0);
      expect(count > 0 && count < rows.length, JSON.stringify(actor)).toBe(some);
    }
  });

  test('the rows tell the rules apart: each lets in what no other one does, and only where a table says so', () => {
    for (const { who, holdsFor, once, applies } of writeRules) {
      const writers = tables.filter(holdsFor);
      expect(writers.length, who).toBeGreaterThan(0);
      const alone = actors.some((actor) =>
        rows.some((row) => {
          const [only] = writers;
          const settings = scopeSettings(actor);
          const others = writeRules.filter((rule) => rule.who !== who);
          return (
            only !== undefined &&
            applies(settings, row, only) &&
            !others.some((rule) => rule.applies(settings, row, only))
          );
        }),
      );
      expect(alone, who).toBe(true);
      // Where a table doesn't name it, and where it lets rows be put in only, it changes nothing.
      for (const table of tables.filter((one) => !holdsFor(one) || once === true)) {
        const others = writeRules.filter((rule) => rule.who !== who && rule.holdsFor(table) && !rule.once);
        for (const actor of actors) {
          const settings = scopeSettings(actor);
          for (const row of rows.slice(0, 50))
            expect(mayWrite(actor, row, table, 'UPDATE')).toBe(
              others.some((rule) => rule.applies(settings, row, table)),
            );
        }
      }
    }
  });

  test('an empty text in a row names nobody, though it is what a setting is that doesn’t apply', async () => {
    const nameless: Audience[] = visibilities.map((visibility) => ({
      owner: '',
      visibility,
      parties: [''],
      subjects: [''],
    }));
    const named = actors.filter(({ kind }) => kind !== 'FEED');
    for (const actor of named)
      for (const audience of nameless.filter(({ visibility }) => visibility !== 'PUBLIC'))
        expect(mayRead(actor, audience), `${JSON.stringify(actor)} ${audience.visibility}`).toBe(false);
    await database.admin`
      insert into audience (n, owner, visibility, parties, subjects)
      select 9000 + n, '', visibility, '{""}', '{""}' from audience where n < 100`;
    for (const actor of named) {
      const found = (await shown('audience', scopeSettings(actor))).filter((n) => n >= 9_000);
      expect(found).toEqual(found.filter((n) => rows[n - 9_000]?.visibility === 'PUBLIC'));
    }
    await database.admin`delete from audience where n >= 9000`;
  });

  test('without settings, and with empty ones, nothing is shown', async () => {
    const empty = Object.fromEntries(Object.keys(scopeSettings({ kind: 'PUBLIC' })).map((name) => [name, '']));
    for (const settings of [{}, empty])
      for (const table of Object.keys(policies)) expect(await shown(table, settings), table).toEqual([]);
  });

  test('an id that a token brings is data: whatever it holds, it names nobody else', async () => {
    const [person] = people;
    const names = ['STAFF s', 'LIAISON l', 'DEPARTMENT d'];
    const within = [
      `${person}","${people[1]}`,
      `x"${person}`,
      `${person}"`,
      `x,"${person}`,
      'x"LIAISON l',
      `${person}'`,
    ];
    for (const forged of [...names, ...within, '{}', '"', '\\', '', ' ', ','])
      for (const actor of [
        {
          kind: 'MEMBER',
          subject: 'm',
          member: forged,
          committee: '330110',
          memberships: [forged],
          convenes: [forged],
        },
        { kind: 'DEPARTMENT', subject: 'd', committee: '330110', department: forged },
        { kind: 'DEPARTMENT', subject: forged, committee: '330110', department: forged },
        { kind: 'STAFF', subject: forged, committee: '330110', duties: [] },
        { kind: 'LIAISON', subject: forged, committee: '330110' },
        { kind: 'AGENCY', subject: forged, regions: [] },
      ] as const satisfies readonly Actor[]) {
        // Whom it names truly is the department's own person, whatever department the token brings.
        const own = actor.kind === 'DEPARTMENT' && actor.subject === 'd' ? 'DEPARTMENT d' : undefined;
        const expected = numbersWhere(
          (row) => mayRead(actor, { ...bare(row), subjects: [] }) || (own !== undefined && row.subjects.includes(own)),
        );
        const settings = scopeSettings(actor);
        expect(await shown('audience', settings), JSON.stringify(actor)).toEqual(expected);
        expect(
          numbersWhere((row) => mayRead(actor, bare(row))),
          JSON.stringify(actor),
        ).toEqual(expected);
        if (actor.kind === 'STAFF') continue;
        const everybody = tables.length - 1;
        expect(await shown(`written_${everybody}_update`, settings), JSON.stringify(actor)).toEqual([]);
      }
  });

  test('a name made of what separates names is one name, to the predicates and to the policies', async () => {
    const signs = ['"', '\\', ',', '{', '}', ' ', '\n', 's', 'NULL', '","', '\\"', '",', '{"'];
    const texts = [...new Set([...signs, ...Array.from({ length: 60 }, () => someOf(signs).join(''))])];
    const named = [...texts, ...texts.map((text) => `STAFF ${text}`), ...texts.map((text) => `DEPARTMENT ${text}`)];
    const filed = named.map(
      (name): Audience => ({ owner: '990000', visibility: 'PRIVATE', parties: [], subjects: [name] }),
    );
    await database.admin`
      insert into audience (n, owner, visibility, parties, subjects)
      select 8999 + n, '990000', 'PRIVATE', '{}', array[name]
      from jsonb_array_elements_text(${JSON.stringify(named)}::text::jsonb) with ordinality as given(name, n)`;
    for (const text of texts)
      for (const actor of [
        { kind: 'STAFF', subject: text, committee: '330110', duties: [] },
        { kind: 'DEPARTMENT', subject: text, committee: '330110', department: groups[0] as string },
      ] as const satisfies readonly Actor[]) {
        const expected = [named.indexOf(subjectOf(actor))];
        const found = (await shown('audience', scopeSettings(actor))).filter((n) => n >= 9_000);
        expect(
          found.map((n) => n - 9_000),
          JSON.stringify(actor),
        ).toEqual(expected);
        const predicted = filed.flatMap((audience, n) => (mayRead(actor, audience) ? [n] : []));
        expect(predicted, JSON.stringify(actor)).toEqual(expected);
      }
    await database.admin`delete from audience where n >= 9000`;
  });
});
