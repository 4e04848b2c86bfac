/** Who is one person is known here by what the directory tells, before any of them acts. */
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createDutyCodeKey, dutyCodeIssuer, publicDutyCodeKeys } from '@hub/duty-code';
import { feed, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ahead, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const [here, there, alone] = ['a1', 'a2', 'a3'].map((n) => `70000000-0000-4000-8000-0000000000${n}`) as [
  string,
  string,
  string,
];
const [person, somebody] = ['b1', 'b2'].map((n) => `70000000-0000-4000-8000-0000000000${n}`) as [string, string];
const minute = 60_000;

let key: string;
let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let days = 100;
let place = '';
beforeAll(async () => {
  key = await createDutyCodeKey();
  hub = await startTestSubgraph(consultations, 'empty', {
    dutyCodePrivateKey: key,
    dutyCodePublicKeys: publicDutyCodeKeys([key]),
  });
  plans = planning(hub);
});
beforeEach(() => tell([here, songjiang, person], [there, shangrao, person], [alone, songjiang, somebody]));
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => hub.stop());

/** What the follower hands over of memberships: whose they are, and of which committee. */
async function tell(...memberships: readonly (readonly [id: string, committee: string, person: string])[]) {
  const next = String(Number(place) + 1);
  const records = memberships.map(([id, owner, person]) => ({
    ...{ type: 'Member', id, owner, person, days: '{(,)}', visibility: 'PUBLIC', parties: [], subjects: [] },
  }));
  const { data, errors } = await hub.ask(
    'mutation ($input: ProjectReferablesInput!) { projectReferables(input: $input) { next } }',
    { as: feed, variables: { input: { source: 'members', after: place, next, ends: true, records } } },
  );
  expect([errors, data.projectReferables]).toEqual([[], { next }]);
  place = next;
}
const as = (id: string, memberships: readonly string[] = [id]): Actor => ({
  ...member(id, id === here ? songjiang : shangrao),
  memberships,
});
async function take(name: string, input: object, actor: Actor, record = 'attendance', fields = 'id status invited') {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { ${fields} } userErrors { code } } }`,
    { as: actor, variables: { input } },
  );
  return { record: data?.[name]?.[record], code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null };
}
const done = async (...given: Parameters<typeof take>) => {
  const { record, code } = await take(...given);
  expect([given[0], code]).toEqual([given[0], null]);
  return record;
};
type Row = { id: string; status: string; member: { id: string }; events: { step: string }[] };
const counted = async (consultation: string, actor: Actor = staff(songjiang)) => {
  const { data } = await hub.ask(
    `query ($id: ID!) { consultation(id: $id) { placesLeft attendanceSummary { invited signedUp waiting present }
      attendances(first: 50) { nodes { id status member { id } events { step } } } } }`,
    { as: actor, variables: { id: consultation } },
  );
  const rows: Row[] = data.consultation.attendances.nodes;
  return {
    ...data.consultation.attendanceSummary,
    rows,
    statusOf: (one: string) => rows.find((row) => row.member.id === one)?.status,
    stepsOf: (one: string) => rows.find((row) => row.member.id === one)?.events.map(({ step }) => step),
  };
};
const nominate = (jointPlan: string, name: string, member: string, committee: string) =>
  done('nominate', { jointPlan, kind: 'MEMBER', name, member }, staff(committee), 'nominee', 'id');
/** A locked plan of both committees. */
async function locked() {
  days += 2;
  const { id: plan, proposal } = await plans.start(songjiang, [shangrao], { starts: [ahead(days)] });
  const starts = proposal.slots.map((slot: { starts: string }) => slot.starts);
  const { consultation } = await plans.done('acceptJointPlan', { jointPlan: plan, number: 1, starts }, shangrao);
  return { plan, consultation: consultation.id as string };
}
/** One that both committees host, with its sign-up open. */
async function announced({ places = 2, opensIn = -1 }: { places?: number | null; opensIn?: number } = {}) {
  const office = staff(songjiang);
  const { id: consultation } = await done(
    'planConsultation',
    { committee: songjiang, title: '联合视察', kind: 'TOPICAL' },
    office,
    'consultation',
    'id',
  );
  const starts = Date.now() + 15 * minute;
  const part = {
    title: '视察',
    starts: new Date(starts).toISOString(),
    ends: new Date(starts + 60 * minute).toISOString(),
  };
  const { parts } = await done(
    'scheduleConsultation',
    { consultation, parts: [part] },
    office,
    'consultation',
    'id parts { id }',
  );
  const opens = new Date(Date.now() + opensIn * minute).toISOString();
  await done(
    'announceConsultation',
    { consultation, signUpOpens: opens, visibility: 'PUBLIC', ...(places !== null && { places }) },
    office,
    'consultation',
    'id',
  );
  await hub.testDatabase
    .admin`insert into consultations.host (id, owner, owner_as_filed, visibility, consultation, committee, committee_as_filed, role, position)
    values (gen_random_uuid(), ${songjiang}, ${songjiang}, 'PUBLIC', ${consultation}, ${shangrao}, ${shangrao}, 'CO_HOST', 1)`;
  return { consultation: consultation as string, part: parts[0].id as string };
}
const invite = (consultation: string, ...members: string[]) =>
  done('inviteMembers', { consultation, members }, staff(songjiang), 'consultation', 'id');

describe('two parties nominate one person', () => {
  test('who counts one from the moment the plan is locked, with a record for each party', async () => {
    const { plan, consultation } = await locked();
    await nominate(plan, '周医生', here, songjiang);
    await nominate(plan, '周医生', there, shangrao);
    await nominate(plan, '李医生', alone, songjiang);
    const seen = await counted(consultation);
    expect(seen).toMatchObject({ invited: 2, signedUp: 0 });
    expect([seen.statusOf(here), seen.statusOf(there)]).toEqual(['INVITED', 'SAME_SEAT']);
    expect(seen.stepsOf(there)).toContain('mergeSeats');
  });

  test('who accepts as either of them, and has the seat as that one', async () => {
    const { plan, consultation } = await locked();
    await nominate(plan, '周医生', here, songjiang);
    await nominate(plan, '周医生', there, shangrao);
    const { rows } = await counted(consultation);
    const [invitation] = (rows as Row[]).filter((row) => row.member.id === here);
    // The invitation that they were shown is the other membership's.
    const taken = await done('acceptInvitation', { attendance: invitation?.id }, as(there, [here, there]));
    expect(taken).toMatchObject({ status: 'SIGNED_UP', invited: true });
    const seen = await counted(consultation);
    expect(seen).toMatchObject({ invited: 1, signedUp: 1 });
    expect([seen.statusOf(here), seen.statusOf(there)]).toEqual(['SAME_SEAT', 'SIGNED_UP']);
    const again = await take('signUp', { consultation }, as(here, [here, there]));
    expect(again.code).toBe('SAME_SEAT');
  });

  test('whose one nomination is withdrawn, and is invited by the other', async () => {
    const { plan, consultation } = await locked();
    const first = await nominate(plan, '周医生', here, songjiang);
    const second = await nominate(plan, '周医生', there, shangrao);
    await done('withdrawNominee', { nominee: first.id, reason: '出差' }, staff(songjiang), 'nominee', 'id');
    const seen = await counted(consultation);
    expect([seen.invited, seen.statusOf(here), seen.statusOf(there)]).toEqual([1, 'WITHDRAWN', 'INVITED']);
    await done('withdrawNominee', { nominee: second.id, reason: '出差' }, staff(shangrao), 'nominee', 'id');
    expect((await counted(consultation)).invited).toBe(0);
  });
});

describe('an unanswered invitation of another membership', () => {
  test('is taken by a sign-up, before sign-up opens and without a place', async () => {
    const { consultation } = await announced({ places: 1, opensIn: 5 });
    await invite(consultation, here);
    const taken = await done('signUp', { consultation }, as(there));
    expect(taken).toMatchObject({ status: 'SIGNED_UP', invited: true });
    const seen = await counted(consultation);
    expect(seen).toMatchObject({ invited: 1, signedUp: 1, waiting: 0 });
    expect([seen.statusOf(here), seen.statusOf(there)]).toEqual(['SAME_SEAT', 'SIGNED_UP']);
    expect(seen.stepsOf(there)?.toSorted()).toEqual(['signUp', 'takeSeat']);
  });

  test('is taken by whoever comes', async () => {
    const { consultation, part } = await announced({ places: null });
    await invite(consultation, here);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * minute });
    const code = await dutyCodeIssuer(key).member({
      member: there,
      committee: shangrao,
      expires: new Date(Date.now() + 60 * minute),
    });
    await done('scanDutyCode', { part, code, scannedAt: new Date().toISOString() }, staff(songjiang));
    const seen = await counted(consultation);
    expect([seen.present, seen.statusOf(here), seen.statusOf(there)]).toEqual([1, 'SAME_SEAT', 'WALKED_IN']);
  });
});

describe('a person with a seat, and a record of another membership', () => {
  const scan = async (of: string, committee: string, part: string) => {
    const code = await dutyCodeIssuer(key).member({
      member: of,
      committee,
      expires: new Date(Date.now() + 60 * minute),
    });
    return done('scanDutyCode', { part, code, scannedAt: new Date().toISOString() }, staff(songjiang));
  };
  const mine = async (consultation: string, of: string) =>
    (
      await hub.ask(
        'query ($id: ID!) { consultation(id: $id) { myAttendance { id status outcome signIns { status } pendingSteps { step } } } }',
        { as: as(of), variables: { id: consultation } },
      )
    ).data.consultation.myAttendance;
  const invitedTwice = async () => {
    const { consultation, part } = await announced({ places: 1 });
    await invite(consultation, here);
    await done('inviteMembers', { consultation, members: [there] }, staff(shangrao), 'consultation', 'id');
    const statuses = async () => {
      const seen = await counted(consultation);
      return [seen.statusOf(here), seen.statusOf(there)];
    };
    const idOf = async (of: string) => (await mine(consultation, of)).id as string;
    expect(await statuses()).toEqual(['INVITED', 'SAME_SEAT']);
    return { consultation, part, statuses, idOf };
  };

  test('is present to the office and to themself as either, whichever code was scanned', async () => {
    const { consultation, part } = await announced({ places: 2 });
    const { id } = await done('signUp', { consultation }, as(there));
    await done('withdrawSignUp', { attendance: id }, as(there));
    await done('signUp', { consultation }, as(here));
    await scan(there, shangrao, part);
    for (const of of [here, there])
      expect(await mine(consultation, of)).toMatchObject({ outcome: 'PRESENT', signIns: [{ status: 'SIGNED_IN' }] });
    expect((await counted(consultation)).present).toBe(1);
  });

  test('signs in as the one that shares the seat, where places are limited', async () => {
    const { consultation, part } = await announced({ places: 1 });
    await done('signUp', { consultation }, as(here));
    await done('signUp', { consultation }, as(there));
    const { data } = await hub.ask('query ($part: ID!) { partCode(part: $part) { payload } }', {
      as: staff(songjiang),
      variables: { part },
    });
    const code = data.partCode.payload;
    await done('signIn', { code, scannedAt: new Date().toISOString() }, as(there));
    const again = await take('signIn', { code, scannedAt: new Date().toISOString() }, as(here));
    expect(again.code).toBe('ALREADY_SIGNED_IN');
    expect((await counted(consultation)).present).toBe(1);
  });

  test('declines as one, and answers as the other', async () => {
    const { statuses, idOf } = await invitedTwice();
    await done('declineInvitation', { attendance: await idOf(here), reason: '出差' }, as(here));
    expect(await statuses()).toEqual(['DECLINED', 'INVITED']);
    await done('acceptInvitation', { attendance: await idOf(there) }, as(there));
    expect(await statuses()).toEqual(['DECLINED', 'SIGNED_UP']);
  });

  test('declines as the one that shares the seat, and is asked as the other still', async () => {
    const { statuses, idOf } = await invitedTwice();
    await done('declineInvitation', { attendance: await idOf(there), reason: '出差' }, as(there));
    expect(await statuses()).toEqual(['INVITED', 'DECLINED']);
  });

  test('withdraws or is represented as one, and is invited as the other again', async () => {
    const withdrawn = await invitedTwice();
    const id = await withdrawn.idOf(here);
    await done('acceptInvitation', { attendance: id }, as(here));
    await done('withdrawSignUp', { attendance: id }, as(here));
    expect(await withdrawn.statuses()).toEqual(['WITHDRAWN', 'INVITED']);
    const represented = await invitedTwice();
    await done('nameSubstitute', { attendance: await represented.idOf(here), substitute: alone }, as(here));
    const { data } = await hub.ask('query ($id: ID!) { consultation(id: $id) { myAttendance { id } } }', {
      as: member(alone, songjiang),
      variables: { id: represented.consultation },
    });
    const asked = { attendance: data.consultation.myAttendance.id };
    await done('acceptSubstitution', asked, member(alone, songjiang));
    expect(await represented.statuses()).toEqual(['SUBSTITUTED', 'INVITED']);
  });

  test('acts on the seat as the one that shares it: has it from then on, and gives it up as both', async () => {
    const { consultation } = await announced({ places: 1 });
    await done('signUp', { consultation }, as(here));
    await done('signUp', { consultation }, as(there));
    const { id: attendance, pendingSteps } = await mine(consultation, there);
    expect(pendingSteps.map(({ step }: { step: string }) => step)).toContain('withdrawSignUp');
    await done('requestLeave', { attendance, reason: '会议冲突' }, as(there), 'leave', 'id');
    let seen = await counted(consultation);
    expect([seen.statusOf(here), seen.statusOf(there), seen.signedUp]).toEqual(['SAME_SEAT', 'SIGNED_UP', 1]);
    await done('withdrawSignUp', { attendance: (await mine(consultation, here)).id }, as(here));
    seen = await counted(consultation);
    expect([seen.statusOf(here), seen.statusOf(there), seen.signedUp]).toEqual(['WITHDRAWN', 'WITHDRAWN', 0]);
  });

  test('is asked to stand in again once they gave up a seat of their own', async () => {
    const { consultation } = await announced({ places: 3 });
    const { id: attendance } = await done('signUp', { consultation }, member(alone, songjiang));
    await done('nameSubstitute', { attendance, substitute: here }, member(alone, songjiang));
    const { id } = await done('signUp', { consultation }, as(there));
    let seen = await counted(consultation);
    expect([seen.statusOf(alone), seen.statusOf(here), seen.statusOf(there)]).toEqual([
      'SIGNED_UP',
      'SAME_SEAT',
      'SIGNED_UP',
    ]);
    await done('withdrawSignUp', { attendance: id }, as(there));
    seen = await counted(consultation);
    expect([seen.statusOf(alone), seen.statusOf(here), seen.statusOf(there)]).toEqual([
      'SUBSTITUTE_NAMED',
      'ASKED',
      'WITHDRAWN',
    ]);
  });

  test('has no leave from where they are, and whoever was granted leave is told apart from whoever may be invited', async () => {
    const { consultation, part } = await announced({ places: 3 });
    const { id: attendance } = await done('signUp', { consultation }, as(here));
    const leave = await done('requestLeave', { attendance, reason: '会议冲突' }, as(here), 'leave', 'id');
    await scan(here, songjiang, part);
    const late = await take('requestLeave', { attendance, reason: '早退' }, as(here), 'leave', 'id');
    expect(late.code).toBe('ALREADY_SIGNED_IN');
    expect((await take('approveLeave', { leave: leave.id }, staff(songjiang), 'leave', 'id')).code).toBe(
      'ALREADY_SIGNED_IN',
    );
    const { id: other } = await done('signUp', { consultation }, member(alone, songjiang));
    const granted = await done(
      'requestLeave',
      { attendance: other, reason: '出差' },
      member(alone, songjiang),
      'leave',
      'id',
    );
    await done('approveLeave', { leave: granted.id }, staff(songjiang), 'leave', 'id');
    const again = await take(
      'inviteMembers',
      { consultation, members: [alone] },
      staff(songjiang),
      'consultation',
      'id',
    );
    expect(again.code).toBe('STEP_NOT_ALLOWED');
  });
});

describe('a person who is corrected', () => {
  test('is two again, each with a seat of their own, and one again with one of them', async () => {
    const { consultation } = await announced({ places: 1 });
    await done('signUp', { consultation }, as(here));
    await done('signUp', { consultation }, as(there));
    await invite(consultation, alone);
    expect((await counted(consultation)).statusOf(there)).toBe('SAME_SEAT');
    await tell([there, shangrao, somebody]);
    // The other is invited and has yet to answer: somebody's seat is that one, and the membership that queued before shares it.
    let seen = await counted(consultation);
    expect([seen.statusOf(here), seen.statusOf(there), seen.statusOf(alone)]).toEqual([
      'SIGNED_UP',
      'SAME_SEAT',
      'INVITED',
    ]);
    await tell([there, shangrao, crypto.randomUUID()]);
    seen = await counted(consultation);
    expect([seen.statusOf(here), seen.statusOf(there), seen.signedUp, seen.waiting]).toEqual([
      'SIGNED_UP',
      'WAITING',
      1,
      1,
    ]);
    await tell([there, shangrao, person]);
    seen = await counted(consultation);
    expect([seen.statusOf(here), seen.statusOf(there), seen.waiting]).toEqual(['SIGNED_UP', 'SAME_SEAT', 0]);
  });

  test('is what the directory says last, and until then what a token said', async () => {
    const { consultation } = await announced();
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    await tell([one, songjiang, crypto.randomUUID()], [other, songjiang, crypto.randomUUID()]);
    await invite(consultation, one, other);
    expect((await counted(consultation)).invited).toBe(2);
    await done('signUp', { consultation }, { ...member(one, songjiang), memberships: [one, other] });
    expect((await counted(consultation)).invited).toBe(1);
    await tell([other, songjiang, crypto.randomUUID()]);
    const seen = await counted(consultation);
    expect([seen.invited, seen.statusOf(one), seen.statusOf(other)]).toEqual([2, 'SIGNED_UP', 'INVITED']);
  });
});

describe('who had somebody stand in', () => {
  test('comes back by an invitation, or signs up again', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    await tell([first, songjiang, crypto.randomUUID()], [second, songjiang, crypto.randomUUID()]);
    const { consultation } = await announced({ places: 5 });
    const { id: attendance } = await done('signUp', { consultation }, member(first, songjiang));
    await done('nameSubstitute', { attendance, substitute: second }, member(first, songjiang));
    await done('signUp', { consultation }, member(second, songjiang));
    expect((await counted(consultation)).statusOf(first)).toBe('SUBSTITUTED');
    await invite(consultation, first);
    expect((await counted(consultation)).statusOf(first)).toBe('INVITED');
    await done('acceptInvitation', { attendance }, member(first, songjiang));
    expect(await counted(consultation)).toMatchObject({ signedUp: 2 });
    const { consultation: another } = await announced({ places: 5 });
    const { id: own } = await done('signUp', { consultation: another }, member(first, songjiang));
    await done('nameSubstitute', { attendance: own, substitute: second }, member(first, songjiang));
    await done('signUp', { consultation: another }, member(second, songjiang));
    expect(await done('signUp', { consultation: another }, member(first, songjiang))).toMatchObject({
      status: 'SIGNED_UP',
    });
  });
});

test('whoever is named is looked for in one statement, however many there are', async () => {
  const { consultation } = await announced();
  const many = Array.from({ length: 6 }, () => crypto.randomUUID());
  await tell(...many.map((one) => [one, songjiang, crypto.randomUUID()] as const));
  await invite(consultation, ...many);
  // They are on the list by now, so nobody is written.
  const cost = async (members: readonly string[]) => {
    const { errors, statements } = await hub.ask(
      'mutation ($input: InviteMembersInput!) { inviteMembers(input: $input) { consultation { id } userErrors { code } } }',
      { as: staff(songjiang), variables: { input: { consultation, members } } },
    );
    expect(errors).toEqual([]);
    return statements;
  };
  expect(await cost(many)).toBe(await cost(many.slice(0, 1)));
});
