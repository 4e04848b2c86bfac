import { consultations } from '@hub/consultations';
import {
  agency,
  everyone,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  testRole,
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jointPlanMachine } from '../src/joint-plans/joint-plan.machine.ts';
// The steps of parties are walked by hand: their mutations answer with the plan, and the hub moves them too.
import { jointPlanPartyMachine } from '../src/joint-plans/joint-plan-party.machine.ts';
import { ahead, partyIn, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let days = 200;
const nextDay = () => {
  days += 1;
  return ahead(days);
};
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());

const given = () => ({
  committee: songjiang,
  parties: [{ committee: shangrao }],
  title: '联合协商',
  kind: 'TOPICAL',
  online: true,
  durationMinutes: 60,
  starts: [nextDay()],
});

describe('the steps of a joint plan', () => {
  test('are taken by its initiator as the machine allows, and by nobody else', async () => {
    // Into its locked state only the acceptance of others brings it.
    const { CONFIRMED: _locked, CONCLUDED: _over, ...states } = jointPlanMachine.states;
    let at = 0;
    const others = ['310000', '360000', '330100', '330110', '330127', '320500', '320000', '330000', '370000', '420000'];
    const { faults, tried } = await walk({
      machine: { ...jointPlanMachine, states },
      ask: hub.ask,
      as: { STAFF: staff(songjiang) },
      strangers: [
        staff(shangrao),
        staff(xuhui),
        everyone,
        member('10000000-0000-4000-8000-000000000001', songjiang),
        agency,
        operator,
      ],
      reader: staff(songjiang),
      inputs: {
        startJointPlan: given,
        inviteParty: (jointPlan) => {
          at += 1;
          return { jointPlan, committee: others[at % others.length] };
        },
        uninviteParty: (jointPlan) => ({ jointPlan, committee: shangrao }),
        cancelJointPlan: (jointPlan) => ({ jointPlan, reason: '改期' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(25);
  });

  test('are taken by each party from every state that its machine allows, and from no other', async () => {
    const say =
      (name: string, input: object = {}) =>
      async (jointPlan: string) => {
        await plans.done(name, { jointPlan, number: 1, ...input }, shangrao);
      };
    const into: Readonly<Record<keyof typeof jointPlanPartyMachine.states, (id: string) => Promise<void>>> = {
      NEEDS_ACTION: async () => undefined,
      // With another that has to accept it stays open.
      ACCEPTED: say('acceptJointPlan'),
      TENTATIVE: say('answerJointPlanTentatively', { reason: '待批' }),
      DECLINED: say('declineJointPlan', { reason: '两会期间' }),
      WITHDRAWN: async (jointPlan) => {
        await plans.done('withdrawFromJointPlan', { jointPlan, reason: '换届' }, shangrao);
      },
      UNINVITED: async (jointPlan) => {
        await plans.done('uninviteParty', { jointPlan, committee: shangrao }, songjiang);
      },
    };
    const inputs: Readonly<Record<string, object>> = {
      acceptJointPlan: { number: 1 },
      answerJointPlanTentatively: { number: 1 },
      declineJointPlan: { number: 1, reason: '不便' },
      counterJointPlan: { number: 1, title: '另题' },
      withdrawFromJointPlan: { reason: '换届' },
    };
    for (const [state, bring] of Object.entries(into))
      for (const [name, { from, to, by }] of Object.entries(jointPlanPartyMachine.steps)) {
        if (by[0] === 'HUB' || ['takeBackCounter', 'cancelJointPlan', 'keepJointPlan'].includes(name)) continue;
        const plan = await plans.start(songjiang, [shangrao, xuhui], given());
        await plans.done('inviteParty', { jointPlan: plan.id, committee: '310000', required: false }, songjiang);
        await plans.done('inviteParty', { jointPlan: plan.id, committee: xuhui }, songjiang);
        await bring(plan.id);
        const { code } = await plans.step(name, { jointPlan: plan.id, ...inputs[name] }, shangrao);
        // Who has left sees it no more.
        const gone = state === 'WITHDRAWN' || state === 'UNINVITED';
        const expected = gone ? 'NOT_FOUND' : (from as readonly string[]).includes(state) ? null : 'STEP_NOT_ALLOWED';
        expect([state, name, code]).toEqual([state, name, expected]);
        if (code !== null) continue;
        const after = partyIn(await plans.see(plan.id, songjiang), shangrao);
        expect([state, name, after.status]).toEqual([state, name, to ?? state]);
        expect(after.events.at(-1)).toMatchObject({ step: name, role: 'STAFF' });
      }
  });

  test('wait for each party that has not answered, with a deadline in working days, until the plan is over', async () => {
    const plan = await plans.start(songjiang, [shangrao], given());
    const tasks = async () =>
      (
        await hub.ask(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { consultationTasks(first: 50) { recordType record title step { step due } } } } }',
          { as: staff(shangrao), variables: { of: [{ __typename: 'Me', id: 'STAFF staff-361100' }] } },
        )
      ).data._entities[0].consultationTasks.filter(({ record }: { record: string }) => record === plan.id);
    expect(await tasks()).toEqual([
      {
        recordType: 'JointPlan',
        record: plan.id,
        title: '联合协商',
        step: { step: 'acceptJointPlan', due: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      },
    ]);
    await plans.done('cancelJointPlan', { jointPlan: plan.id, reason: '改期' }, songjiang);
    expect(await tasks()).toEqual([]);
  });

  test('are done once when the same request comes twice, one after the other or at the same time', async () => {
    const plan = await plans.start(songjiang, [shangrao], given());
    const counter = { jointPlan: plan.id, number: 1, place: '上饶', idempotencyKey: 'phone-0001-offline-queue' };
    const [first, second] = await Promise.all([
      plans.step('counterJointPlan', counter, shangrao),
      plans.step('counterJointPlan', counter, shangrao),
    ]);
    expect([first.code, second.code]).toEqual([null, null]);
    expect((await plans.step('counterJointPlan', counter, shangrao)).code).toBeNull();
    const after = await plans.see(plan.id, songjiang);
    expect(after.proposal.number).toBe(2);
    const accept = { jointPlan: plan.id, number: 2, idempotencyKey: 'phone-0002-offline-queue' };
    const twice = await Promise.all([1, 2].map(() => plans.step('acceptJointPlan', accept, songjiang)));
    expect(twice.map(({ code }) => code)).toEqual([null, null]);
    expect(await plans.see(plan.id, songjiang)).toMatchObject({ status: 'CONFIRMED', sequence: 0 });
  });

  test('cost the same number of statements to list however many plans and parties there are', async () => {
    const list = async (committee: string) => {
      const { data, statements } = await hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { jointPlans(first: 50) { totalCount nodes {
          id title status sequence proposal { number changes { field } slots { starts suitsAll free } } locked { number } slot { starts }
          parties { status required quota slots { starts } workstation { id } events { step } pendingSteps { step } }
          nominees { name member { id } } consultation { id hosts { committee { code } } } cooperation { id } events { step } pendingSteps { step } } } } } }`,
        { as: staff(committee), variables: { of: [{ __typename: 'Committee', code: committee }] } },
      );
      return { count: data._entities[0].jointPlans.nodes.length as number, statements };
    };
    await plans.start('330110', ['330113'], { ...given(), committee: '330110', parties: [{ committee: '330113' }] });
    const few = await list('330113');
    for (const other of ['330108', '330109', '330114'])
      await plans.start('330110', ['330113', other], {
        ...given(),
        committee: '330110',
        parties: [{ committee: '330113' }, { committee: other }],
      });
    const many = await list('330113');
    expect([few.count, many.count]).toEqual([1, 4]);
    expect(many.statements).toBe(few.statements);
  });

  test('filter a committee’s plans by their state and by its own answer', async () => {
    const ids = async (filter: string) =>
      (
        await hub.ask(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { jointPlans(${filter}, first: 50) { totalCount nodes { id } } } } }`,
          { as: staff('330102'), variables: { of: [{ __typename: 'Committee', code: '330102' }] } },
        )
      ).data._entities[0].jointPlans.nodes.map(({ id }: { id: string }) => id);
    const start = () =>
      plans.start('330110', ['330102'], { ...given(), committee: '330110', parties: [{ committee: '330102' }] });
    const [silent, locked, left] = [await start(), await start(), await start()];
    await plans.done('acceptJointPlan', { jointPlan: locked.id, number: 1 }, '330102');
    await plans.done('withdrawFromJointPlan', { jointPlan: left.id, reason: '无此事项' }, '330102');
    expect(await ids('answers: [NEEDS_ACTION]')).toEqual([silent.id]);
    expect(await ids('statuses: [CONFIRMED]')).toEqual([locked.id]);
    expect(await ids('statuses: [TENTATIVE, CONFIRMED, CANCELLED]')).toEqual([locked.id, silent.id]);
  });

  test('are a party’s alone in the database too: nobody makes itself one, or speaks as another', async () => {
    const plan = await plans.start(songjiang, [shangrao], given());
    const as = (committee: string, text: string) =>
      hub.testDatabase.admin.begin(async (sql) => {
        await sql.unsafe(`set local role ${testRole('consultations')}`);
        await sql`select set_config('hub.staff_of', ${committee}, true), set_config('hub.duties', '{meetings}', true), set_config('hub.public', 'yes', true)`;
        return (await sql.unsafe(text)).count;
      });
    const parties = `array['${songjiang}', '${shangrao}']`;
    const intrude = `insert into consultations.joint_plan_party (id, owner, owner_as_filed, visibility, parties, status, joint_plan)
      values (gen_random_uuid(), '${xuhui}', '${xuhui}', 'JOINT', ${parties}, 'NEEDS_ACTION', '${plan.id}')`;
    await expect(as(xuhui, intrude)).rejects.toMatchObject({ code: '42501' });
    const speak = `update consultations.joint_plan_party set status = 'ACCEPTED', number = 1 where joint_plan = '${plan.id}' and owner = '${shangrao}'`;
    expect(await as(songjiang, speak)).toBe(0);
    expect(await as(xuhui, speak)).toBe(0);
    expect(await as(shangrao, speak)).toBe(1);
    // What was said past the code locks as soon as the next one says something, and not by itself alone.
    expect((await plans.see(plan.id, songjiang)).status).toBe('TENTATIVE');
  });
});
