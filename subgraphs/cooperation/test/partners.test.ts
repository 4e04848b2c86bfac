import type { Actor } from '@hub/access';
import { recordId } from '@hub/facts';
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
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cooperationMachine } from '../src/cooperations/cooperation.machine.ts';
import { partnerMachine } from '../src/partners/partner.machine.ts';
import { cooperation as subgraphOfCooperation } from '../src/subgraph.ts';
import { doing, shangrao, songjiang, xuhui, yangchun } from './steps.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(subgraphOfCooperation, 'empty');
});
afterAll(() => subgraph.stop());

const { take, done, codeOf, see, proposed, active } = doing(() => subgraph);
const clerk = staff(songjiang);
const other = staff(shangrao);
const strangers: readonly Actor[] = [
  everyone,
  agency,
  operator,
  staff(xuhui),
  staff('310000'),
  member('made/member', songjiang),
  member('made/elsewhere', shangrao),
  department(songjiang, recordId('made/department')),
  liaison(songjiang),
  { kind: 'STAFF', subject: 'other-duty', committee: songjiang, duties: ['proposals'] },
];
const partnerOf = async (cooperation: string, committee: string): Promise<string> => {
  const { partners } = await see(
    'cooperation',
    cooperation,
    'partners(statuses: null) { id committee { code } }',
    clerk,
  );
  return partners.findLast((one: { committee: { code: string } }) => one.committee.code === committee).id;
};

describe('a proposal', () => {
  test('is seen by those who are invited and by nobody else, with who was asked', async () => {
    const id = await proposed();
    for (const as of [clerk, other])
      expect(
        await see(
          'cooperation',
          id,
          'status visibility partners { committee { code } role status } all: partners(statuses: null) { committee { code } role status }',
          as,
        ),
      ).toEqual({
        status: 'CONTACT',
        visibility: 'JOINT',
        partners: [{ committee: { code: songjiang }, role: 'INITIATOR', status: 'ACCEPTED' }],
        all: [
          { committee: { code: songjiang }, role: 'INITIATOR', status: 'ACCEPTED' },
          { committee: { code: shangrao }, role: 'PARTNER', status: 'INVITED' },
        ],
      });
    for (const as of strangers.filter((one) => one.kind !== 'STAFF' || one.committee !== songjiang))
      expect(await see('cooperation', id, 'id', as)).toBeNull();
  });

  test('is on the page of a committee once that takes part, and of its initiator from the beginning', async () => {
    const committee = '110105';
    const pages = async (id: string) => {
      const { data } = await subgraph.ask(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { cooperations(first: 100) { nodes { id } totalCount } cooperationSummary { total { value } } } } }',
        { as: staff(committee), variables: { of: [{ __typename: 'Committee', code: committee }] } },
      );
      const [{ cooperations, cooperationSummary }] = data._entities;
      expect(cooperationSummary.total.value).toBe(cooperations.totalCount);
      return cooperations.nodes.some((node: { id: string }) => node.id === id);
    };
    const id = await proposed({}, [committee]);
    expect(await pages(id)).toBe(false);
    await done('acceptCooperation', { cooperation: id }, staff(committee));
    expect(await pages(id)).toBe(true);
  });

  test('that is shown upward is seen by the committees above each that takes part, and by no others', async () => {
    const id = await proposed({ visibility: 'UPWARD' });
    const above = ['310000', '360000', '000000'];
    const sees = async (committees: readonly string[]) => {
      const seen = await Promise.all(committees.map((code) => see('cooperation', id, 'visibility', staff(code))));
      return committees.filter((_, at) => seen[at] !== null);
    };
    expect(await see('cooperation', id, 'visibility', staff('310000'))).toEqual({ visibility: 'UPWARD' });
    expect(await sees([songjiang, shangrao, ...above, xuhui, yangchun, '440000'])).toEqual([
      songjiang,
      shangrao,
      ...above,
    ]);
    expect(await see('cooperation', id, 'id', everyone)).toBeNull();
    // Whoever is asked later is shown it, and those above them; once they decline they aren't.
    await done('inviteCooperationPartner', { cooperation: id, committee: yangchun, role: 'PARTNER' }, clerk);
    expect(await sees([yangchun, '440000'])).toEqual([yangchun, '440000']);
    await done('declineCooperation', { cooperation: id, reason: '另行安排' }, staff(yangchun));
    expect(await sees([shangrao, ...above, yangchun, '440000'])).toEqual([shangrao, ...above]);
  });

  test('is shown to more later once each that takes part has agreed, with all that is recorded of it, and to fewer by its keeper', async () => {
    const id = await active();
    const show = (visibility: string, as: Actor, rest: object = {}) =>
      codeOf('updateCooperation', { cooperation: id, visibility, ...rest }, as);
    const seen = async (as: Actor) => (await see('cooperation', id, 'visibility', as))?.visibility ?? null;
    expect(await show('PUBLIC', clerk)).toBe('PARTNERS_TO_AGREE');
    expect(await show('UPWARD', other, { title: '改' })).toBe('NOT_YOURS');
    expect(await show('UPWARD', other)).toBeNull();
    // To agree that those above see it is not to agree that all do, and shows it to nobody yet.
    expect(await show('PUBLIC', clerk)).toBe('PARTNERS_TO_AGREE');
    expect([await seen(other), await seen(staff('310000'))]).toEqual(['JOINT', null]);
    expect(await show('UPWARD', clerk)).toBeNull();
    expect([await seen(other), await seen(staff('360000')), await seen(everyone)]).toEqual(['UPWARD', 'UPWARD', null]);
    for (const as of [staff(xuhui), staff('310000'), everyone]) expect(await show('PUBLIC', as)).not.toBeNull();
    expect(await show('PUBLIC', other)).toBeNull();
    expect(await show('PUBLIC', clerk)).toBeNull();
    expect(
      await see('cooperation', id, 'visibility partners { committee { code } } milestones { title }', everyone),
    ).toMatchObject({
      visibility: 'PUBLIC',
      partners: [{ committee: { code: songjiang } }, { committee: { code: shangrao } }],
    });
    expect(await show('JOINT', clerk)).toBeNull();
    expect([await seen(everyone), await seen(staff('360000')), await seen(other)]).toEqual([null, null, 'JOINT']);
    // What was agreed to before is asked for anew.
    expect(await show('PUBLIC', clerk)).toBe('PARTNERS_TO_AGREE');
  });

  test.each([
    ['without anybody invited', { partners: [] }, 'REQUIRED'],
    ['that invites its own committee', { partners: [{ committee: songjiang, role: 'PARTNER' }] }, 'INVALID'],
    [
      'that invites one twice',
      { partners: [shangrao, shangrao].map((committee) => ({ committee, role: 'PARTNER' })) },
      'INVALID',
    ],
    ['that invites a code that is no committee', { partners: [{ committee: '310199', role: 'PARTNER' }] }, 'INVALID'],
    ['with an empty title', { title: '  ' }, 'REQUIRED'],
    ['with a title that is too long', { title: '长'.repeat(201) }, 'TOO_LONG'],
    ['with a day that is none', { started: '2024-13' }, 'BAD_USER_INPUT'],
  ])('%s is refused', async (_, wrong, code) => {
    const input = {
      title: '合作',
      kind: 'PAIRING',
      field: '文旅',
      partners: [{ committee: shangrao, role: 'PARTNER' }],
    };
    expect(await codeOf('proposeCooperation', { ...input, ...wrong }, clerk)).toBe(code);
  });

  test('of a study visit may be of one committee alone', async () => {
    const { status, partners } = await done(
      'proposeCooperation',
      { title: '赴珠三角考察', kind: 'STUDY_VISIT', field: '产业承接', role: 'VISITOR' },
      staff(yangchun),
      'status partners { role committee { code } }',
    );
    expect({ status, partners }).toEqual({
      status: 'CONTACT',
      partners: [{ role: 'VISITOR', committee: { code: yangchun } }],
    });
  });

  test('that is public says so before anybody answers', async () => {
    const id = await proposed({ visibility: 'PUBLIC' });
    expect(await see('cooperation', id, 'visibility', everyone)).toEqual({ visibility: 'PUBLIC' });
    expect(await codeOf('acceptCooperation', { cooperation: id }, staff(xuhui))).toBe('NOT_YOURS');
    await done('acceptCooperation', { cooperation: id }, other);
    expect(await see('cooperation', id, 'status partners { committee { code } }', everyone)).toEqual({
      status: 'ACTIVE',
      partners: [{ committee: { code: songjiang } }, { committee: { code: shangrao } }],
    });
  });

  test('sent twice under one key is one', async () => {
    const input = {
      idempotencyKey: 'propose-once-and-no-more',
      title: '只提一次',
      kind: 'PAIRING',
      field: '文旅',
      partners: [{ committee: shangrao, role: 'PARTNER' }],
    };
    const [one, two] = await Promise.all([
      done('proposeCooperation', input, clerk),
      done('proposeCooperation', input, clerk),
    ]);
    expect(one).toEqual(two);
    const { data } = await subgraph.ask('{ cooperations(filter: { text: "只提一次" }) { totalCount } }', { as: clerk });
    expect(data.cooperations.totalCount).toBe(1);
  });
});

describe('answers', () => {
  test('the first that accepts makes it active, and the hub says whose answer it was', async () => {
    const id = await proposed({}, [shangrao, yangchun]);
    await done('acceptCooperation', { cooperation: id, reason: '同意' }, staff(yangchun));
    const { status, events } = await see(
      'cooperation',
      id,
      'status events { step from to role committee { code } }',
      clerk,
    );
    expect(status).toBe('ACTIVE');
    expect(events).toEqual([
      { step: 'proposeCooperation', from: null, to: 'CONTACT', role: 'STAFF', committee: { code: songjiang } },
      { step: 'beginCooperation', from: 'CONTACT', to: 'ACTIVE', role: 'FEED', committee: { code: yangchun } },
    ]);
    expect(
      await see(
        'cooperationPartner',
        await partnerOf(id, yangchun),
        'status reason answeredRevision events { step committee { code } evidence { name } }',
        clerk,
      ),
    ).toEqual({
      status: 'ACCEPTED',
      reason: '同意',
      answeredRevision: 1,
      events: [
        {
          step: 'inviteCooperationPartner',
          committee: { code: songjiang },
          evidence: [{ name: 'committee' }, { name: 'role' }],
        },
        { step: 'acceptCooperation', committee: { code: yangchun }, evidence: [] },
      ],
    });
  });

  test('two at once are both taken', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await proposed({}, [shangrao, yangchun, xuhui]);
      const codes = await Promise.all([
        codeOf('acceptCooperation', { cooperation: id, expectedRevision: 1 }, other),
        codeOf('acceptCooperation', { cooperation: id, expectedRevision: 1 }, staff(yangchun)),
        codeOf('declineCooperation', { cooperation: id, expectedRevision: 1, reason: '另有安排' }, staff(xuhui)),
      ]);
      expect(codes).toEqual([null, null, null]);
      const { status, partners, events } = await see(
        'cooperation',
        id,
        'status partners(statuses: null) { status } events { step }',
        clerk,
      );
      expect(status).toBe('ACTIVE');
      expect(partners.map((one: { status: string }) => one.status)).toEqual([
        'ACCEPTED',
        'ACCEPTED',
        'ACCEPTED',
        'DECLINED',
      ]);
      expect(events.map((one: { step: string }) => one.step)).toEqual(['proposeCooperation', 'beginCooperation']);
    }
  });

  test('of two clerks of one committee one is taken', async () => {
    const id = await proposed();
    const codes = await Promise.all([
      codeOf('acceptCooperation', { cooperation: id }, other),
      codeOf('declineCooperation', { cooperation: id, reason: '另有安排' }, other),
    ]);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED', 'NOT_FOUND']).toContain(codes.find((code) => code !== null));
  });

  test('an answer to what was changed since it was read is a conflict, whatever others answered is none', async () => {
    const id = await proposed({}, [shangrao, yangchun]);
    const read = (await see('cooperation', id, 'revision', other)).revision;
    await done('acceptCooperation', { cooperation: id }, staff(yangchun));
    await done('updateCooperation', { cooperation: id, title: '眼科和儿科医疗合作' }, clerk);
    const late = await take(
      'acceptCooperation',
      { cooperation: id, expectedRevision: read },
      other,
      'status cooperation { title revision }',
    );
    expect(late).toMatchObject({ code: 'CONFLICT', path: ['input', 'expectedRevision'] });
    expect(late.record.cooperation.title).toBe('眼科和儿科医疗合作');
    await done('acceptCooperation', { cooperation: id, expectedRevision: late.record.cooperation.revision }, other);
  });

  test('who declines, leaves or is no more invited sees nothing of it from then on, nor what is its own there', async () => {
    const id = await active({}, [shangrao, yangchun]);
    const step = (await done('planMilestone', { cooperation: id, title: '调研', stage: 'SURVEY' }, staff(yangchun))).id;
    await done('leaveCooperation', { cooperation: id, reason: '职责调整' }, staff(yangchun));
    expect(await see('cooperation', id, 'id', staff(yangchun))).toBeNull();
    expect(await see('milestone', step, 'id', staff(yangchun))).toBeNull();
    expect(await codeOf('recordMilestoneDone', { milestone: step }, staff(yangchun))).toBe('NOT_FOUND');
    for (const [name, input] of [
      ['addMilestone', { cooperation: id, title: '走访', stage: 'VISIT' }],
      ['leaveCooperation', { cooperation: id, reason: '再退一次' }],
      ['acceptCooperation', { cooperation: id }],
    ] as const)
      expect(await codeOf(name, input, staff(yangchun))).toBe('NOT_FOUND');
    // What it had put there stays for the others, who see that and why it left.
    const seen = await see(
      'cooperation',
      id,
      'milestones { id } partners(statuses: [LEFT]) { reason committee { code } }',
      other,
    );
    expect(seen).toEqual({
      milestones: [{ id: step }],
      partners: [{ reason: '职责调整', committee: { code: yangchun } }],
    });
  });

  test('who declined may be asked again, and one who takes part is not', async () => {
    const id = await proposed();
    await done('declineCooperation', { cooperation: id, reason: '暂不具备条件' }, other);
    expect(await see('cooperation', id, 'id', other)).toBeNull();
    expect(
      await codeOf('inviteCooperationPartner', { cooperation: id, committee: shangrao, role: 'PARTNER' }, clerk),
    ).toBeNull();
    expect(
      await codeOf('inviteCooperationPartner', { cooperation: id, committee: shangrao, role: 'PARTNER' }, clerk),
    ).toBe('ALREADY_THERE');
    await done('acceptCooperation', { cooperation: id }, other);
    const { partners } = await see('cooperation', id, 'partners(statuses: null) { status }', clerk);
    expect(partners.map((one: { status: string }) => one.status)).toEqual(['ACCEPTED', 'DECLINED', 'ACCEPTED']);
  });

  test('an invitation that is withdrawn is answered no more; nor is one to what was concluded', async () => {
    const id = await proposed({}, [shangrao, yangchun]);
    await done(
      'withdrawCooperationInvitation',
      { cooperationPartner: await partnerOf(id, yangchun), reason: '误邀' },
      clerk,
    );
    expect(await codeOf('acceptCooperation', { cooperation: id }, staff(yangchun))).toBe('NOT_FOUND');
    await done('concludeCooperation', { cooperation: id, result: '未达成合作' }, clerk);
    expect(await codeOf('acceptCooperation', { cooperation: id }, other)).toBe('NOT_FOUND');
    const { partners, status, result } = await see(
      'cooperation',
      id,
      'status result partners(statuses: null) { status reason }',
      clerk,
    );
    expect({ status, result }).toEqual({ status: 'CONCLUDED', result: '未达成合作' });
    expect(partners.slice(1)).toEqual([
      { status: 'WITHDRAWN', reason: '未达成合作' },
      { status: 'WITHDRAWN', reason: '误邀' },
    ]);
  });

  test('a committee that was invited, and has not answered, writes nothing in it', async () => {
    const id = await proposed();
    expect(await codeOf('addMilestone', { cooperation: id, title: '走访', stage: 'VISIT' }, other)).toBe('NOT_YOURS');
    expect(await codeOf('addPartnerOrganization', { cooperation: id, name: '医院' }, other)).toBe('NOT_YOURS');
    expect(await codeOf('updateCooperation', { cooperation: id, title: '改名' }, other)).toBe('NOT_YOURS');
    expect(await codeOf('concludeCooperation', { cooperation: id, result: '结束' }, other)).toBe('NOT_YOURS');
    expect(
      await codeOf('inviteCooperationPartner', { cooperation: id, committee: xuhui, role: 'PARTNER' }, other),
    ).toBe('NOT_YOURS');
  });

  test('a part is written by a committee that takes part, even past the code', async () => {
    const id = await proposed({ visibility: 'PUBLIC' });
    const { admin } = subgraph.testDatabase;
    await expect(
      admin`insert into cooperation.milestone (id, owner, owner_as_filed, visibility, cooperation, title, stage, position)
        values (gen_random_uuid(), ${xuhui}, ${xuhui}, 'PUBLIC', ${id}, '走访', 'VISIT', 0)`,
    ).rejects.toThrow(/only partners/);
  });
});

test('of two changes that read the same revision one is a conflict', async () => {
  const cooperation = await active();
  const { revision } = await see('cooperation', cooperation, 'revision', clerk);
  const change = (title: string) =>
    codeOf('updateCooperation', { cooperation, expectedRevision: revision, title }, clerk);
  const codes = await Promise.all([change('甲'), change('乙')]);
  expect(codes.filter((code) => code === null)).toHaveLength(1);
  expect(codes).toContain('CONFLICT');
});

test('committees that are invited are told so among their tasks, and the others of what is theirs', async () => {
  const invited = '440106';
  const id = await proposed({}, [invited]);
  const tasksOf = async (as: Actor) => {
    const subject = as.kind === 'STAFF' ? `STAFF ${as.subject}` : '';
    const { data } = await subgraph.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { cooperationTasks { recordType record title step { step due } } } } }',
      { as, variables: { of: [{ __typename: 'Me', id: subject }] } },
    );
    return data._entities[0].cooperationTasks;
  };
  expect(await tasksOf(staff(invited))).toEqual([
    {
      recordType: 'CooperationPartner',
      record: await partnerOf(id, invited),
      title: '眼科医疗合作',
      step: { step: 'acceptCooperation', due: null },
    },
  ]);
  expect(await tasksOf({ ...staff(invited), duties: ['proposals'] } as Actor)).toEqual([]);
  await done('acceptCooperation', { cooperation: id }, staff(invited));
  const step = await done('planMilestone', { cooperation: id, title: '互派干部', stage: 'TRAINING' }, staff(invited));
  expect(await tasksOf(staff(invited))).toEqual([
    { recordType: 'Milestone', record: step.id, title: '互派干部', step: { step: 'recordMilestoneDone', due: null } },
  ]);
});

describe('organizations at a partner’s side', () => {
  test('are added and removed by that partner, and seen by name; their records by its own people alone', async () => {
    const cooperation = await active();
    const hospital = recordId('songjiang/hospital');
    await done(
      'addPartnerOrganization',
      { cooperation, name: '上海市第一人民医院', role: '帮扶医院', organization: hospital },
      clerk,
    );
    await done('addPartnerOrganization', { cooperation, name: '上饶市中心医院' }, other);
    const sides = async (as: Actor) =>
      (
        await see('cooperation', cooperation, 'partners { organizations { id name role organization { id } } }', as)
      ).partners.map((one: { organizations: { id: string }[] }) => one.organizations.map(({ id: _, ...rest }) => rest));
    const named = { name: '上海市第一人民医院', role: '帮扶医院' };
    const alone = { name: '上饶市中心医院', role: null, organization: null };
    expect(await sides(clerk)).toEqual([[{ ...named, organization: { id: hospital } }], [alone]]);
    expect(await sides(other)).toEqual([[{ ...named, organization: null }], [alone]]);
    const pageOf = async (as: Actor) => {
      const { data } = await subgraph.ask(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organization { cooperations { nodes { id } totalCount } } } }',
        { as, variables: { of: [{ __typename: 'Organization', id: hospital }] } },
      );
      return data._entities[0].cooperations;
    };
    expect(await pageOf(clerk)).toEqual({ nodes: [{ id: cooperation }], totalCount: 1 });
    expect(await pageOf(other)).toEqual({ nodes: [], totalCount: 0 });

    const { partners } = await see('cooperation', cooperation, 'partners { organizations { id } }', clerk);
    const partnerOrganization = partners[0].organizations[0].id;
    expect(await codeOf('removePartnerOrganization', { partnerOrganization }, other)).toBe('NOT_YOURS');
    await done('removePartnerOrganization', { partnerOrganization }, clerk);
    expect(await sides(other)).toEqual([[], [alone]]);
    expect(await pageOf(clerk)).toEqual({ nodes: [], totalCount: 0 });
  });
});

describe('the machines', () => {
  test('of a partner: every step from every state', async () => {
    const cooperationOf = async (partner: string) =>
      (await see('cooperationPartner', partner, 'cooperation { id }', clerk)).cooperation.id;
    const { faults, tried } = await walk({
      machine: partnerMachine,
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: clerk, PARTNER: other },
      strangers,
      reader: clerk,
      inputs: {
        inviteCooperationPartner: async () => ({
          cooperation: await proposed({}, [yangchun]),
          committee: shangrao,
          role: 'PARTNER',
        }),
        acceptCooperation: async (partner) => ({ cooperation: await cooperationOf(partner) }),
        declineCooperation: async (partner) => ({ cooperation: await cooperationOf(partner), reason: '理由' }),
        leaveCooperation: async (partner) => ({ cooperation: await cooperationOf(partner), reason: '理由' }),
        withdrawCooperationInvitation: (partner) => ({ cooperationPartner: partner, reason: '理由' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test('of a cooperation: every step from every state; what the hub does follows from a partner’s answer', async () => {
    const { faults, tried } = await walk({
      machine: cooperationMachine,
      ask: async (query, options) => {
        if (!query.includes('beginCooperation(')) return subgraph.ask(query, options);
        const { cooperation } = (options?.variables?.['input'] ?? {}) as { cooperation: string };
        const { code } = await take('acceptCooperation', { cooperation }, options?.as ?? everyone);
        const payload = { cooperation: { id: cooperation }, userErrors: code === null ? [] : [{ code }] };
        return { data: { beginCooperation: payload }, errors: [], statements: 0 };
      },
      as: { STAFF: clerk, HUB: other },
      strangers,
      reader: clerk,
      inputs: {
        proposeCooperation: () => ({
          title: '合作',
          kind: 'PAIRING',
          field: '文旅',
          partners: [{ committee: shangrao, role: 'PARTNER' }],
        }),
        beginCooperation: (cooperation) => ({ cooperation }),
        concludeCooperation: (cooperation) => ({ cooperation, result: '结果' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test('what may be done now is told to those who may, and to nobody else', async () => {
    const id = await proposed();
    const partner = await partnerOf(id, shangrao);
    const pending = async (type: string, of: string, as: Actor) =>
      (await see(type, of, 'pendingSteps { step }', as)).pendingSteps.map(({ step }: { step: string }) => step);
    expect(await pending('cooperation', id, clerk)).toEqual(['concludeCooperation', 'updateCooperation']);
    expect(await pending('cooperation', id, other)).toEqual([]);
    expect(await pending('cooperationPartner', partner, clerk)).toEqual(['withdrawCooperationInvitation']);
    expect(await pending('cooperationPartner', partner, other)).toEqual(['acceptCooperation', 'declineCooperation']);
    expect(await pending('cooperationPartner', await partnerOf(id, songjiang), clerk)).toEqual([]);
  });
});
