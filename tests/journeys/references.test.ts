/** What a record refers to of another subgraph is there, as that one tells it at the moment of writing. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { childEnvironment } from '@hub/config';
import { consultations } from '@hub/consultations';
import { apiSchemaFile } from '@hub/gateway';
import { members } from '@hub/members';
import { subgraphSdl } from '@hub/subgraph-server';
import {
  buildSchema,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  parse,
} from 'graphql';
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
const { done, ask, step } = stepsOn(() => hub);
const day = (ms: number) => new Date(Date.now() + 8 * 3_600_000 + ms).toISOString().slice(0, 10);
const yesterday = () => day(-86_400_000);
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** Something of a type, as little as it asks for. */
function least(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return [least(type.ofType)];
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, least(field.type)]),
    );
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const scalars: Readonly<Record<string, unknown>> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    ID: crypto.randomUUID(),
    Date: day(0),
    DateTime: soon(0),
  };
  return scalars[type.name] ?? '文';
}
/** Every mutation of a subgraph in which members write. */
function memberMutations(): { name: string; type: string; input: object }[] {
  const schema = buildSchema(readFileSync(apiSchemaFile, 'utf8'));
  const own = [consultations, members].flatMap((definition) =>
    parse(subgraphSdl(definition)).definitions.flatMap((one) =>
      (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      one.name.value === 'Mutation'
        ? (one.fields ?? []).map((field) => field.name.value)
        : [],
    ),
  );
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) => {
    const input = args.find((arg) => arg.name === 'input');
    // What rebuilds is the operators', and answers with a number.
    return input && own.includes(name) && !name.startsWith('rebuild')
      ? [{ name, type: String(input.type), input: least(input.type) as object }]
      : [];
  });
}

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
    // Who may be seen and was a member once is told to be none any more.
    expect(await invite([member, ended.member])).toMatchObject({
      code: 'MEMBERSHIP_OVER',
      path: ['input', 'members', '1'],
    });
    const answers = [];
    for (const id of [crypto.randomUUID(), other, nominated, erased.member, hidden.member])
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

/** What a member is answered by mutations otherwise than by one code: all of them are sent. */
async function refusedOtherwise(code: string, who: () => Promise<string>): Promise<unknown[]> {
  const all = memberMutations();
  expect(all.length).toBeGreaterThan(150);
  const others = [];
  for (let from = 0; from < all.length; from += 10) {
    const some = all.slice(from, from + 10);
    const { data, errors } = await ask(
      `mutation (${some.map(({ type }, at) => `$i${at}: ${type}`).join(', ')}) {
        ${some.map(({ name }, at) => `${name}(input: $i${at}) { userErrors { code } }`).join('\n')} }`,
      who,
      Object.fromEntries(some.map(({ input }, at) => [`i${at}`, input])),
    );
    expect(errors).toEqual([]);
    for (const { name } of some) {
      const codes = data[name].userErrors.map((error: { code: string }) => error.code);
      if (codes.join() !== code) others.push([name, codes]);
    }
  }
  return others;
}

describe.each([
  ['whom the directory doesn’t have', () => hub.member(crypto.randomUUID(), songjiang)],
  ['who is of another committee than the token says', () => hub.member(other, songjiang)],
])('a member %s', (_, who) => {
  test('does nothing, by whichever mutation, takes no place and has no duty code', async () => {
    const ghost = await who();
    expect(await refusedOtherwise('MEMBERSHIP_UNKNOWN', async () => ghost)).toEqual([]);
    const { data } = await ask('{ me { id dutyCode { payload } } }', async () => ghost);
    expect(data.me).toMatchObject({ id: expect.any(String), dutyCode: null });
  });
});

test('who was appointed a moment ago acts at once', async () => {
  const { member: late } = await appoint(songjiang, '壬');
  expect((await step('postTopic', { title: '话题', text: '内容' }, () => hub.member(late, songjiang))).code).toBeNull();
});

describe('a member whose term is over', () => {
  const over = { membership: '', member: '' };
  const asOver = () => hub.member(over.member, songjiang);
  const codeOf = async (name: string, input: object, who: () => Promise<string>) => (await step(name, input, who)).code;
  beforeAll(async () => {
    Object.assign(over, await appoint(songjiang, '辛'));
    expect(await codeOf('tagMember', { tag: '实干' }, asOver)).toBeNull();
    expect(await codeOf('postTopic', { title: '话题', text: '内容' }, asOver)).toBeNull();
    const { data } = await ask('{ me { dutyCode { payload } } }', asOver);
    expect(data.me.dutyCode).not.toBeNull();
    const ends = { membership: over.membership, kind: 'RESIGNATION', on: yesterday() };
    await done('endMembership', ends, staffOf(songjiang));
  });

  test('does nothing as it, by whichever mutation, and is told so', async () => {
    expect(await refusedOtherwise('MEMBERSHIP_OVER', asOver)).toEqual([]);
    const { data } = await ask('{ me { id dutyCode { payload } } }', asOver);
    expect(data.me).toMatchObject({ id: expect.any(String), dutyCode: null });
  });

  test('is put into no organization, sector or line of contact, and speaks at nothing that is held now', async () => {
    const office = staffOf(songjiang);
    const create = (classification: string) =>
      done('addOrganization', { committee: songjiang, name: classification, classification }, office);
    const [group, sector] = [await create('MEMBER_GROUP'), await create('SECTOR')];
    const joining = { organization: group.id, member: over.member };
    expect(await codeOf('joinOrganization', { ...joining, role: 'MEMBER' }, office)).toBe('MEMBERSHIP_OVER');
    expect(await codeOf('appointConvenor', joining, office)).toBe('MEMBERSHIP_OVER');
    expect(await codeOf('assignSector', { member: over.member, sector: sector.id }, office)).toBe('MEMBERSHIP_OVER');
    const line = { committee: songjiang, tree: 'CONTACT_GRID', parent: group.id, child: over.member };
    expect(await codeOf('linkContact', line, office)).toBe('MEMBERSHIP_OVER');
    const parts = [{ title: '会', starts: soon(60), ends: soon(120) }];
    await done('scheduleConsultation', { consultation, parts }, office);
    const speech = { consultation, kind: 'ORAL', title: '发言' };
    expect(await codeOf('recordSpeech', { ...speech, member: over.member }, office)).toBe('MEMBERSHIP_OVER');
    expect(await codeOf('recordSpeech', { ...speech, member }, office)).toBeNull();
  });

  test('is in office again with a new term, from the moment of it', async () => {
    const decided = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { data } = await ask('query ($id: ID!) { member(id: $id) { person { id } } }', staffOf(songjiang), {
      id: over.member,
    });
    const again = { committee: songjiang, person: data.member.person.id, decision: '常委会会议', decided };
    await done('appointMember', again, staffOf(songjiang));
    expect(await codeOf('postTopic', { title: '话题', text: '内容' }, asOver)).toBeNull();
  });
});

describe('what is known', () => {
  const loader = new URL('../../scripts/typescript/register.js', import.meta.url).href;
  const script = fileURLToPath(new URL('../../scripts/references.ts', import.meta.url));
  const known = async () =>
    (await hub.database.admin`select id from consultations.referable where days is not null order by id`).map(
      ({ id }) => id,
    );

  test('is read anew by a hub that runs, once an operator asks for it', async () => {
    const before = await known();
    await hub.database.admin`delete from consultations.referable where id = ${member}`;
    const env = { ...childEnvironment({ DATABASE_URL: hub.database.url }) };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', loader, script], { env });
    expect(stdout).toContain('consultations reads anew what members has');
    await expect.poll(known).toEqual(before);
  });

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
