import { type Actor, type Audience, isWithin, mayRead, visibilities, withinSql } from '@hub/access';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const codes = ['330000', '330400', '330482', '310116'];
const lists = [[], ['330482'], ['310116'], ['330482', '310116']];

/** Every audience of a few committees, whatever is in it by chance. */
const audiences: Audience[] = codes.flatMap((owner) =>
  visibilities.flatMap((visibility) => lists.map((parties) => ({ owner, visibility, parties, subjects: [] }))),
);
const pairs = audiences.flatMap((part) => audiences.map((whole) => ({ part, whole })));

const duties = ['meetings'] as const;
const actors: Actor[] = [
  { kind: 'PUBLIC' },
  ...codes.flatMap((committee): Actor[] => [
    { kind: 'STAFF', subject: committee, committee, duties: [...duties] },
    {
      kind: 'MEMBER',
      subject: `m ${committee}`,
      committee,
      member: '10000000-0000-4000-8000-000000000001',
      memberships: [],
      convenes: [],
    },
  ]),
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(null);
});
afterAll(() => database.drop());

test('what is within a record’s audience is read by nobody who doesn’t read that, but for its owner’s own office', () => {
  const faults = pairs
    .filter(({ part, whole }) => isWithin(part, whole))
    .flatMap(({ part, whole }) =>
      actors
        .filter((actor) => !(actor.kind === 'STAFF' && actor.committee === part.owner))
        .filter((actor) => mayRead(actor, part) && !mayRead(actor, whole))
        .map((actor) => ({ actor, part, whole })),
    );
  expect(faults).toEqual([]);
});

test('what is as its whole is within it, and all is within what is public', () => {
  for (const { part, whole } of pairs)
    if (whole.visibility === 'PUBLIC' || (part.owner === whole.owner && part === whole))
      expect(isWithin(part, whole)).toBe(true);
});

test('PostgreSQL says the same of every pair', async () => {
  const columns = (row: string) => ({
    owner: `(${row} ->> 'owner')`,
    visibility: `(${row} ->> 'visibility')`,
    parties: `array(select jsonb_array_elements_text(${row} -> 'parties'))`,
  });
  const rows = await database.admin.unsafe<{ fits: boolean }[]>(
    `select ${withinSql(columns('part'), columns('whole'))} as fits
      from jsonb_to_recordset($1::text::jsonb) as pair(at integer, part jsonb, whole jsonb) order by at`,
    [JSON.stringify(pairs.map((pair, at) => ({ at, ...pair })))],
  );
  expect(rows.map(({ fits }) => fits)).toEqual(pairs.map(({ part, whole }) => isWithin(part, whole)));
});
