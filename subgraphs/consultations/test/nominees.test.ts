import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { agency, everyone, member, operator, staff, startTestSubgraph, type TestSubgraph, walk } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nomineeMachine } from '../src/nominees/nominee.machine.ts';
import { ahead, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';
const id = (n: number) => `30000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());

const shown = `id kind name role status reason committee { code } member { id } organization { id } standsInFor { id } events { step } pendingSteps { step }`;
async function step(name: string, input: object, as: Actor) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { nominee { ${shown} } userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return {
    nominee: answer?.nominee,
    code: (errors[0] ?? answer?.userErrors[0]?.code ?? null) as string | null,
    message: answer?.userErrors[0]?.message as string | undefined,
  };
}
const done = async (name: string, input: object, as: Actor) => {
  const { nominee, code } = await step(name, input, as);
  expect({ name, code }).toEqual({ name, code: null });
  return nominee;
};
const attendances = async (consultation: string, as: Actor) =>
  (
    await hub.ask(
      'query ($id: ID!) { consultation(id: $id) { attendances(first: 50) { nodes { status invited member { id } } } } }',
      { as, variables: { id: consultation } },
    )
  ).data.consultation?.attendances.nodes;

describe('nominees', () => {
  test('are named by each party for itself, within its quota, and told to the others by name alone', async () => {
    const plan = await plans.start(songjiang, [shangrao], {
      starts: [ahead(60)],
      quotas: [{ committee: shangrao, members: 1 }],
    });
    const given = { jointPlan: plan.id, kind: 'MEMBER', name: '周医生', role: '眼科', member: id(1) };
    const nominee = await done('nominate', given, staff(shangrao));
    expect(nominee).toMatchObject({ status: 'NOMINATED', committee: { code: shangrao }, member: { id: id(1) } });
    const full = await step('nominate', { ...given, name: '另一人', member: id(2) }, staff(shangrao));
    expect(full).toMatchObject({ code: 'LIMIT_REACHED', nominee: null });
    expect(full.message).toContain('1');
    // Experts and departments take no member's place.
    await done('nominate', { jointPlan: plan.id, kind: 'EXPERT', name: '中山医院专家' }, staff(shangrao));
    await done(
      'nominate',
      { jointPlan: plan.id, kind: 'DEPARTMENT', name: '市卫健委', organization: id(90) },
      staff(shangrao),
    );
    const seen = async (as: Actor) =>
      (
        await hub.ask(
          'query ($id: ID!) { jointPlan(id: $id) { nominees { name member { id } organization { id } } } }',
          {
            as,
            variables: { id: plan.id },
          },
        )
      ).data.jointPlan?.nominees;
    expect(await seen(staff(songjiang))).toEqual([
      { name: '周医生', member: null, organization: null },
      { name: '中山医院专家', member: null, organization: null },
      { name: '市卫健委', member: null, organization: null },
    ]);
    expect((await seen(staff(shangrao)))[0]).toMatchObject({ member: { id: id(1) } });
    for (const other of [staff(xuhui), everyone, agency, operator]) expect(await seen(other)).toBeUndefined();
    expect((await step('nominate', given, staff(xuhui))).code).toBe('NOT_FOUND');
    expect((await step('withdrawNominee', { nominee: nominee.id, reason: '代撤' }, staff(songjiang))).code).toBe(
      'NOT_YOURS',
    );
    expect((await step('nominate', { ...given, organization: id(90) }, staff(songjiang))).code).toBe('INVALID');
  });

  test('who are members are invited once the plan is locked, each by its own committee, and see the consultation', async () => {
    const plan = await plans.start(songjiang, [shangrao], { starts: [ahead(70)] });
    await done('nominate', { jointPlan: plan.id, kind: 'MEMBER', name: '甲', member: id(11) }, staff(songjiang));
    await done('nominate', { jointPlan: plan.id, kind: 'MEMBER', name: '乙', member: id(12) }, staff(shangrao));
    const { consultation } = await plans.done('acceptJointPlan', { jointPlan: plan.id, number: 1 }, shangrao);
    expect(await attendances(consultation.id, staff(songjiang))).toEqual(
      expect.arrayContaining([
        { status: 'INVITED', invited: true, member: { id: id(11) } },
        { status: 'INVITED', invited: true, member: { id: id(12) } },
      ]),
    );
    // Each sees the consultation and their own invitation; another member of the same committee sees neither.
    expect(await attendances(consultation.id, member(id(12), shangrao))).toHaveLength(1);
    expect(await attendances(consultation.id, member(id(13), shangrao))).toBeUndefined();
    // Named later they are invited at once.
    const late = await done(
      'nominate',
      { jointPlan: plan.id, kind: 'MEMBER', name: '丙', member: id(13) },
      staff(shangrao),
    );
    expect(await attendances(consultation.id, member(id(13), shangrao))).toEqual([
      { status: 'INVITED', invited: true, member: { id: id(13) } },
    ]);
    await done('withdrawNominee', { nominee: late.id, reason: '出差' }, staff(shangrao));
    expect(await attendances(consultation.id, member(id(13), shangrao))).toBeUndefined();
  });

  test('who can’t come are replaced by substitutes, who are invited in their place', async () => {
    const plan = await plans.start(songjiang, [shangrao], {
      starts: [ahead(80)],
      quotas: [{ committee: shangrao, members: 1 }],
    });
    const first = await done(
      'nominate',
      { jointPlan: plan.id, kind: 'MEMBER', name: '丁', role: '主讲', member: id(21) },
      staff(shangrao),
    );
    const { consultation } = await plans.done('acceptJointPlan', { jointPlan: plan.id, number: 1 }, shangrao);
    const substitute = await done('replaceNominee', { nominee: first.id, name: '戊', member: id(22) }, staff(shangrao));
    expect(substitute).toMatchObject({ name: '戊', role: '主讲', status: 'NOMINATED', standsInFor: { id: first.id } });
    const { data } = await hub.ask('query ($id: ID!) { nominee(id: $id) { status pendingSteps { step } } }', {
      as: staff(shangrao),
      variables: { id: first.id },
    });
    expect(data.nominee).toEqual({ status: 'REPLACED', pendingSteps: [] });
    expect(await attendances(consultation.id, staff(shangrao))).toEqual(
      expect.arrayContaining([
        { status: 'WITHDRAWN', invited: true, member: { id: id(21) } },
        { status: 'INVITED', invited: true, member: { id: id(22) } },
      ]),
    );
    expect((await step('replaceNominee', { nominee: first.id, name: '己' }, staff(shangrao))).code).toBe(
      'STEP_NOT_ALLOWED',
    );
    const { data: own } = await hub.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Member { nominations(first: 5) { totalCount nodes { name } } } } }',
      { as: staff(shangrao), variables: { of: [{ __typename: 'Member', id: id(22) }] } },
    );
    expect(own._entities[0].nominations).toEqual({ totalCount: 1, nodes: [{ name: '戊' }] });
  });

  test('go through every step that their machine allows, and through no other', async () => {
    const plan = await plans.start(songjiang, [shangrao]);
    const { faults, tried } = await walk({
      machine: nomineeMachine,
      ask: hub.ask,
      as: { STAFF: staff(shangrao) },
      strangers: [staff(songjiang), staff(xuhui), member(id(1), shangrao), everyone, agency, operator],
      reader: staff(shangrao),
      inputs: {
        nominate: () => ({ jointPlan: plan.id, kind: 'EXPERT', name: '专家' }),
        replaceNominee: (nominee) => ({ nominee, name: '替补' }),
        withdrawNominee: (nominee) => ({ nominee, reason: '病休' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(15);
  });
});
