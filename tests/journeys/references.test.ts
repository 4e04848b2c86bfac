/** What a record refers to of another subgraph is there, as that one tells it at the moment of writing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn } from '../hub/steps.ts';

const songjiang = '310117';
const shangrao = '361100';

let hub: Hub;
let consultation: string;
let member: string;
let other: string;
const staffOf = (committee: string) => () => hub.staff(committee);
const { done, ask } = stepsOn(() => hub);
const appoint = async (committee: string, name: string) => {
  const input = { committee, name, decision: '常委会会议', decided: '2026-01-08' };
  const { id, member } = await done('appointMember', input, staffOf(committee), 'id member { id }');
  return { membership: id as string, member: member.id as string };
};
const invite = async (members: readonly string[]) => {
  const { data, errors } = await ask(
    'mutation ($input: InviteMembersInput!) { inviteMembers(input: $input) { consultation { id } userErrors { code path } } }',
    staffOf(songjiang),
    { input: { consultation, members } },
  );
  const [error] = errors;
  const [broken] = data?.inviteMembers?.userErrors ?? [];
  return {
    code: error?.extensions.code ?? broken?.code ?? null,
    path: broken?.path,
    message: error?.message,
  };
};

beforeAll(async () => {
  hub = await startHub('in process', { template: 'empty' });
  for (const committee of [songjiang, shangrao])
    await done('openTerm', { committee, ordinal: 1, start: '2026-01-01' }, staffOf(committee));
  ({ member } = await appoint(songjiang, '甲'));
  ({ member: other } = await appoint(shangrao, '乙'));
  const plan = { committee: songjiang, title: '协商', kind: 'TOPICAL' };
  consultation = (await done('planConsultation', plan, staffOf(songjiang))).id;
});
afterAll(() => hub.stop());

describe('a member who is invited', () => {
  test('may have been appointed a moment ago', async () => {
    const { member: late } = await appoint(songjiang, '丙');
    expect(await invite([member, late])).toMatchObject({ code: null });
  });

  test('is none where there is none, of another committee, nominated alone, hidden or gone, which are answered alike', async () => {
    const nominate = { committee: songjiang, name: '丁' };
    const nominated = (await done('nominateMember', nominate, staffOf(songjiang), 'id member { id }')).member.id;
    const ended = await appoint(songjiang, '戊');
    await done(
      'endMembership',
      { membership: ended.membership, kind: 'RESIGNATION', on: '2026-06-30' },
      staffOf(songjiang),
    );
    const erased = await appoint(songjiang, '己');
    await hub.database.admin`update members.member set deleted = now() where id = ${erased.member}`;
    const hidden = await appoint(shangrao, '庚');
    await hub.database.admin`update members.member set visibility = 'PRIVATE' where id = ${hidden.member}`;
    const answers = [];
    for (const id of [crypto.randomUUID(), other, nominated, ended.member, erased.member, hidden.member])
      answers.push(await invite([member, id]));
    expect(answers.map(({ code, path }) => [code, path])).toEqual(
      answers.map(() => ['NOT_FOUND', ['input', 'members', '1']]),
    );
  });

  test('is none of another’s whatever reads it: nobody reads what is known of members here', async () => {
    const { data } = await hub.ask('{ __type(name: "Query") { fields { name } } }');
    const names = data.__type.fields.map(({ name }: { name: string }) => name);
    expect(names.filter((name: string) => /referable|referenceSources/i.test(name))).toEqual([]);
  });
});

describe('other records', () => {
  test('name no made-up organization, workstation, department, nominee or person', async () => {
    const made = crypto.randomUUID();
    const codes = async (name: string, input: object, record: string) => {
      const { data, errors } = await ask(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } userErrors { code path } } }`,
        staffOf(songjiang),
        { input },
      );
      return errors[0]?.extensions.code ?? data?.[name]?.userErrors[0];
    };
    const planned = { committee: songjiang, title: '协商', kind: 'TOPICAL' };
    expect(await codes('planConsultation', { ...planned, organization: made }, 'consultation')).toEqual({
      code: 'NOT_FOUND',
      path: ['input', 'organization'],
    });
    expect(await codes('planConsultation', { ...planned, workstation: made }, 'consultation')).toEqual({
      code: 'NOT_FOUND',
      path: ['input', 'workstation'],
    });
    const plan = await done(
      'startJointPlan',
      {
        committee: songjiang,
        parties: [{ committee: shangrao }],
        title: '协商',
        kind: 'TOPICAL',
        place: '松江',
        durationMinutes: 60,
        starts: [new Date(Date.now() + 40 * 86_400_000).toISOString()],
      },
      staffOf(songjiang),
    );
    const nominee = { jointPlan: plan.id, kind: 'MEMBER', name: '某人' };
    expect(await codes('nominate', { ...nominee, member: other }, 'nominee')).toEqual({
      code: 'NOT_FOUND',
      path: ['input', 'member'],
    });
    expect(await codes('nominate', { ...nominee, member }, 'nominee')).toBeUndefined();
    // That somebody was named already isn't told of one whom the asker may no longer see.
    const { member: seen } = await appoint(songjiang, '辛');
    expect(await codes('nominate', { ...nominee, member: seen }, 'nominee')).toBeUndefined();
    const again = () => codes('nominate', { ...nominee, member: seen }, 'nominee');
    expect(await again()).toEqual({ code: 'ALREADY_THERE', path: ['input'] });
    await hub.database.admin`update members.member set visibility = 'PRIVATE' where id = ${seen}`;
    await expect.poll(again).toEqual({ code: 'NOT_FOUND', path: ['input', 'member'] });
    const pairing = {
      kind: 'PAIRING',
      title: '结对',
      field: '医疗',
      partners: [{ committee: shangrao, role: 'PARTNER' }],
    };
    const cooperation = await done('proposeCooperation', pairing, staffOf(songjiang));
    expect(
      await codes(
        'addMilestone',
        { cooperation: cooperation.id, title: '签约', stage: 'CONTACT', date: '2026-03', people: [{ person: made }] },
        'milestone',
      ),
    ).toEqual({ code: 'NOT_FOUND', path: ['input', 'people', '0', 'person'] });
  });
});

test('a department is an organization that handles what it is given, and no sector or group', async () => {
  const add = async (name: string, classification: string) =>
    (await done('addOrganization', { committee: songjiang, name, classification }, staffOf(songjiang))).id as string;
  const open = async (year: number, departments: readonly string[]) => {
    const input = { committee: songjiang, year, title: '年度协商计划', collectUntil: '2099-01-01', departments };
    const { data } = await ask(
      'mutation ($input: OpenPlanInput!) { openPlan(input: $input) { userErrors { code path } } }',
      staffOf(songjiang),
      { input },
    );
    return data.openPlan.userErrors;
  };
  const department = await add('提案办理局', 'DEPARTMENT');
  for (const [name, classification] of [
    ['教育界', 'SECTOR'],
    ['某小组', 'MEMBER_GROUP'],
    ['某支部', 'PARTY_BRANCH'],
  ] as const)
    expect(await open(2031, [department, await add(name, classification)])).toEqual([
      { code: 'NOT_FOUND', path: ['input', 'departments', '1'] },
    ]);
  expect(await open(2031, [department])).toEqual([]);
});

describe('what is known', () => {
  const known = async () =>
    (await hub.database.admin`select id from consultations.referable where days is not null order by id`).map(
      ({ id }) => id,
    );

  test('is made anew where the source was brought back, and forgets what isn’t told again', async () => {
    const before = await known();
    expect(before).toContain(member);
    await hub.database.admin`insert into consultations.referable (id, type, owner, visibility, days, origin, generation)
      values (${crypto.randomUUID()}, 'Member', ${songjiang}, 'PUBLIC', '{(,)}', 'members', 1)`;
    await hub.database
      .admin`update consultations.reference_source set next = '9007199254740000' where name = 'members'`;
    await expect.poll(known).toEqual(before);
    await expect
      .poll(
        async () =>
          (
            await hub.database
              .admin`select generation = built as whole from consultations.reference_source where name = 'members'`
          )[0]?.['whole'],
      )
      .toBe(true);
  });

  test('does where its source is down, and what isn’t is told as unavailable and never as not there', async () => {
    await hub.stopSubgraph('members');
    expect(await invite([member])).toMatchObject({ code: null });
    expect(await invite([crypto.randomUUID()])).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      message: expect.stringContaining('members'),
    });
  });
});
