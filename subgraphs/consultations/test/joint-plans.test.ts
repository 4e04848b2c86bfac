import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import {
  agency,
  department,
  everyone,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ahead, partyIn, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';
const shanghai = '310000';
const jiangxi = '360000';

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());

describe('a joint plan', () => {
  test('is started with candidate times and invitations, and its initiator has accepted its own proposal', async () => {
    const plan = await plans.start(songjiang, [shangrao]);
    expect(plan).toMatchObject({
      status: 'TENTATIVE',
      initiator: { code: songjiang },
      consultation: null,
      locked: null,
      slot: null,
      sequence: 0,
      proposal: {
        number: 1,
        basedOn: null,
        changes: [],
        committee: { code: songjiang },
        topics: [{ title: '双向转诊', committee: { code: songjiang } }],
        slots: [
          { starts: ahead(60), ends: ahead(60, 11), suitsAll: true, free: true },
          { starts: ahead(61), suitsAll: true, free: true },
        ],
      },
    });
    expect(partyIn(plan, songjiang)).toMatchObject({ status: 'ACCEPTED', required: true, number: 1, hosts: false });
    expect(partyIn(plan, shangrao)).toMatchObject({ status: 'NEEDS_ACTION', required: true, number: null, slots: [] });
    expect(
      partyIn(await plans.see(plan.id, shangrao), shangrao).pendingSteps.map(({ step }: { step: string }) => step),
    ).toEqual([
      'acceptJointPlan',
      'answerJointPlanTentatively',
      'declineJointPlan',
      'counterJointPlan',
      'withdrawFromJointPlan',
    ]);
  });

  test('is seen by its parties’ staff and by nobody else', async () => {
    const { id } = await plans.start(songjiang, [shangrao]);
    for (const party of [songjiang, shangrao]) expect(await plans.see(id, party)).toMatchObject({ id });
    const others = [
      everyone,
      staff(xuhui),
      staff(shanghai),
      staff(jiangxi),
      member('10000000-0000-4000-8000-000000000001', songjiang),
      department(songjiang, '10000000-0000-4000-8000-000000000002'),
      liaison(shangrao),
      agency,
      operator,
    ];
    for (const other of others) expect(await plans.see(id, other)).toBeNull();
  });

  test('locks by itself once all that are required have accepted the same proposal, and becomes one consultation of all', async () => {
    const { id } = await plans.start(songjiang, [shangrao, xuhui], {
      parties: [{ committee: shangrao }, { committee: xuhui, required: false }],
    });
    const locked = await plans.done(
      'acceptJointPlan',
      { jointPlan: id, number: 1, hostName: '上饶市政协教科卫体委' },
      shangrao,
    );
    expect(locked).toMatchObject({
      status: 'CONFIRMED',
      locked: { number: 1 },
      slot: { starts: ahead(60), ends: ahead(60, 11) },
      consultation: {
        status: 'SCHEDULED',
        title: '眼科医联体协商',
        parts: [{ starts: ahead(60), ends: ahead(60, 11) }],
        hosts: [
          { role: 'LEAD', committee: { code: songjiang }, name: null },
          { role: 'CO_HOST', committee: { code: shangrao }, name: '上饶市政协教科卫体委' },
        ],
      },
    });
    expect(locked.events.map(({ step, role }: { step: string; role: string }) => [step, role])).toEqual([
      ['startJointPlan', 'STAFF'],
      ['lockJointPlan', 'FEED'],
    ]);
    // On each host's page, and on no other's.
    const page = async (code: string) =>
      (
        await hub.ask(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { consultations(first: 50) { nodes { id } } } } }`,
          { as: staff(code), variables: { of: [{ __typename: 'Committee', code }] } },
        )
      ).data._entities[0].consultations.nodes.map((node: { id: string }) => node.id);
    for (const host of [songjiang, shangrao]) expect(await page(host)).toContain(locked.consultation.id);
    expect(await page(xuhui)).not.toContain(locked.consultation.id);
    // One that needn't accept joins what is locked.
    const joined = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, xuhui);
    expect(joined.consultation.hosts.map((host: { committee: { code: string } }) => host.committee.code)).toEqual([
      songjiang,
      shangrao,
      xuhui,
    ]);
    expect(await page(xuhui)).toContain(locked.consultation.id);
  });

  test('is countered by a proposal that shows what it changes, which all others answer anew', async () => {
    const { id } = await plans.start(songjiang, [shangrao]);
    const countered = await plans.done(
      'counterJointPlan',
      {
        jointPlan: id,
        number: 1,
        place: '上饶市立医院',
        topics: ['双向转诊', '带教培训'],
        starts: [ahead(70)],
        comment: '院方三月方便',
      },
      shangrao,
    );
    expect(countered.proposal).toMatchObject({
      number: 2,
      basedOn: 1,
      committee: { code: shangrao },
      comment: '院方三月方便',
      changes: [
        { field: 'topics', before: '双向转诊', after: '双向转诊；带教培训' },
        { field: 'place', before: '松江区政协', after: '上饶市立医院' },
        { field: 'starts' },
      ],
      topics: [
        { title: '双向转诊', committee: { code: songjiang } },
        { title: '带教培训', committee: { code: shangrao } },
      ],
    });
    expect(partyIn(countered, songjiang)).toMatchObject({ status: 'NEEDS_ACTION', number: null });
    expect(partyIn(countered, shangrao)).toMatchObject({ status: 'ACCEPTED', number: 2 });
    // The one that was read is gone: accepting it accepts nothing, and shows what stands now.
    const late = await plans.step('acceptJointPlan', { jointPlan: id, number: 1 }, songjiang);
    expect(late).toMatchObject({
      code: 'CONFLICT',
      path: ['input', 'number'],
      plan: { status: 'TENTATIVE', proposal: { number: 2 } },
    });
    expect(await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, songjiang)).toMatchObject({
      status: 'CONFIRMED',
      slot: { starts: ahead(70) },
    });
  });

  test('takes place at the first candidate time that suits everybody and that no calendar blocks', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(80), ahead(81), ahead(82)] });
    const entry = { committee: shangrao, title: '常委会会议（内部）', starts: ahead(81, 8), ends: ahead(81, 18) };
    await hub.ask(
      'mutation ($input: AddCalendarEntryInput!) { addCalendarEntry(input: $input) { userErrors { code } } }',
      { as: staff(shangrao), variables: { input: entry } },
    );
    // The other side sees that the time isn't free, and never why.
    expect((await plans.see(id, songjiang)).proposal.slots.map(({ free }: { free: boolean }) => free)).toEqual([
      true,
      false,
      true,
    ]);
    const locked = await plans.done(
      'acceptJointPlan',
      { jointPlan: id, number: 1, starts: [ahead(82), ahead(81)] },
      shangrao,
    );
    expect(locked.slot.starts).toBe(ahead(82));
  });

  test('waits while no candidate time suits everybody', async () => {
    const { id } = await plans.start(songjiang, [shangrao, xuhui], { starts: [ahead(90), ahead(91)] });
    await plans.done('acceptJointPlan', { jointPlan: id, number: 1, starts: [ahead(90)] }, shangrao);
    const plan = await plans.done('acceptJointPlan', { jointPlan: id, number: 1, starts: [ahead(91)] }, xuhui);
    expect(plan).toMatchObject({ status: 'TENTATIVE', consultation: null });
    expect(plan.proposal.slots.map(({ suitsAll }: { suitsAll: boolean }) => suitsAll)).toEqual([false, false]);
    expect(await plans.done('acceptJointPlan', { jointPlan: id, number: 1, starts: [ahead(90)] }, xuhui)).toMatchObject(
      {
        status: 'CONFIRMED',
        slot: { starts: ahead(90) },
      },
    );
  });

  test('doesn’t lock at a time that another locked plan of a party holds: who comes second is told CONFLICT, and nothing of it is kept', async () => {
    const time = { starts: [ahead(100)] };
    const first = await plans.start(songjiang, [shangrao], time);
    const second = await plans.start(xuhui, [shangrao], time);
    await plans.done('acceptJointPlan', { jointPlan: first.id, number: 1 }, shangrao);
    const refused = await plans.step('acceptJointPlan', { jointPlan: second.id, number: 1 }, shangrao);
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      plan: { id: second.id, status: 'TENTATIVE', consultation: null },
    });
    expect(partyIn(refused.plan, shangrao)).toMatchObject({ status: 'NEEDS_ACTION' });
    // It isn't stuck: another time is countered, and it locks.
    await plans.done('counterJointPlan', { jointPlan: second.id, number: 1, starts: [ahead(101)] }, shangrao);
    expect((await plans.done('acceptJointPlan', { jointPlan: second.id, number: 2 }, xuhui)).status).toBe('CONFIRMED');
  });

  test('once locked is changed by a proposal that all accept again, while the locked one still stands', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(110)] });
    const locked = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    const proposed = await plans.done(
      'counterJointPlan',
      { jointPlan: id, number: 1, starts: [ahead(112)], title: '眼科协作协商' },
      songjiang,
    );
    expect(proposed).toMatchObject({
      status: 'CONFIRMED',
      locked: { number: 1 },
      proposal: { number: 2 },
      slot: { starts: ahead(110) },
      consultation: { title: '眼科医联体协商', parts: [{ starts: ahead(110) }] },
    });
    expect(partyIn(proposed, shangrao)).toMatchObject({ status: 'NEEDS_ACTION', hosts: true });
    const changed = await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, shangrao);
    expect(changed).toMatchObject({
      status: 'CONFIRMED',
      locked: { number: 2 },
      sequence: 1,
      consultation: { id: locked.consultation.id, title: '眼科协作协商', parts: [{ starts: ahead(112) }] },
    });
    // The time that it held before is free for others again.
    const other = await plans.start(xuhui, [shangrao], { starts: [ahead(110)] });
    expect((await plans.done('acceptJointPlan', { jointPlan: other.id, number: 1 }, shangrao)).status).toBe(
      'CONFIRMED',
    );
  });

  test('goes on as locked when a change of it is declined and taken back by whoever proposed it', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(120)] });
    await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    await plans.done('counterJointPlan', { jointPlan: id, number: 1, starts: [ahead(121)] }, shangrao);
    const declined = await plans.done('declineJointPlan', { jointPlan: id, number: 2, reason: '专家不便' }, songjiang);
    expect(declined).toMatchObject({ status: 'CONFIRMED', locked: { number: 1 }, slot: { starts: ahead(120) } });
    expect((await plans.step('takeBackCounter', { jointPlan: id, number: 2 }, songjiang)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
    const back = await plans.done('takeBackCounter', { jointPlan: id, number: 2 }, shangrao);
    expect(back).toMatchObject({ proposal: { number: 1 }, locked: { number: 1 }, sequence: 0 });
    for (const party of [songjiang, shangrao])
      expect(partyIn(back, party)).toMatchObject({ status: 'ACCEPTED', number: 1, hosts: true });
    // Its number is used up.
    expect(
      (await plans.done('counterJointPlan', { jointPlan: id, number: 1, place: '线上' }, songjiang)).proposal.number,
    ).toBe(3);
  });

  test('is left by a party with a reason, and cancelled with what it became when one party is left', async () => {
    const { id } = await plans.start(songjiang, [shangrao, xuhui], { starts: [ahead(130)] });
    await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    const locked = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, xuhui);
    expect(locked.consultation.hosts).toHaveLength(3);
    expect(await plans.done('withdrawFromJointPlan', { jointPlan: id, reason: '换届' }, xuhui)).toBeNull();
    expect(await plans.see(id, xuhui)).toBeNull();
    const two = await plans.see(id, songjiang);
    expect(two).toMatchObject({ status: 'CONFIRMED' });
    expect(two.consultation.hosts.map((host: { committee: { code: string } }) => host.committee.code)).toEqual([
      songjiang,
      shangrao,
    ]);
    expect(partyIn(two, xuhui)).toMatchObject({ status: 'WITHDRAWN', reason: '换届', hosts: false });
    await plans.done('withdrawFromJointPlan', { jointPlan: id, reason: '防汛' }, shangrao);
    const over = await plans.see(id, songjiang);
    expect(over).toMatchObject({
      status: 'CANCELLED',
      reason: '防汛',
      sequence: 1,
      consultation: { status: 'CANCELLED' },
    });
    expect(over.events.at(-1)).toMatchObject({ step: 'endJointPlan', role: 'FEED' });
    expect((await plans.step('counterJointPlan', { jointPlan: id, number: 1, place: '别处' }, songjiang)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  test('has a substitute invited in place of a committee that declined, which sees no more of it', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(140)] });
    await plans.done('declineJointPlan', { jointPlan: id, number: 1, reason: '两会期间' }, shangrao);
    expect(await plans.see(id, songjiang)).toMatchObject({ status: 'TENTATIVE' });
    const invited = await plans.done(
      'inviteParty',
      { jointPlan: id, committee: jiangxi, inPlaceOf: shangrao },
      songjiang,
    );
    expect(partyIn(invited, jiangxi)).toMatchObject({ status: 'NEEDS_ACTION', required: true });
    expect(partyIn(invited, shangrao)).toMatchObject({ status: 'UNINVITED', required: false });
    expect(await plans.see(id, shangrao)).toBeNull();
    expect((await plans.step('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao)).code).toBe('NOT_FOUND');
    expect((await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, jiangxi)).status).toBe('CONFIRMED');
    // No committee puts out another that hosts.
    expect((await plans.step('uninviteParty', { jointPlan: id, committee: jiangxi }, songjiang)).code).toBe('INVALID');
  });

  test('is called off by its initiator before it is locked, and by all who host after that; its time is free again', async () => {
    const open = await plans.start(songjiang, [shangrao], { starts: [ahead(150)] });
    expect((await plans.step('cancelJointPlan', { jointPlan: open.id, reason: '改期' }, shangrao)).code).toBe(
      'NOT_YOURS',
    );
    expect((await plans.done('cancelJointPlan', { jointPlan: open.id, reason: '改期' }, songjiang)).status).toBe(
      'CANCELLED',
    );
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(150)] });
    await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    expect((await plans.step('withdrawFromJointPlan', { jointPlan: id, reason: '改期' }, songjiang)).code).toBe(
      'NOT_YOURS',
    );
    const asked = await plans.done('cancelJointPlan', { jointPlan: id, reason: '并入省级协商' }, songjiang);
    expect(asked).toMatchObject({
      status: 'CONFIRMED',
      callOffBy: expect.stringMatching(/^\d{4}/),
      consultation: { status: 'SCHEDULED' },
    });
    expect(partyIn(asked, songjiang)).toMatchObject({ callsOff: true });
    const off = await plans.done('cancelJointPlan', { jointPlan: id, reason: '同意' }, shangrao);
    expect(off).toMatchObject({
      status: 'CANCELLED',
      reason: '并入省级协商',
      sequence: 1,
      consultation: { status: 'CANCELLED' },
    });
    expect(off.events.at(-1)).toMatchObject({ step: 'callOffJointPlan', role: 'FEED' });
    const next = await plans.start(xuhui, [shangrao], { starts: [ahead(150)] });
    expect((await plans.done('acceptJointPlan', { jointPlan: next.id, number: 1 }, shangrao)).status).toBe('CONFIRMED');
  });

  test('is acted on for a committee by its own staff that are charged with it, and for no other', async () => {
    const { id } = await plans.start(songjiang, [shangrao]);
    const uncharged = {
      kind: 'STAFF' as const,
      subject: 'uncharged',
      committee: shangrao,
      duties: ['members' as const],
    };
    const accept = { jointPlan: id, number: 1 };
    expect((await plans.step('acceptJointPlan', accept, uncharged)).code).toBe('FORBIDDEN');
    expect((await plans.step('acceptJointPlan', accept, xuhui)).code).toBe('NOT_FOUND');
    expect(
      (await plans.step('acceptJointPlan', accept, member('10000000-0000-4000-8000-000000000001', shangrao))).code,
    ).toBe('FORBIDDEN');
    expect(
      (
        await plans.step(
          'startJointPlan',
          {
            committee: shangrao,
            parties: [{ committee: xuhui }],
            title: '代拟',
            kind: 'TOPICAL',
            online: true,
            durationMinutes: 60,
            starts: [ahead(9)],
          },
          songjiang,
        )
      ).code,
    ).toBe('NOT_YOURS');
    expect((await plans.step('inviteParty', { jointPlan: id, committee: xuhui }, shangrao)).code).toBe('NOT_YOURS');
    expect(partyIn(await plans.see(id, shangrao), shangrao).status).toBe('NEEDS_ACTION');
  });

  test('what all agreed on is not changed by the one that leads', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(160)] });
    const { consultation } = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    const tries: readonly (readonly [string, object])[] = [
      ['scheduleConsultation', { parts: [{ title: '会', starts: ahead(161), ends: ahead(161, 11) }] }],
      ['cancelConsultation', { reason: '改期' }],
      ['updateConsultation', { title: '另题' }],
      ['updateConsultation', { visibility: 'INTERNAL' }],
      ['setAgenda', { items: [{ title: '另议' }] }],
      ['announceConsultation', { visibility: 'MEMBERS' }],
      ['announceConsultation', { visibility: 'PUBLIC' }],
      ['updateConsultation', { visibility: 'PUBLIC' }],
    ];
    for (const [name, input] of tries) {
      const { data } = await hub.ask(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { userErrors { code } } }`,
        { as: staff(songjiang), variables: { input: { consultation: consultation.id, ...input } } },
      );
      expect([name, data[name].userErrors]).toEqual([name, [{ code: 'JOINTLY_PLANNED' }]]);
    }
  });

  test('is published, and opens a sign-up for the members of all, once every host agreed to publish it', async () => {
    const quotas = [{ committee: shangrao, members: 1 }];
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(165)], quotas });
    const { consultation } = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    const take = async (name: string, input: object, as: Actor, record = 'consultation') => {
      const { data, errors } = await hub.ask(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } userErrors { code } } }`,
        { as, variables: { input: { consultation: consultation.id, ...input } } },
      );
      return errors[0] ?? data[name].userErrors[0]?.code ?? null;
    };
    const [first, second] = [member(crypto.randomUUID(), shangrao), member(crypto.randomUUID(), shangrao)];
    expect(await take('announceConsultation', { places: 5 }, staff(songjiang))).toBe('SIGN_UP_UNSEEN');
    expect(await take('signUp', {}, first, 'attendance')).toBe('NOT_FOUND');
    expect(await take('updateConsultation', { visibility: 'PUBLIC', place: '别处' }, staff(shangrao))).toBe(
      'NOT_YOURS',
    );
    expect(await take('updateConsultation', { visibility: 'PUBLIC' }, staff(shangrao))).toBeNull();
    expect(await take('announceConsultation', { places: 5, visibility: 'PUBLIC' }, staff(songjiang))).toBeNull();
    expect(await take('signUp', {}, first, 'attendance')).toBeNull();
    // What they agreed on holds for this way in too.
    expect(await take('signUp', {}, second, 'attendance')).toBe('LIMIT_REACHED');
    expect(await take('signUp', {}, member(crypto.randomUUID(), songjiang), 'attendance')).toBeNull();
  });

  test('refuses what can’t be: itself or a committee twice, no place, times past, a stranger’s quota', async () => {
    const given = {
      committee: songjiang,
      title: '协商',
      kind: 'TOPICAL',
      place: '会议室',
      durationMinutes: 60,
      starts: [ahead(5)],
    };
    const start = (input: object) =>
      plans.step('startJointPlan', { ...given, parties: [{ committee: shangrao }], ...input }, songjiang);
    expect(await start({ parties: [] })).toMatchObject({ code: 'REQUIRED', path: ['input', 'parties'] });
    expect(await start({ parties: [{ committee: songjiang }] })).toMatchObject({
      code: 'INVALID',
      path: ['input', 'parties', '0', 'committee'],
    });
    expect(await start({ parties: [{ committee: shangrao }, { committee: shangrao }] })).toMatchObject({
      code: 'INVALID',
      path: ['input', 'parties', '1', 'committee'],
    });
    expect(await start({ parties: [{ committee: '310101001' }] })).toMatchObject({
      code: 'INVALID',
      path: ['input', 'parties', '0', 'committee'],
    });
    expect(await start({ place: null })).toMatchObject({ code: 'REQUIRED', path: ['input', 'place'] });
    expect(await start({ starts: [ahead(-1)] })).toMatchObject({ code: 'DATE_PAST', path: ['input', 'starts', '0'] });
    expect(await start({ durationMinutes: 5 })).toMatchObject({ code: 'INVALID', path: ['input', 'durationMinutes'] });
    expect(await start({ quotas: [{ committee: xuhui, members: 3 }] })).toMatchObject({
      code: 'INVALID',
      path: ['input', 'quotas', '0', 'committee'],
    });
    expect(await start({ follows: '11111111-1111-4111-8111-111111111111' })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'follows'],
    });
  });
});
