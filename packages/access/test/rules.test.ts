import {
  type Actor,
  type Audience,
  mayRead,
  mayWrite,
  readPolicy,
  scopeSettings,
  visibilities,
  writePolicy,
} from '@hub/access';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
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
const people = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];

const audiences: Audience[] = Array.from({ length: 4_000 }, () => ({
  owner: oneOf(codes),
  visibility: oneOf(visibilities),
  parties: someOf(codes),
  subjects: someOf(people),
}));
const actors: Actor[] = [
  { kind: 'PUBLIC' },
  { kind: 'AGENCY', subject: 'a' },
  { kind: 'OPERATOR', subject: 'o' },
  ...codes.flatMap((committee): Actor[] => [
    { kind: 'STAFF', subject: 's', committee, duties: [] },
    { kind: 'MEMBER', subject: 'm', member: oneOf(people), committee },
    { kind: 'DEPARTMENT', subject: 'd', committee },
    { kind: 'LIAISON', subject: 'l', committee },
  ]),
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.admin.unsafe(`
    create table audience (n int primary key, owner text collate "C", visibility text, parties text[], subjects text[]);
    create table written (n int primary key, owner text collate "C");
    alter table audience enable row level security;
    alter table written enable row level security;
    create policy read on audience for select using (${readPolicy()});
    create policy read on written for select using (${writePolicy()});
    grant select on audience, written to hub_members;`);
  const rows = audiences.map((audience, n) => ({ n, ...audience }));
  await database.admin.unsafe(
    `insert into audience select * from jsonb_populate_recordset(null::audience, $1::text::jsonb)`,
    [JSON.stringify(rows)],
  );
  await database.admin`insert into written select n, owner from audience`;
});
afterAll(() => database.drop());

/** The rows that a table's policy shows an actor. */
const shown = (table: string, settings: Readonly<Record<string, string>>) =>
  database.admin.begin(async (sql) => {
    await sql`set local role hub_members`;
    for (const [name, value] of Object.entries(settings)) await sql`select set_config(${name}, ${value}, true)`;
    return (await sql.unsafe(`select n from ${table} order by n`)).map((row) => Number(row['n']));
  });
const numbersWhere = (holds: (audience: Audience) => boolean) =>
  audiences.flatMap((audience, n) => (holds(audience) ? [n] : []));

describe('the predicates and the policies are one', () => {
  test.each(actors.map((actor) => [JSON.stringify(actor), actor] as const))('%s', async (_, actor) => {
    expect(await shown('audience', scopeSettings(actor))).toEqual(numbersWhere((audience) => mayRead(actor, audience)));
    expect(await shown('written', scopeSettings(actor))).toEqual(numbersWhere((audience) => mayWrite(actor, audience)));
  });

  test('the rows tell them apart: every kind of actor sees some and not all, other than those who see none', () => {
    for (const actor of actors) {
      const count = numbersWhere((audience) => mayRead(actor, audience)).length;
      const none = actor.kind === 'AGENCY' || actor.kind === 'OPERATOR';
      expect(count > 0 && count < audiences.length, JSON.stringify(actor)).toBe(!none);
    }
  });

  test('an empty text in a row names nobody, though it is what a setting is that doesn’t apply', async () => {
    const nameless: Audience[] = visibilities.map((visibility) => ({
      owner: '',
      visibility,
      parties: [''],
      subjects: [''],
    }));
    for (const actor of actors)
      for (const audience of nameless.filter(({ visibility }) => visibility !== 'PUBLIC'))
        expect(mayRead(actor, audience), `${JSON.stringify(actor)} ${audience.visibility}`).toBe(false);
    await database.admin`insert into audience select 9000 + n, '', visibility, '{""}', '{""}' from audience where n < 100`;
    for (const actor of actors) {
      const found = (await shown('audience', scopeSettings(actor))).filter((n) => n >= 9_000);
      expect(found).toEqual(found.filter((n) => audiences[n - 9_000]?.visibility === 'PUBLIC'));
    }
    await database.admin`delete from audience where n >= 9000`;
  });

  test('without settings, and with empty ones, nothing is shown', async () => {
    const empty = Object.fromEntries(Object.keys(scopeSettings({ kind: 'PUBLIC' })).map((name) => [name, '']));
    for (const settings of [{}, empty])
      for (const table of ['audience', 'written']) expect(await shown(table, settings)).toEqual([]);
  });
});
