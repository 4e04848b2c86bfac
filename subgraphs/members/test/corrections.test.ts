import type { Actor } from '@hub/access';
import { members } from '@hub/members';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bystander, makers, neighbour, town } from './steps.ts';

let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
let term: string;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  make = makers(hub);
  await make.bystander();
  term = (await make.term()).id;
});
afterAll(() => hub.stop());

const strangers: readonly Actor[] = [
  everyone,
  staff(neighbour),
  staff('330100'),
  { kind: 'STAFF', subject: 'meetings only', committee: town, duties: ['meetings'] },
  member(bystander, town),
  department(town, '10000000-0000-4000-8000-00000000000d'),
];
const withdraw = async (record: string, as: Actor = staff(town)) => {
  const { data, errors } = await hub.ask(
    'mutation ($input: WithdrawTermRecordInput!) { withdrawTermRecord(input: $input) { correction { record step former { name value } } userErrors { code } } }',
    { as, variables: { input: { record, reason: '误录' } } },
  );
  const payload = data?.withdrawTermRecord;
  return { ...payload, code: (errors[0] ?? payload?.userErrors[0]?.code ?? null) as string | null };
};
const kept = async (as: Actor = staff(town)) => {
  const { data } = await hub.ask(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Committee { memberCorrections { recordType step former { name value } } } } }',
    { as, variables: { r: [{ __typename: 'Committee', code: town }] } },
  );
  return data._entities[0].memberCorrections as { recordType: string; step: string; former: unknown }[];
};

test('a name that was misspelt is corrected by the office of its committee, and what stood there is kept for it alone', async () => {
  const id = await make.member('周思圆');
  const correct = (input: object, as?: Actor) =>
    make.take(
      'correctMember',
      'member',
      { member: id, ...input },
      { fields: 'name occupation person { name }', ...(as && { as }) },
    );
  for (const as of strangers)
    expect((await correct({ name: '周思远' }, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS|NOT_FOUND/);
  expect((await correct({ name: '周'.repeat(51) })).code).toBe('TOO_LONG');
  expect((await correct({ name: '周思远', occupation: '教师', reason: '错字' })).record).toMatchObject({
    name: '周思远',
    occupation: '教师',
    person: { name: '周思远' },
  });
  const { data } = await hub.ask(
    'query { members(within: "330110", filter: { text: "周思远" }, first: 10) { nodes { id } } }',
    { as: everyone },
  );
  expect(data.members.nodes).toEqual([{ id }]);
  expect(await kept()).toContainEqual({
    recordType: 'Person',
    step: 'CORRECTED',
    former: [{ name: 'name', value: '周思圆' }],
  });
  for (const as of strangers)
    if (!(as.kind === 'STAFF' && as.committee === town)) expect(await kept(as), as.kind).toEqual([]);
});

test('a term and a session are corrected, and withdrawn where nobody is a member in them, and their number is free again', async () => {
  expect((await make.take('correctTerm', 'term', { term, end: '2021-01-01' })).code).toBe('INVALID');
  expect((await make.take('correctTerm', 'term', { term, end: '2027-01-20' }, { fields: 'end' })).record).toMatchObject(
    { end: '2027-01-20' },
  );
  const next = await make.take('openTerm', 'term', { committee: town, start: '2031-01-01' }, { fields: 'ordinal' });
  const session = await make.take('addSession', 'session', { term: next.id, start: '2031-02-01' });
  expect(
    (
      await make.take(
        'correctSession',
        'session',
        { session: session.id, start: '2031-02-03', end: '2031-02-06' },
        { fields: 'held { start end }' },
      )
    ).record.held,
  ).toEqual({ start: '2031-02-03', end: '2031-02-06' });
  for (const as of strangers)
    expect((await withdraw(session.id, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS|NOT_FOUND/);
  expect(await withdraw(session.id)).toMatchObject({
    code: null,
    correction: { record: session.id, step: 'WITHDRAWN' },
  });
  expect((await make.take('addSession', 'session', { term: next.id }, { fields: 'ordinal' })).record.ordinal).toBe(1);
  // There are members in the term.
  expect((await withdraw(term)).code).toBe('TERM_IN_USE');
  expect((await withdraw(next.id)).code).toBeNull();
  const again = await make.take('openTerm', 'term', { committee: town, start: '2031-01-01' }, { fields: 'ordinal' });
  expect(again.record.ordinal).toBe(next.record.ordinal);
});
