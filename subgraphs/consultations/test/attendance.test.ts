import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createDutyCodeKey, dutyCodeIssuer, publicDutyCodeKeys } from '@hub/duty-code';
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
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { attendanceMachine } from '../src/attendance/attendance.machine.ts';
import { leaveMachine } from '../src/attendance/leave.machine.ts';
import { signInMachine } from '../src/attendance/sign-in.machine.ts';

const yuhang = '330110';
const group = '20000000-0000-4000-8000-000000000001';
const id = (n: number) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const memberOf = (n: number, committee = yuhang, convenes: readonly string[] = []) =>
  member(id(n), committee, convenes);
const office = staff(yuhang);
const convenor = memberOf(900, yuhang, [group]);
const minute = 60_000;

let key: string;
let hub: TestSubgraph;
beforeAll(async () => {
  key = await createDutyCodeKey();
  hub = await startTestSubgraph(consultations, 'empty', {
    dutyCodePrivateKey: key,
    dutyCodePublicKeys: publicDutyCodeKeys([key]),
  });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => hub.stop());

/** Moves the clock of the hub, and leaves timers alone. */
const at = (time: number) => vi.useFakeTimers({ toFake: ['Date'], now: time });

const what = 'id status invited waitingPosition revision outcome member { id } userErrors';
async function take(name: string, input: object, as: Actor, record = 'attendance', fields = what) {
  const inside = fields.replace(' userErrors', '');
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { ${inside} } userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  const done = data?.[name];
  return {
    id: done?.[record]?.id as string,
    record: done?.[record],
    code: (errors[0] ?? done?.userErrors[0]?.code ?? null) as string | null,
    path: done?.userErrors[0]?.path as string[] | undefined,
  };
}
const done = async (...given: Parameters<typeof take>) => {
  const answer = await take(...given);
  expect(answer.code).toBeNull();
  return answer;
};

interface Given {
  readonly places?: number | null;
  readonly organization?: string;
  readonly visibility?: string;
  /** Minutes from now at which each part starts; each is an hour long. */
  readonly starts?: readonly number[];
  readonly hosts?: readonly string[];
}
/** A consultation that is announced, with its sign-up open. */
async function announced({ places, organization, visibility, starts = [15], hosts = [] }: Given = {}) {
  const { id: consultation } = await done(
    'planConsultation',
    {
      committee: yuhang,
      title: '数字生活区',
      kind: 'TOPICAL',
      ...(organization && { organization }),
      ...(hosts.length > 0 && { coHosts: hosts.map((committee) => ({ committee })) }),
    },
    office,
    'consultation',
    'id',
  );
  const now = Date.now();
  const parts = starts.map((after, at) => ({
    title: `第${at + 1}场`,
    starts: new Date(now + after * minute).toISOString(),
    ends: new Date(now + (after + 60) * minute).toISOString(),
  }));
  const { record } = await done(
    'scheduleConsultation',
    { consultation, parts },
    office,
    'consultation',
    'id parts { id }',
  );
  await done(
    'announceConsultation',
    {
      consultation,
      signUpOpens: new Date(now - minute).toISOString(),
      ...(places != null && { places }),
      ...(visibility && { visibility }),
    },
    office,
    'consultation',
    'id',
  );
  return { consultation, parts: record.parts.map((one: { id: string }) => one.id) as string[] };
}
const signUp = (consultation: string, n: number) => take('signUp', { consultation }, memberOf(n));
const list = async (consultation: string, as: Actor = office) => {
  const { data } = await hub.ask(
    `query ($id: ID!) { consultation(id: $id) { placesLeft myAttendance { id status waitingPosition }
      attendanceSummary { invited signedUp waiting onLeave present absent }
      attendances(first: 100) { totalCount nodes { id status waitingPosition outcome substitute { id } standsInFor { id } member { id } events { step role from to } } } } }`,
    { as, variables: { id: consultation } },
  );
  return data.consultation;
};
type Row = { status: string; waitingPosition: number | null; member: { id: string } };
const memberCode = (n: number, committee = yuhang, expires = new Date(Date.now() + 600 * minute), by = key) =>
  dutyCodeIssuer(by).member({ member: id(n), committee, expires });
const partCode = (part: string, expires = new Date(Date.now() + 600 * minute), by = key) =>
  dutyCodeIssuer(by).part({ part, expires });
const now = () => new Date().toISOString();

describe('one person with two memberships', () => {
  const songjiang = '310117';
  const asMember = (n: number, committee: string, memberships: readonly string[]): Actor => ({
    ...memberOf(n, committee),
    kind: 'MEMBER',
    subject: 'one person',
    member: id(n),
    committee,
    memberships,
    convenes: [],
  });
  const both = [id(701), id(702)];
  const [here, there] = [asMember(701, yuhang, both), asMember(702, songjiang, both)];
  /** One with places, of both their committees. */
  const joint = async (given: Given = {}) => {
    const made = await announced({ places: 2, visibility: 'PUBLIC', ...given });
    await hub.testDatabase
      .admin`insert into consultations.host (id, owner, owner_as_filed, visibility, consultation, committee, committee_as_filed, role, position)
      values (gen_random_uuid(), ${yuhang}, ${yuhang}, 'PUBLIC', ${made.consultation}, ${songjiang}, ${songjiang}, 'CO_HOST', 1)`;
    return made;
  };

  test('takes one place, and is one in the totals, by whichever membership and however often they sign up', async () => {
    const { consultation } = await joint();
    const first = await done('signUp', { consultation }, here);
    const second = await done('signUp', { consultation }, there);
    expect([first.record.status, second.record.status]).toEqual(['SIGNED_UP', 'SAME_SEAT']);
    const other = await signUp(consultation, 703);
    expect(other.record.status).toBe('SIGNED_UP');
    const seen = await list(consultation);
    expect([seen.placesLeft, seen.attendanceSummary]).toEqual([
      0,
      { invited: 0, signedUp: 2, waiting: 0, onLeave: 0, present: 0, absent: null },
    ]);
    expect((await take('signUp', { consultation }, there)).code).toBe('SAME_SEAT');
    for (const as of [here, there]) expect((await list(consultation, as)).myAttendance.id).toBe(first.id);
  });

  test('takes one place where both come at once, and waits once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { consultation } = await joint({ places: 1 });
      const isTaken = round % 2 === 0;
      if (isTaken) await signUp(consultation, 704);
      const answers = await Promise.all([here, there].map((as) => take('signUp', { consultation }, as)));
      expect(answers.map(({ code }) => code)).toEqual(answers.map(() => null));
      const { attendances, attendanceSummary } = await list(consultation);
      const statuses = attendances.nodes.map(({ status }: Row) => status);
      expect(statuses.filter((status: string) => status === 'SAME_SEAT')).toHaveLength(1);
      expect(attendanceSummary).toMatchObject({ signedUp: 1, waiting: isTaken ? 1 : 0 });
    }
  });

  test('who gives the seat up does so as both, and the next moves up', async () => {
    const { consultation } = await joint({ places: 1 });
    const { id: attendance } = await done('signUp', { consultation }, here);
    await done('signUp', { consultation }, there);
    expect((await signUp(consultation, 705)).record.status).toBe('WAITING');
    await done('withdrawSignUp', { attendance }, here);
    const { attendances } = await list(consultation);
    expect(attendances.nodes.map(({ status }: Row) => status).sort()).toEqual(['SIGNED_UP', 'WITHDRAWN', 'WITHDRAWN']);
    expect((await done('signUp', { consultation }, there)).record.status).toBe('WAITING');
    expect((await take('signUp', { consultation }, here)).code).toBe('SAME_SEAT');
  });

  test('two invitations become one seat as soon as the hub knows, and later ones find the seat', async () => {
    const apart = [id(711), id(712)];
    const { consultation } = await joint({ places: 1 });
    await done('inviteMembers', { consultation, members: apart }, office, 'consultation', 'id');
    expect((await list(consultation)).attendanceSummary.invited).toBe(2);
    const [one] = (await list(consultation)).attendances.nodes.filter((row: Row) => row.member.id === apart[0]);
    await done('acceptInvitation', { attendance: one.id }, asMember(711, yuhang, apart));
    const { attendances, attendanceSummary } = await list(consultation);
    expect(attendanceSummary).toMatchObject({ invited: 1, signedUp: 1 });
    expect(attendances.nodes.map(({ status }: Row) => status).sort()).toEqual(['SAME_SEAT', 'SIGNED_UP']);
    const { consultation: another } = await joint();
    await done('signUp', { consultation: another }, asMember(711, yuhang, apart));
    await done('inviteMembers', { consultation: another, members: apart }, office, 'consultation', 'id');
    const statuses = (await list(another)).attendances.nodes.map(({ status }: Row) => status);
    expect(statuses).toEqual(['SIGNED_UP', 'SAME_SEAT']);
    const named = await take(
      'nameSubstitute',
      { attendance: (await list(another)).attendances.nodes[0].id, substitute: apart[1] },
      asMember(711, yuhang, apart),
    );
    expect(named.code).toBe('SUBSTITUTE_NOT_FREE');
  });

  test('signs in once, is present once, and has a record of duty for each committee', async () => {
    const now = Date.now();
    const { consultation, parts } = await joint({ places: 5 });
    const part = parts[0] as string;
    await done('signUp', { consultation }, here);
    await done('signUp', { consultation }, there);
    at(now + 20 * minute);
    const scan = async (as: Actor) =>
      take('signIn', { code: await partCode(part), scannedAt: new Date().toISOString() }, as);
    expect((await scan(there)).code).toBeNull();
    expect((await scan(here)).code).toBe('ALREADY_SIGNED_IN');
    const { data } = await hub.ask('query ($id: ID!) { consultation(id: $id) { parts { signedIn } } }', {
      as: office,
      variables: { id: consultation },
    });
    expect(data.consultation.parts[0].signedIn).toBe(1);
    at(now + 200 * minute);
    await done('recordConsultationHeld', { consultation }, office, 'consultation', 'id');
    expect((await list(consultation)).attendanceSummary).toMatchObject({ signedUp: 1, present: 1, absent: 0 });
    const { data: fed } = await hub.ask(
      'query { dutyFeed(after: "", first: 1000) { facts { member consultation outcomes } } }',
      { as: { kind: 'FEED', subject: 'duty' } },
    );
    const facts = fed.dutyFeed.facts.filter((fact: { consultation: string }) => fact.consultation === consultation);
    expect(
      facts.map(({ member: of, outcomes }: { member: string; outcomes: string[] }) => [of, outcomes[0]]).sort(),
    ).toEqual(both.map((one) => [one, 'PRESENT']));
  });

  test('who comes to what has no limit is listed for each committee by which they sign in, and counted once', async () => {
    const now = Date.now();
    const { consultation, parts } = await joint({ places: null });
    at(now + 20 * minute);
    // By what they did before the hub knows them for one person.
    const codes = await Promise.all([memberCode(701), memberCode(702, songjiang)]);
    for (const code of codes)
      expect(
        (await take('scanDutyCode', { part: parts[0], code, scannedAt: new Date().toISOString() }, office)).code,
      ).toBeNull();
    const { attendances, attendanceSummary } = await list(consultation);
    expect(attendances.nodes.map(({ status }: Row) => status).sort()).toEqual(['SAME_SEAT', 'WALKED_IN']);
    expect(attendanceSummary.present).toBe(1);
  });
});

describe('places', () => {
  test('go to ten of fifty who sign up at once, and the others wait in order without gaps', async () => {
    const { consultation } = await announced({ places: 10 });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => signUp(consultation, n)));
    expect(answers.map(({ code }) => code).filter(Boolean)).toEqual([]);
    const { attendances, placesLeft, attendanceSummary } = await list(consultation);
    const rows: Row[] = attendances.nodes;
    expect(rows.filter(({ status }) => status === 'SIGNED_UP')).toHaveLength(10);
    const waiting = rows.filter(({ status }) => status === 'WAITING').map(({ waitingPosition }) => waitingPosition);
    expect(waiting.sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(placesLeft).toBe(0);
    expect(attendanceSummary).toMatchObject({ signedUp: 10, waiting: 40, absent: null });
    // Each was told what the list says of them.
    const told = new Map(answers.map(({ record }) => [record.id, record.status]));
    for (const { id, status } of attendances.nodes) expect(told.get(id)).toBe(status);
  });

  test('the last one, taken by two at once, goes to one; the other waits and is told so', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { consultation } = await announced({ places: 1 });
      const both = await Promise.all([signUp(consultation, 1), signUp(consultation, 2)]);
      expect(both.map(({ code }) => code)).toEqual([null, null]);
      expect(both.map(({ record }) => record.status).sort()).toEqual(['SIGNED_UP', 'WAITING']);
      expect(both.find(({ record }) => record.status === 'WAITING')?.record.waitingPosition).toBe(1);
    }
  });

  test('that are given up go to the first who waits, in the same step and by an event of the hub', async () => {
    const { consultation } = await announced({ places: 2 });
    const [first, second, third, fourth] = [1, 2, 3, 4].map((n) => n);
    const one = await signUp(consultation, first as number);
    await signUp(consultation, second as number);
    await signUp(consultation, third as number);
    await signUp(consultation, fourth as number);
    await done('withdrawSignUp', { attendance: one.id }, memberOf(1));
    const { attendances } = await list(consultation);
    const of = (n: number) => attendances.nodes.find((row: Row) => row.member.id === id(n));
    expect(of(3)).toMatchObject({ status: 'SIGNED_UP' });
    expect(of(3).events).toEqual([
      { step: 'signUp', role: 'MEMBER', from: null, to: 'WAITING' },
      { step: 'givePlace', role: 'FEED', from: 'WAITING', to: 'SIGNED_UP' },
    ]);
    expect(of(4)).toMatchObject({ status: 'WAITING', waitingPosition: 1 });
    // Whoever comes back stands at the end.
    const again = await signUp(consultation, 1);
    expect(again).toMatchObject({ code: null, id: one.id, record: { status: 'WAITING', waitingPosition: 2 } });
    expect((await signUp(consultation, 1)).code).toBe('ALREADY_SIGNED_UP');
  });

  test('are never more than there are while some withdraw and others sign up at the same time', async () => {
    const { consultation } = await announced({ places: 5 });
    const early = await Promise.all(Array.from({ length: 10 }, (_, n) => signUp(consultation, n)));
    const answers = await Promise.all([
      ...early.map((one, n) => take('withdrawSignUp', { attendance: one.id }, memberOf(n))),
      ...Array.from({ length: 20 }, (_, n) => signUp(consultation, 100 + n)),
    ]);
    expect(answers.map(({ code }) => code).filter(Boolean)).toEqual([]);
    const { attendanceSummary, attendances } = await list(consultation);
    expect(attendanceSummary).toMatchObject({ signedUp: 5, waiting: 15 });
    expect(attendances.nodes.filter(({ status }: Row) => status === 'WITHDRAWN')).toHaveLength(10);
  });

  test('that are added go to those who wait', async () => {
    const { consultation } = await announced({ places: 1 });
    for (const n of [1, 2, 3]) await signUp(consultation, n);
    await done('announceConsultation', { consultation, places: 2, signUpOpens: now() }, office, 'consultation', 'id');
    expect((await list(consultation)).attendanceSummary).toMatchObject({ signedUp: 2, waiting: 1 });
  });

  test('aren’t used up by those who were invited, and one who waits may be invited', async () => {
    const { consultation } = await announced({ places: 1, organization: group });
    await signUp(consultation, 1);
    const waits = await signUp(consultation, 2);
    expect(waits.record.status).toBe('WAITING');
    const { data } = await hub.ask(
      `mutation ($input: InviteMembersInput!) { inviteMembers(input: $input) { attendances { status invited member { id } } userErrors { code } } }`,
      { as: convenor, variables: { input: { consultation, members: [id(2), id(3), id(1)] } } },
    );
    expect(data.inviteMembers).toEqual({
      attendances: [
        { status: 'INVITED', invited: true, member: { id: id(2) } },
        { status: 'INVITED', invited: true, member: { id: id(3) } },
        { status: 'SIGNED_UP', invited: false, member: { id: id(1) } },
      ],
      userErrors: [],
    });
    expect((await signUp(consultation, 3)).record).toMatchObject({ status: 'SIGNED_UP', invited: true });
    expect((await list(consultation)).placesLeft).toBe(0);
  });
});

describe('sign-up', () => {
  test('is refused before it opens, after it closes and for what isn’t scheduled', async () => {
    const { consultation } = await announced({ starts: [120] });
    const start = Date.now();
    at(start - 2 * minute);
    expect((await signUp(consultation, 1)).code).toBe('SIGN_UP_NOT_OPEN');
    at(start + 121 * minute);
    expect((await signUp(consultation, 1)).code).toBe('SIGN_UP_CLOSED');
    vi.useRealTimers();
    expect((await signUp(consultation, 1)).code).toBeNull();
    await done('cancelConsultation', { consultation, reason: '场地不便' }, office, 'consultation', 'id');
    expect((await signUp(consultation, 2)).code).toBe('SIGN_UP_CLOSED');
    const planned = await done(
      'planConsultation',
      { committee: yuhang, title: '未定', kind: 'TOPICAL' },
      office,
      'consultation',
      'id',
    );
    await done('updateConsultation', { consultation: planned.id, visibility: 'MEMBERS' }, office, 'consultation', 'id');
    expect((await signUp(planned.id, 2)).code).toBe('SIGN_UP_NOT_OPEN');
  });

  test('is for members of the committees that host, and for nobody else', async () => {
    const { consultation } = await announced({ visibility: 'PUBLIC' });
    const as = (actor: Actor) => take('signUp', { consultation }, actor).then(({ code }) => code);
    expect(await as(everyone)).toBe('FORBIDDEN');
    expect(await as(office)).toBe('FORBIDDEN');
    expect(await as(memberOf(7, '330113'))).toBe('NOT_YOURS');
    expect(await as(department(yuhang, id(8)))).toBe('FORBIDDEN');
    expect(await as(agency)).toBe('NOT_FOUND');
    const inner = await announced({ visibility: 'MEMBERS' });
    expect((await take('signUp', { consultation: inner.consultation }, memberOf(7, '330113'))).code).toBe('NOT_FOUND');
  });

  test('by members of another committee that hosts is theirs, and seen by both offices', async () => {
    const linping = '330113';
    const { consultation, parts } = await announced({ visibility: 'PUBLIC', places: 3 });
    const [row] = await hub.testDatabase
      .admin`select visibility, owner from consultations.consultation where id = ${consultation}`;
    await hub.testDatabase
      .admin`insert into consultations.host (id, owner, owner_as_filed, visibility, consultation, committee, committee_as_filed, role, position)
      values (gen_random_uuid(), ${yuhang}, ${yuhang}, ${row?.['visibility']}, ${consultation}, ${linping}, ${linping}, 'CO_HOST', 1)`;
    const guest = memberOf(50, linping);
    const { id: attendance, record } = await done('signUp', { consultation }, guest);
    expect(record.status).toBe('SIGNED_UP');
    for (const as of [office, staff(linping)]) expect((await list(consultation, as)).attendances.totalCount).toBe(1);
    expect((await list(consultation, staff('330000'))).attendances.totalCount).toBe(0);
    // Each office decides about its own members.
    const { id: leave } = await done('requestLeave', { attendance, reason: '出差' }, guest, 'leave', 'id');
    expect((await take('approveLeave', { leave }, office, 'leave', 'id')).code).toBe('NOT_YOURS');
    const scanned = await take(
      'scanDutyCode',
      { part: parts[0], code: await memberCode(50, linping), scannedAt: now() },
      office,
    );
    expect(scanned).toMatchObject({ code: null, record: { outcome: 'PRESENT' } });
    expect((await list(consultation, guest)).myAttendance.id).toBe(attendance);
    // Whoever was there needs none any more.
    expect((await take('approveLeave', { leave }, staff(linping), 'leave', 'id')).code).toBe('ALREADY_SIGNED_IN');
  });

  test('twice at once with one key is done once', async () => {
    const { consultation } = await announced();
    const input = { consultation, idempotencyKey: '2b0a1c1e-94f0-4f6c-9e5c-d0a3f29cf2b7' };
    const both = await Promise.all([take('signUp', input, memberOf(1)), take('signUp', input, memberOf(1))]);
    expect(both[0]).toEqual(both[1]);
    const without = await Promise.all([signUp(consultation, 2), signUp(consultation, 2)]);
    expect(without.map(({ code }) => code).sort()).toEqual(['ALREADY_SIGNED_UP', null]);
    expect(without[0]?.id).toBe(without[1]?.id);
  });
});

describe('the list', () => {
  test('shows a member nobody but themselves, and its office and convenor everybody', async () => {
    const { consultation } = await announced({ organization: group, places: 5 });
    for (const n of [1, 2, 3]) await signUp(consultation, n);
    const seen = async (as: Actor) => {
      const row = await list(consultation, as);
      return row && [row.attendances.totalCount, row.attendanceSummary?.signedUp ?? null, row.placesLeft];
    };
    expect(await seen(memberOf(1))).toEqual([1, null, 2]);
    expect(await seen(memberOf(4))).toEqual([0, null, 2]);
    expect(await seen(convenor)).toEqual([3, 3, 2]);
    expect(await seen(office)).toEqual([3, 3, 2]);
    expect(await seen(staff('330100'))).toBeNull();
    expect(await seen(memberOf(4, '330113'))).toBeNull();
    const { data } = await hub.ask(
      `query ($id: ID!) { _entities(representations: [{ __typename: "Member", id: $id }]) { ... on Member { attendances(first: 10) { totalCount } } } }`,
      { as: memberOf(2), variables: { id: id(1) } },
    );
    expect(data._entities[0].attendances.totalCount).toBe(0);
  });

  test('costs the same number of statements for one and for twenty', async () => {
    const ask = async (people: number) => {
      const { consultation, parts } = await announced({ places: people, starts: [15] });
      for (let n = 0; n < people; n += 1) {
        await signUp(consultation, n);
        await take('scanDutyCode', { part: parts[0], code: await memberCode(n), scannedAt: now() }, office);
      }
      await signUp(consultation, 500);
      const { data, statements } = await hub.ask(
        `query ($id: ID!) { consultation(id: $id) { placesLeft attendanceSummary { present } myAttendance { id } parts { signedIn signInCode { expires } } speeches { title }
          attendances(first: 50) { totalCount nodes { status waitingPosition outcome standsInFor { id } consultation { title } speeches { title } signIns { part { title } events { step } } leaves { parts { title } } events { step } pendingSteps { step } } } } }`,
        { as: office, variables: { id: consultation } },
      );
      expect(data.consultation.attendances.nodes).toHaveLength(people + 1);
      return statements;
    };
    expect(await ask(20)).toBe(await ask(1));
  });

  test('goes with its consultation when that is withdrawn', async () => {
    const { consultation } = await announced();
    const { id: attendance } = await signUp(consultation, 1);
    const { admin } = hub.testDatabase;
    await admin`update consultations.consultation set deleted = now() where id = ${consultation}`;
    const look = () =>
      hub.ask('query ($id: ID!) { attendance(id: $id) { status } }', {
        as: memberOf(1),
        variables: { id: attendance },
      });
    expect((await look()).data.attendance).toBeNull();
    await admin`update consultations.consultation set deleted = null where id = ${consultation}`;
    expect((await look()).data.attendance).toEqual({ status: 'SIGNED_UP' });
  });
});

describe('an attendance', () => {
  const strangers: Actor[] = [
    staff('330100'),
    { kind: 'STAFF', subject: 'proposals only', committee: yuhang, duties: ['proposals'] },
    memberOf(2),
    memberOf(1, '330113'),
    liaison(yuhang),
    department(yuhang, id(3)),
    agency,
    operator,
    everyone,
  ];
  const me = memberOf(1);

  test('goes through every step that its machine allows, and through no other', async () => {
    // What the hub does by itself has no mutation: without a limit a sign-up has its place at once.
    const { WAITING, ASKED, SUBSTITUTED, WALKED_IN, SAME_SEAT, ...states } = attendanceMachine.states;
    const left = new Set(Object.keys(states));
    const onTheSpot = [
      'signIn',
      'scanDutyCode',
      'enterHeldConsultation',
      'recordConsultationHeldAfterwards',
      'enterAttendance',
    ];
    const steps = Object.fromEntries(
      Object.entries(attendanceMachine.steps)
        .filter(([name, { by }]) => !by.some((doer) => doer === 'HUB') && !onTheSpot.includes(name))
        .map(([name, step]) => [
          name,
          {
            ...step,
            from: (step.from as readonly string[]).filter((state) => left.has(state)),
            to: (step.to as string) === 'WAITING' ? 'SIGNED_UP' : step.to,
          },
        ])
        .filter(([name]) => !['acceptSubstitution', 'declineSubstitution'].includes(name as string)),
    );
    const fresh = async () => (await announced({ organization: group })).consultation;
    // Whoever asked somebody to stand in keeps the place, on leave or not, so the step leads nowhere from there.
    const leaveOf = async (attendance: string) => {
      const { data } = await hub.ask('query ($id: ID!) { attendance(id: $id) { status } }', {
        as: office,
        variables: { id: attendance },
      });
      if (data.attendance.status === 'SUBSTITUTE_NAMED') return id(404);
      return (await take('requestLeave', { attendance, reason: '出差' }, me, 'leave', 'id')).id ?? id(404);
    };
    // An invitation answers with a list and not with one record, and a sign-up of the hub's ends a step further.
    const ask: TestSubgraph['ask'] = async (query, options) => {
      if (!query.includes('inviteMembers(')) return hub.ask(query, options);
      const answer = await hub.ask(query.replace('attendance { id }', 'attendances { id }'), options);
      const payload = answer.data?.inviteMembers;
      return payload
        ? { ...answer, data: { inviteMembers: { ...payload, attendance: payload.attendances[0] ?? null } } }
        : answer;
    };
    const fromHub: TestSubgraph['ask'] = async (query, options) => {
      if (query.includes('approveLeave(')) {
        const answer = await hub.ask(query.replace('attendance { id }', 'leave { attendance { id } }'), options);
        const payload = answer.data?.approveLeave;
        return payload
          ? { ...answer, data: { approveLeave: { ...payload, attendance: payload.leave?.attendance ?? null } } }
          : answer;
      }
      const answer = await ask(query, options);
      const events = answer.data?.attendance?.events as { step: string; to: string }[] | undefined;
      if (!events) return answer;
      const own = events.filter(({ step }) => step !== 'givePlace');
      const last = own.at(-1);
      if (last && ['signUp', 'signUpAgain'].includes(last.step)) last.to = 'SIGNED_UP';
      return { ...answer, data: { attendance: { ...answer.data.attendance, events: own } } };
    };
    const { faults, tried } = await walk({
      machine: { ...attendanceMachine, states, steps } as never,
      ask: fromHub,
      as: { STAFF: office, AUTHOR: me, MEMBER: me, CONVENOR: convenor },
      strangers,
      reader: office,
      inputs: {
        inviteMembers: async () => ({ consultation: await fresh(), members: [id(1)] }),
        inviteMember: (attendance) => ({ attendance }),
        signUp: async () => ({ consultation: await fresh() }),
        signUpAgain: (attendance) => ({ attendance }),
        acceptInvitation: (attendance) => ({ attendance }),
        declineInvitation: (attendance) => ({ attendance, reason: '另有公务' }),
        withdrawSignUp: (attendance) => ({ attendance }),
        nameSubstitute: (attendance) => ({ attendance, substitute: crypto.randomUUID() }),
        approveLeave: async (attendance) => ({ leave: await leaveOf(attendance) }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });

  test('has a leave that goes through every step that its machine allows, and through no other', async () => {
    const fresh = async () => (await signUp((await announced({ organization: group })).consultation, 1)).id;
    const { faults, tried } = await walk({
      machine: leaveMachine,
      ask: hub.ask,
      as: { STAFF: office, AUTHOR: me, MEMBER: me },
      strangers,
      reader: office,
      inputs: {
        requestLeave: async () => ({ attendance: await fresh(), reason: '出差' }),
        approveLeave: (leave) => ({ leave }),
        refuseLeave: (leave) => ({ leave, reason: '须参加' }),
        withdrawLeave: (leave) => ({ leave }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(40);
  });
});

describe('leave', () => {
  test('from all parts gives the place up once it is approved, and counts as leave when it was held', async () => {
    const { consultation } = await announced({ places: 1, starts: [15] });
    const one = await signUp(consultation, 1);
    await signUp(consultation, 2);
    const { id: leave } = await done(
      'requestLeave',
      { attendance: one.id, reason: '出差' },
      memberOf(1),
      'leave',
      'id',
    );
    const again = await take('requestLeave', { attendance: one.id, reason: '出差' }, memberOf(1), 'leave', 'id');
    expect(again.code).toBe('LEAVE_PENDING');
    expect((await list(consultation)).attendanceSummary).toMatchObject({ signedUp: 1, waiting: 1, onLeave: 0 });
    await done('approveLeave', { leave }, office, 'leave', 'id');
    expect((await list(consultation)).attendanceSummary).toMatchObject({ signedUp: 1, waiting: 0, onLeave: 1 });
    at(Date.now() + 80 * minute);
    await done('recordConsultationHeld', { consultation }, office, 'consultation', 'id');
    expect((await list(consultation)).attendanceSummary).toMatchObject({ present: 0, onLeave: 1, absent: 1 });
  });

  test('from one of several parts leaves the place, and every part its own sign-in', async () => {
    const { consultation, parts } = await announced({ places: 2, starts: [15, 20] });
    const one = await signUp(consultation, 1);
    const { id: leave } = await done(
      'requestLeave',
      { attendance: one.id, parts: [parts[1]], reason: '下午另有会议' },
      memberOf(1),
      'leave',
      'id',
    );
    await done('approveLeave', { leave }, office, 'leave', 'id');
    const { code, record } = await take(
      'signIn',
      { code: await partCode(parts[0] as string), scannedAt: now() },
      memberOf(1),
      'attendance',
      'status outcome signIns { part { id } } leaves { status parts { id } }',
    );
    expect(code).toBeNull();
    expect(record).toEqual({
      status: 'SIGNED_UP',
      outcome: 'PRESENT',
      signIns: [{ part: { id: parts[0] } }],
      leaves: [{ status: 'APPROVED', parts: [{ id: parts[1] }] }],
    });
    const foreign = await announced();
    expect(
      (
        await take(
          'requestLeave',
          { attendance: one.id, parts: foreign.parts, reason: '出差' },
          memberOf(1),
          'leave',
          'id',
        )
      ).code,
    ).toBe('NOT_FOUND');
  });

  test('is asked for until the last part is over, with a reason, by oneself', async () => {
    const { consultation } = await announced();
    const one = await signUp(consultation, 1);
    const ask = (input: object, as: Actor) => take('requestLeave', { attendance: one.id, ...input }, as, 'leave', 'id');
    expect(await ask({ reason: ' ' }, memberOf(1))).toMatchObject({ code: 'REQUIRED', path: ['input', 'reason'] });
    expect((await ask({ reason: '出差' }, memberOf(2))).code).toBe('NOT_FOUND');
    expect((await ask({ reason: '出差' }, office)).code).toBe('FORBIDDEN');
    at(Date.now() + 76 * minute);
    expect((await ask({ reason: '出差' }, memberOf(1))).code).toBe('LEAVE_TOO_LATE');
  });
});

describe('a substitute', () => {
  const named = async (places: number) => {
    const { consultation, parts } = await announced({ places, starts: [15] });
    const one = await signUp(consultation, 1);
    await signUp(consultation, 2);
    await done('nameSubstitute', { attendance: one.id, substitute: id(3) }, memberOf(1));
    const { myAttendance } = await list(consultation, memberOf(3));
    return { consultation, parts, attendance: one.id, asked: myAttendance.id as string };
  };
  const statuses = async (consultation: string) =>
    Object.fromEntries(
      (await list(consultation)).attendances.nodes.map((row: Row) => [Number(row.member.id.slice(-3)), row.status]),
    );

  test('takes the very place, signs in for themselves, and whoever waits stays waiting', async () => {
    const { consultation, parts, asked } = await named(1);
    expect(await statuses(consultation)).toEqual({ 1: 'SUBSTITUTE_NAMED', 2: 'WAITING', 3: 'ASKED' });
    for (const [as, code] of [
      [memberOf(1), 'NOT_FOUND'],
      [memberOf(2), 'NOT_FOUND'],
      [office, 'NOT_YOURS'],
    ] as const) {
      const answer = await take('acceptSubstitution', { attendance: asked }, as);
      expect(['FORBIDDEN', code]).toContain(answer.code);
    }
    await done('acceptSubstitution', { attendance: asked }, memberOf(3));
    expect(await statuses(consultation)).toEqual({ 1: 'SUBSTITUTED', 2: 'WAITING', 3: 'SIGNED_UP' });
    const code = await partCode(parts[0] as string);
    expect((await take('signIn', { code, scannedAt: now() }, memberOf(1))).code).toBe('NOT_SIGNED_UP');
    expect((await take('signIn', { code, scannedAt: now() }, memberOf(2))).code).toBe('NOT_SIGNED_UP');
    expect((await take('signIn', { code, scannedAt: now() }, memberOf(3))).record.outcome).toBe('PRESENT');
  });

  test('who declines gives the place back; on approved leave it then goes to the first who waits', async () => {
    const { consultation, attendance, asked } = await named(1);
    await done('declineSubstitution', { attendance: asked }, memberOf(3));
    expect(await statuses(consultation)).toEqual({ 1: 'SIGNED_UP', 2: 'WAITING', 3: 'DECLINED' });
    await done('nameSubstitute', { attendance, substitute: id(3) }, office);
    const { id: leave } = await done('requestLeave', { attendance, reason: '出差' }, memberOf(1), 'leave', 'id');
    await done('approveLeave', { leave }, office, 'leave', 'id');
    expect(await statuses(consultation)).toEqual({ 1: 'SUBSTITUTE_NAMED', 2: 'WAITING', 3: 'ASKED' });
    await done('declineSubstitution', { attendance: asked }, memberOf(3));
    expect(await statuses(consultation)).toEqual({ 1: 'ON_LEAVE', 2: 'SIGNED_UP', 3: 'DECLINED' });
  });

  test('is no longer asked once the place is given up or somebody else was named', async () => {
    const { consultation, attendance, asked } = await named(1);
    await done('nameSubstitute', { attendance, substitute: id(4) }, memberOf(1));
    expect(await statuses(consultation)).toMatchObject({ 1: 'SUBSTITUTE_NAMED', 3: 'WITHDRAWN', 4: 'ASKED' });
    expect((await take('acceptSubstitution', { attendance: asked }, memberOf(3))).code).toBe('STEP_NOT_ALLOWED');
    await done('withdrawSignUp', { attendance }, memberOf(1));
    expect(await statuses(consultation)).toEqual({ 1: 'WITHDRAWN', 2: 'SIGNED_UP', 3: 'WITHDRAWN', 4: 'WITHDRAWN' });
  });

  test('has to be free, and somebody else', async () => {
    const { attendance } = await named(2);
    for (const substitute of [id(2), id(1)])
      expect((await take('nameSubstitute', { attendance, substitute }, memberOf(1))).code).toBe('SUBSTITUTE_NOT_FREE');
    expect((await take('nameSubstitute', { attendance, substitute: 'x' }, memberOf(1))).code).toBe('INVALID');
  });

  test('who accepts while the place is given up either has it or is no longer asked', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { consultation, attendance, asked } = await named(1);
      const answers = await Promise.all([
        take('acceptSubstitution', { attendance: asked }, memberOf(3)),
        take('withdrawSignUp', { attendance }, memberOf(1)),
      ]);
      const after = await statuses(consultation);
      const accepted = answers[0]?.code === null;
      expect(after).toEqual(
        accepted
          ? { 1: 'SUBSTITUTED', 2: 'WAITING', 3: 'SIGNED_UP' }
          : { 1: 'WITHDRAWN', 2: 'SIGNED_UP', 3: 'WITHDRAWN' },
      );
      expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
      expect((await list(consultation)).attendanceSummary.signedUp).toBe(1);
    }
  });
});

describe('a sign-in', () => {
  const there = async (given: Given = {}) => {
    const made = await announced({ places: 3, ...given });
    await signUp(made.consultation, 1);
    return { ...made, part: made.parts[0] as string };
  };
  const scan = async (part: string, n: number, input: object = {}, as: Actor = office) =>
    take('scanDutyCode', { part, code: await memberCode(n), scannedAt: now(), ...input }, as);

  test('sent twenty times at once, by the member and by the office, is counted once', async () => {
    const { consultation, part } = await there();
    const code = await partCode(part);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        at % 2 === 0 ? take('signIn', { code, scannedAt: now() }, memberOf(1)) : scan(part, 1),
      ),
    );
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'ALREADY_SIGNED_IN')).toHaveLength(19);
    for (const { record } of answers) expect(record).toMatchObject({ outcome: 'PRESENT', member: { id: id(1) } });
    expect((await list(consultation)).attendanceSummary.present).toBe(1);
    expect(await hub.testDatabase.admin`select 1 from consultations.sign_in where part = ${part}`).toHaveLength(1);
  });

  test('of somebody who comes unannounced is taken where places have no limit, and once however many scan it', async () => {
    const { consultation, parts } = await announced();
    const answers = await Promise.all(Array.from({ length: 6 }, () => scan(parts[0] as string, 77)));
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
    const { attendances } = await list(consultation);
    expect(attendances.nodes).toMatchObject([{ status: 'WALKED_IN', outcome: 'PRESENT' }]);
    const limited = await there();
    expect((await scan(limited.part, 77)).code).toBe('NOT_SIGNED_UP');
  });

  test('is taken from thirty minutes before the part until its end, by the time of the scan', async () => {
    const { part } = await there({ starts: [40] });
    const begin = Date.now();
    const starts = Date.parse(
      (
        await hub.testDatabase
          .admin`select to_char(starts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as starts from consultations.part where id = ${part}`
      )[0]?.['starts'],
    );
    const code = await memberCode(1, yuhang, new Date(begin + 100 * 60 * minute));
    const tried = (time: number) => scan(part, 1, { code, scannedAt: new Date(time).toISOString() });
    at(starts);
    expect((await tried(starts - 30 * minute - 1)).code).toBe('SIGN_IN_NOT_OPEN');
    expect((await tried(starts + 2 * minute + 1)).code).toBe('INVALID');
    at(starts + 90 * minute);
    expect((await tried(starts + 60 * minute + 1)).code).toBe('SIGN_IN_CLOSED');
    at(starts + 60 * minute + 24 * 60 * minute + 1);
    expect((await tried(starts + 60 * minute)).code).toBe('SCAN_TOO_LATE');
    at(starts + 60 * minute + 24 * 60 * minute);
    const late = await take(
      'scanDutyCode',
      { part, code, scannedAt: new Date(starts + 60 * minute).toISOString() },
      office,
      'attendance',
      'outcome signIns { late way }',
    );
    expect(late).toMatchObject({
      code: null,
      record: { outcome: 'PRESENT', signIns: [{ late: true, way: 'DUTY_CODE' }] },
    });
  });

  test('counts as late upload from ten minutes after the scan, and the window is the committee’s to set', async () => {
    const late = async (after: number) => {
      const { part } = await there();
      const scanned = Date.now();
      const code = await memberCode(1);
      at(scanned + after);
      const answer = await take(
        'scanDutyCode',
        { part, code, scannedAt: new Date(scanned).toISOString() },
        office,
        'attendance',
        'signIns { late }',
      );
      vi.useRealTimers();
      return answer.record.signIns[0].late;
    };
    expect(await late(10 * minute)).toBe(false);
    expect(await late(10 * minute + 1)).toBe(true);
    const other = staff('330114');
    await hub.ask(
      `mutation { changeConsultationSettings(input: { committee: "330114", validFrom: "${new Date(Date.now() + 8 * 60 * minute).toISOString().slice(0, 10)}", signInOpensMinutes: 10 }) { userErrors { code } } }`,
      { as: other },
    );
    const { data } = await hub.ask(
      '{ _entities(representations: [{ __typename: "Committee", code: "330114" }]) { ... on Committee { consultationSettings { signInOpensMinutes lateScanHours } } } }',
    );
    expect(data._entities[0].consultationSettings).toEqual({ signInOpensMinutes: 10, lateScanHours: 24 });
  });

  test('wants a code that is genuine, of the right kind, valid at the scan and for here', async () => {
    const { part, consultation } = await there();
    const code = async (given: string | Promise<string>, as: Actor = office, scannedAt = now()) =>
      (await take('scanDutyCode', { part, code: await given, scannedAt }, as)).code;
    const stranger = await createDutyCodeKey();
    const good = await memberCode(1);
    expect(await code('CPPCC1.M.nonsense')).toBe('CODE_INVALID');
    expect(await code('x'.repeat(400))).toBe('CODE_INVALID');
    expect(await code(memberCode(1, yuhang, new Date(Date.now() + minute), stranger))).toBe('CODE_INVALID');
    expect(await code(`${good.slice(0, -20)}AAAA${good.slice(-16)}`)).toBe('CODE_INVALID');
    expect(await code(partCode(part))).toBe('CODE_INVALID');
    expect(await code(memberCode(1, '330113'))).toBe('CODE_INVALID');
    const short = await memberCode(1, yuhang, new Date(Date.now() + 5_000));
    at(Date.now() + 5 * minute);
    expect(await code(short)).toBe('CODE_EXPIRED');
    // Valid when it was scanned, though no longer when it comes in.
    expect(await code(short, office, new Date(Date.now() - 5 * minute).toISOString())).toBeNull();
    vi.useRealTimers();
    const asMember = async (given: string) =>
      (await take('signIn', { code: given, scannedAt: now() }, memberOf(2))).code;
    expect(await asMember(good)).toBe('CODE_INVALID');
    expect(await asMember(await partCode(crypto.randomUUID()))).toBe('NOT_FOUND');
    expect((await list(consultation)).attendanceSummary.present).toBe(1);
  });

  test('is scanned by the office that leads or the convenor, and by nobody else', async () => {
    const { part } = await there({ organization: group, visibility: 'PUBLIC' });
    const by = async (as: Actor) => (await scan(part, 1, {}, as)).code;
    expect(await by(staff('330113'))).toBe('NOT_YOURS');
    expect(await by(staff('330100'))).toBe('NOT_YOURS');
    expect(await by({ kind: 'STAFF', subject: 'p', committee: yuhang, duties: ['proposals'] })).toBe('FORBIDDEN');
    expect(await by(memberOf(1))).toBe('NOT_YOURS');
    expect(await by(memberOf(5, yuhang, [id(600)]))).toBe('NOT_YOURS');
    expect(await by(everyone)).toBe('FORBIDDEN');
    expect(await by(department(yuhang, id(3)))).toBe('FORBIDDEN');
    expect(await by(agency)).toBe('NOT_FOUND');
    expect(await by(convenor)).toBeNull();
    const code = await partCode(part);
    for (const as of [office, everyone, agency, operator])
      expect((await take('signIn', { code, scannedAt: now() }, as)).code).toBe('FORBIDDEN');
    expect((await take('signIn', { code, scannedAt: now() }, memberOf(6, '330113'))).code).toBe('NOT_YOURS');
  });

  test('has a code of its part that only those who keep the list are given', async () => {
    const { consultation, part } = await there({ organization: group, visibility: 'PUBLIC' });
    const seen = async (as: Actor) => {
      const { data } = await hub.ask(
        'query ($id: ID!, $part: ID!) { partCode(part: $part) { payload } consultation(id: $id) { parts { signedIn signInCode { payload } } } }',
        { as, variables: { id: consultation, part } },
      );
      return [data.partCode?.payload, data.consultation?.parts[0]?.signInCode?.payload];
    };
    for (const as of [memberOf(1), everyone, staff('330100'), department(yuhang, id(3)), operator])
      expect((await seen(as)).filter(Boolean)).toEqual([]);
    for (const as of [office, convenor]) {
      const [asked] = await seen(as);
      expect(asked).toMatch(/^CPPCC1\.P\./);
    }
    const [payload] = await seen(office);
    expect((await take('signIn', { code: payload, scannedAt: now() }, memberOf(1))).record.outcome).toBe('PRESENT');
  });

  test('that was false is voided by the office with a reason, and a true one may follow', async () => {
    const { consultation, part } = await there();
    await scan(part, 1);
    const { data } = await hub.ask(
      'query ($id: ID!) { consultation(id: $id) { attendances(first: 1) { nodes { signIns { id } } } } }',
      { as: office, variables: { id: consultation } },
    );
    const signIn = data.consultation.attendances.nodes[0].signIns[0].id;
    expect((await take('voidSignIn', { signIn, reason: ' ' }, office)).code).toBe('REQUIRED');
    expect((await take('voidSignIn', { signIn, reason: '代签' }, memberOf(1))).code).toBe('FORBIDDEN');
    expect((await take('voidSignIn', { signIn, reason: '代签' }, staff('330113'))).code).toBe('NOT_FOUND');
    const fields = 'outcome signIns { status reason events { step } }';
    expect((await done('voidSignIn', { signIn, reason: '代签' }, office, 'attendance', fields)).record).toEqual({
      outcome: null,
      signIns: [{ status: 'VOIDED', reason: '代签', events: [{ step: 'scanDutyCode' }, { step: 'voidSignIn' }] }],
    });
    // Not a record that is asked for by itself: of its machine one step is left, from one state.
    expect(signInMachine.steps.voidSignIn.from).toEqual(['SIGNED_IN']);
    expect((await take('voidSignIn', { signIn, reason: '代签' }, office)).code).toBe('STEP_NOT_ALLOWED');
    expect((await scan(part, 1)).record.outcome).toBe('PRESENT');
  });
});

describe('scans of a phone that was offline', () => {
  const send = async (scans: readonly object[], as: Actor, idempotencyKey?: string) => {
    const { data, errors } = await hub.ask(
      `mutation ($input: RecordScansInput!) { recordScans(input: $input) { results { attendance { status outcome member { id } } userErrors { code path } } userErrors { code } } }`,
      { as, variables: { input: { scans, ...(idempotencyKey && { idempotencyKey }) } } },
    );
    return { results: data?.recordScans?.results, code: errors[0] ?? data?.recordScans?.userErrors[0]?.code ?? null };
  };

  test('have each their own result, and one that is refused costs no other', async () => {
    const { consultation, parts } = await announced({ places: 2 });
    for (const n of [1, 2, 3]) await signUp(consultation, n);
    const scans = await Promise.all(
      [1, 3, 1, 2].map(async (n) => ({ part: parts[0], code: await memberCode(n), scannedAt: now() })),
    );
    const idempotencyKey = crypto.randomUUID();
    const { results } = await send(
      [...scans, { part: parts[0], code: 'garbage', scannedAt: now() }, { code: scans[0]?.code, scannedAt: now() }],
      office,
      idempotencyKey,
    );
    expect(results.map(({ userErrors }: { userErrors: { code: string }[] }) => userErrors[0]?.code ?? null)).toEqual([
      null,
      'NOT_SIGNED_UP',
      'ALREADY_SIGNED_IN',
      null,
      'CODE_INVALID',
      'REQUIRED',
    ]);
    expect(results[5].userErrors[0].path).toEqual(['input', 'scans', '5', 'part']);
    expect(results[2].attendance).toMatchObject({ outcome: 'PRESENT', member: { id: id(1) } });
    expect((await list(consultation)).attendanceSummary.present).toBe(2);
  });

  test('of two phones with the same people in opposite order are all counted once', async () => {
    const { consultation, parts } = await announced();
    const scans = await Promise.all(
      Array.from({ length: 15 }, async (_, n) => ({ part: parts[0], code: await memberCode(n), scannedAt: now() })),
    );
    const both = await Promise.all([send(scans, office), send([...scans].reverse(), office)]);
    expect(both.map(({ code }) => code)).toEqual([null, null]);
    expect((await list(consultation)).attendanceSummary.present).toBe(15);
    const taken = both.flatMap(({ results }) => results).filter((one) => one.userErrors.length === 0);
    expect(taken).toHaveLength(15);
  });

  test('are a member’s own too, and nobody’s who may not sign in', async () => {
    const { parts } = await announced({ starts: [15, 20] });
    const scans = await Promise.all(parts.map(async (part) => ({ code: await partCode(part), scannedAt: now() })));
    const { results } = await send(scans, memberOf(1));
    expect(results.map((one: { attendance: { outcome: string } }) => one.attendance.outcome)).toEqual([
      'PRESENT',
      'PRESENT',
    ]);
    for (const as of [everyone, agency, department(yuhang, id(3))])
      expect((await send(scans, as)).code).toBe('FORBIDDEN');
  });
});

describe('the room of an online meeting', () => {
  test('is open to those who take part, whenever they do, and to no other member', async () => {
    const { consultation } = await announced({ visibility: 'PUBLIC', places: 1 });
    await signUp(consultation, 1);
    const late = await signUp(consultation, 2);
    await done(
      'setOnlineMeeting',
      { consultation, link: 'https://meeting.example.cn/1', visibility: 'INTERNAL' },
      office,
      'consultation',
      'id',
    );
    const link = async (as: Actor) => {
      const { data } = await hub.ask('query ($id: ID!) { consultation(id: $id) { onlineMeeting { link } } }', {
        as,
        variables: { id: consultation },
      });
      return data.consultation.onlineMeeting?.link ?? null;
    };
    expect(await link(memberOf(1))).toBe('https://meeting.example.cn/1');
    for (const as of [memberOf(2), memberOf(3), everyone, staff('330113')]) expect(await link(as)).toBeNull();
    const { myAttendance } = await list(consultation, memberOf(1));
    await done('withdrawSignUp', { attendance: myAttendance.id }, memberOf(1));
    expect(late.record.status).toBe('WAITING');
    expect(await link(memberOf(2))).toBe('https://meeting.example.cn/1');
    expect(await link(memberOf(1))).toBeNull();
  });
});
