/** A calendar is read by everybody's devices many times a day: its feed is found in no more pages for all that others have. */
import { type Actor, receiptHash, subjectOf } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createTestDatabase, feed, member, staff, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExplainedSubgraph, explainedSubgraph, sketch } from './explained.ts';

const yuhang = '330110';
const secret = 'the secret of feed 4711';
const me = member('00000000-0000-4000-8000-000000004711', yuhang);
let database: TestDatabase;
let subgraph: ExplainedSubgraph;
beforeAll(async () => {
  database = await createTestDatabase('empty');
  // One in a hundred is a committee's, the others are members' of three thousand committees.
  await database.admin.unsafe(
    `alter table consultations.calendar_feed disable trigger user;
     insert into consultations.calendar_feed (id, owner, owner_as_filed, visibility, subjects, reference_owner, reference_visibility, status, kind, label, secret, renewed, author)
     select gen_random_uuid(), owner, owner, case when author is null then 'INTERNAL' else 'PRIVATE' end, case when author is null then '{}' else array[author::text] end,
       owner, 'MEMBERS', 'OPEN', case when author is null then 'COMMITTEE' else 'MEMBER' end, 'feed ' || n, case n when 4711 then $1 else 'hash ' || n end, now(), author
     from (select n, case when n = 4711 then '${yuhang}' else (330000 + n % 2999)::text end as owner,
       case when n % 100 > 0 then ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid end as author from generate_series(1, 100000) as n) as made;
     alter table consultations.calendar_feed enable trigger user;
     analyze consultations.calendar_feed`.replace('$1', `'${receiptHash(secret)}'`),
  );
  subgraph = await explainedSubgraph(consultations, database.url);
});
afterAll(async () => {
  await subgraph.stop();
  await database.drop();
});

const explained = async (query: string, as: Actor, variables: Record<string, unknown>) => {
  const { seen, data } = await subgraph.explain(query, as, variables);
  for (const { text, readWhole, pages, tree } of seen) {
    expect(readWhole, `${text}\n${sketch(tree)}`).toEqual([]);
    expect(pages, `${text}\n${sketch(tree)}`).toBeLessThan(500);
  }
  expect(seen.length).toBeGreaterThan(0);
  return data;
};
const kept =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { calendarFeeds { totalCount nodes { id label } } } } }';
const keptBy = (as: Actor) => explained(kept, as, { of: [{ __typename: 'Me', id: subjectOf(as) }] });

test('by its address', async () => {
  const { calendarFeedBySecret } = await explained(
    'query ($hash: String!) { calendarFeedBySecret(hash: $hash) { label } }',
    feed,
    { hash: receiptHash(secret) },
  );
  expect(calendarFeedBySecret).toEqual({ label: 'feed 4711' });
  await explained('query ($hash: String!) { calendarFeedBySecret(hash: $hash) { label } }', feed, { hash: 'none' });
});

test('by the member, and by the office that keeps it', async () => {
  expect((await keptBy(me))._entities[0].calendarFeeds.nodes).toMatchObject([{ label: 'feed 4711' }]);
  expect((await keptBy(staff('330100')))._entities[0].calendarFeeds.totalCount).toBeGreaterThan(0);
});
