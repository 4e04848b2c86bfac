import { randomUUID } from 'node:crypto';
import { recordId } from '@hub/facts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';

let hub: Hub;
let consultation: string;
let workstation: string;
let staff: string;
beforeAll(async () => {
  // Followers would count, too.
  hub = await startHub('in process', { config: { follow: false } });
  staff = await hub.staff('330110');
  const { consultations, workstations } = await hub.do(
    '{ consultations(first: 1) { nodes { id } } workstations(first: 1) { nodes { id } } }',
    {},
  );
  consultation = consultations.nodes[0].id;
  workstation = workstations.nodes[0].id;
});
afterAll(() => hub.stop());

const member = recordId('yuhang/member-wang-aijuan');

test('an id alone finds its record, wherever it is kept, with all that its type has', async () => {
  const asked = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
    ... on Member { name committee { id name } } ... on Consultation { title hosts { committee { code } } }
    ... on Workstation { name } ... on Committee { code level region { id } } ... on Region { name } } }`;
  const ids = [member, consultation, workstation, 'committee:330110', 'region:330110'];
  const { nodes } = await hub.do(asked, { ids });
  const one = await hub.do(
    `query ($member: ID!, $consultation: ID!) { member(id: $member) { name committee { id name } }
      consultation(id: $consultation) { title hosts { committee { code } } } committee(code: "330110") { name } region(code: "330110") { name } }`,
    { member, consultation },
  );
  expect(nodes).toMatchObject([
    { __typename: 'Member', id: member, ...one.member },
    { __typename: 'Consultation', id: consultation, ...one.consultation },
    { __typename: 'Workstation', id: workstation, name: expect.any(String) },
    {
      __typename: 'Committee',
      id: 'committee:330110',
      code: '330110',
      level: 'COUNTY',
      region: { id: 'region:330110' },
    },
    { __typename: 'Region', id: 'region:330110', ...one.region },
  ]);
  expect(one.member.committee).toEqual({ id: 'committee:330110', name: one.committee.name });
});

test('what has just been written is found at once, by who may see it, and by nobody else', async () => {
  const { planConsultation } = await hub.do(
    `mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } userErrors { code message } } }`,
    { input: { committee: '330110', kind: 'TOPICAL', title: '试一试', visibility: 'INTERNAL' } },
    staff,
  );
  const id = planConsultation.consultation?.id;
  expect(planConsultation.userErrors).toEqual([]);
  const asked = 'query ($id: ID!) { node(id: $id) { __typename id ... on Consultation { title } } }';
  expect(await hub.do(asked, { id }, staff)).toEqual({ node: { __typename: 'Consultation', id, title: '试一试' } });
  expect(await hub.do(asked, { id })).toEqual({ node: null });
});

test.each([
  ['nothing', randomUUID()],
  ['a committee that never was', 'committee:999999'],
  ['a region that never was', 'region:1'],
  ['no id', '330110'],
  ['no id either', "x' or 1=1"],
  ['nothing at all', ''],
])('an id of %s finds nothing, without an error', async (_, id) => {
  const { data, errors } = await hub.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { variables: { id } });
  expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
});

test('a hundred ids are found together, in their order and as often as they are named, by no more statements than two', async () => {
  const { consultations } = await hub.do('{ consultations(first: 49) { nodes { id } } }', {});
  const ids = consultations.nodes.map(({ id }: { id: string }) => id);
  const asked = async (named: readonly string[]) => {
    const before = hub.statements();
    const { nodes } = await hub.do('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: named });
    return { nodes, statements: hub.statements() - before };
  };
  const { statements: ofTwo } = await asked([ids[0], member]);
  const { nodes, statements } = await asked([...ids, member, ...ids]);
  expect(statements).toBe(ofTwo);
  expect(nodes.map(({ id }: { id: string }) => id)).toEqual([...ids, member, ...ids]);
  const { errors } = await hub.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    variables: { ids: Array.from({ length: 101 }, () => member) },
  });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'ids' } }]);
});

test('while a subgraph is down, what it may keep is told to be missing and not to be nothing', async () => {
  const own = await startHub('in process');
  try {
    await own.stopSubgraph('workstations');
    const { data, errors } = await own.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
      variables: { ids: [member, workstation] },
    });
    expect(data).toEqual({ nodes: [{ __typename: 'Member' }, null] });
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  } finally {
    await own.stop();
  }
});
