/** Whatever a person does by two memberships, and two offices for them: one seat, and everybody tells the same of it. */
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createDutyCodeKey, dutyCodeIssuer, publicDutyCodeKeys } from '@hub/duty-code';
import { feed, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const [lead, host] = ['310117', '361100'];
const minute = 60_000;
const iso = (time: number) => new Date(time).toISOString();
const uuid = () => crypto.randomUUID() as string;

let key: string;
let hub: TestSubgraph;
let place = '';
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

/** A person with a membership at each host, as the directory tells it, and others who may stand in. */
async function personOfTwo() {
  const [here, there, alone, another, elsewhere, person] = Array.from({ length: 6 }, uuid) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const next = String(Number(place) + 1);
  const records = [
    [here, lead, person],
    [there, host, person],
    [alone, lead, uuid()],
    [another, lead, uuid()],
    [elsewhere, host, uuid()],
  ].map(([id, owner, person]) => ({
    ...{ type: 'Member', id, owner, person, days: '{(,)}', visibility: 'PUBLIC', parties: [], subjects: [] },
  }));
  await hub.ask('mutation ($input: ProjectReferablesInput!) { projectReferables(input: $input) { next } }', {
    as: feed,
    variables: { input: { source: 'members', after: place, next, ends: true, records } },
  });
  place = next;
  return { here, there, alone, another, elsewhere };
}
const own: Readonly<Record<string, string>> = {
  inviteMembers: 'consultation',
  requestLeave: 'leave',
  approveLeave: 'leave',
};
async function act(name: string, input: object, as: Actor) {
  const record = own[name] ?? 'attendance';
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } userErrors { code } } }`,
    { as, variables: { input } },
  );
  // Refused or not: nothing of the inside, and no path to nowhere.
  expect([name, errors.filter((code) => code !== 'FORBIDDEN')]).toEqual([name, []]);
  const answer = data?.[name];
  return {
    id: answer?.[record]?.id as string | undefined,
    code: (errors[0] ?? answer?.userErrors[0]?.code ?? null) as string | null,
  };
}
/** What two committees host, begun in a quarter of an hour. */
async function announced(places?: number) {
  const ask = async (name: string, input: object, fields = 'id') =>
    (
      await hub.ask(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { consultation { ${fields} } } }`,
        { as: staff(lead), variables: { input } },
      )
    ).data[name].consultation;
  const { id: consultation } = await ask('planConsultation', { committee: lead, title: '联合视察', kind: 'TOPICAL' });
  const starts = Date.now() + 15 * minute;
  const part = { title: '视察', starts: iso(starts), ends: iso(starts + 60 * minute) };
  const { parts } = await ask('scheduleConsultation', { consultation, parts: [part] }, 'id parts { id }');
  await ask('announceConsultation', {
    consultation,
    signUpOpens: iso(Date.now() - minute),
    visibility: 'PUBLIC',
    ...(places !== undefined && { places }),
  });
  await hub.testDatabase
    .admin`insert into consultations.host (id, owner, owner_as_filed, visibility, consultation, committee, committee_as_filed, role, position)
    values (gen_random_uuid(), ${lead}, ${lead}, 'PUBLIC', ${consultation}, ${host}, ${host}, 'CO_HOST', 1)`;
  return { consultation: consultation as string, part: parts[0].id as string };
}

interface Row {
  readonly id: string;
  readonly status: string;
  readonly invited: boolean;
  readonly outcome: string | null;
  readonly member: { readonly id: string };
  readonly signIns: readonly { readonly id: string; readonly status: string }[];
  readonly pendingSteps: readonly { readonly step: string }[];
}
const shown = 'id status invited outcome member { id } signIns { id status } pendingSteps { step }';
async function seen(consultation: string, as: Actor) {
  const { data, errors } = await hub.ask(
    `query ($id: ID!) { consultation(id: $id) { title parts { signedIn } attendanceSummary { invited signedUp waiting onLeave present absent }
      attendances(first: 50) { totalCount nodes { ${shown} } } myAttendance { ${shown} } } }`,
    { as, variables: { id: consultation } },
  );
  expect(errors).toEqual([]);
  return { ...data.consultation, rows: data.consultation.attendances.nodes as Row[] };
}
const unseated = ['WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT'];
const told = ({ pendingSteps: _, ...row }: Row) => row;

/** Everybody tells the same of it. @returns what the lead's office sees */
async function agreed(consultation: string, { here, there }: { here: string; there: string }) {
  const office = await seen(consultation, staff(lead));
  const other = await seen(consultation, staff(host));
  expect(other.attendanceSummary).toEqual(office.attendanceSummary);
  expect(other.rows.map(told)).toEqual(office.rows.map(told));
  const records = office.rows.filter(({ member: { id } }: Row) => [here, there].includes(id));
  const seats = records.filter(({ status }: Row) => !unseated.includes(status));
  expect(seats.length).toBeLessThanOrEqual(1);
  for (const record of records) {
    if (record.status === 'SAME_SEAT')
      expect([seats.length, record.outcome, record.signIns]).toEqual([1, seats[0]?.outcome, seats[0]?.signIns]);
    const self = await seen(consultation, member(record.member.id, record.member.id === here ? lead : host));
    expect(told(self.myAttendance)).toEqual(told(record));
  }
  const count = (condition: (row: Row) => boolean) => office.rows.filter(condition).length;
  const expected = (row: Row) => ['INVITED', 'SIGNED_UP', 'SUBSTITUTE_NAMED'].includes(row.status);
  const presentPersons =
    count((row) => row.outcome === 'PRESENT' && !records.includes(row)) +
    (records.some((row: Row) => row.outcome === 'PRESENT') ? 1 : 0);
  expect(office.attendanceSummary).toMatchObject({
    invited: count((row) => row.invited && expected(row)),
    signedUp: count((row) => ['SIGNED_UP', 'SUBSTITUTE_NAMED'].includes(row.status)),
    waiting: count((row) => row.status === 'WAITING'),
    present: presentPersons,
  });
  expect(office.parts[0].signedIn).toBe(presentPersons);
  return office as { rows: Row[] };
}

/** Numbers that come out the same for the same seed. */
function numbersOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('a person of two memberships', () => {
  test.each([1, 2, 3, 4])('has one seat, and everybody tells the same of it, whatever is done (%i)', async (seed) => {
    const random = numbersOf(seed * 7_919);
    const persons = await personOfTwo();
    const { here, there, alone, another, elsewhere } = persons;
    const { consultation, part } = await announced([undefined, 1, 3][seed % 3]);
    const issuer = dutyCodeIssuer(key);
    const code = (of: string, committee: string) =>
      issuer.member({ member: of, committee, expires: new Date(Date.now() + 60 * minute) });
    const selves = (acting: string) =>
      random(2) === 0
        ? member(acting, acting === here ? lead : host)
        : { ...member(acting, acting === here ? lead : host), memberships: [here, there] };
    const promised = async () => {
      const acting = [here, there][random(2)] as string;
      const as = selves(acting);
      const { myAttendance } = await seen(consultation, as);
      const steps = (myAttendance?.pendingSteps ?? []).map(({ step }: { step: string }) => step);
      const step = steps[random(steps.length)];
      if (!step) return act('signUp', { consultation }, as);
      const input = {
        attendance: myAttendance.id,
        ...(step === 'declineInvitation' && { reason: '另有公务' }),
        ...(step === 'nameSubstitute' && { substitute: acting === there ? elsewhere : [alone, another][random(2)] }),
      };
      const { code: refusal } = await act(step, input, as);
      // What a record promises to whoever it is of is taken, unless the other is in the way: named already, or no place.
      expect([step, refusal === 'SUBSTITUTE_NOT_FREE' ? null : refusal]).toEqual([step, null]);
      return undefined;
    };
    const rows = async () => (await seen(consultation, staff(lead))).rows as Row[];
    const rowOf = async (of: string) => (await rows()).find((row) => row.member.id === of)?.id ?? uuid();
    const acts: readonly (() => Promise<unknown>)[] = [
      promised,
      promised,
      promised,
      async () => act('signUp', { consultation }, selves([here, there][random(2)] as string)),
      async () => act('inviteMembers', { consultation, members: [[here, alone, another][random(3)]] }, staff(lead)),
      async () => act('inviteMembers', { consultation, members: [there] }, staff(host)),
      async () => act('inviteMember', { attendance: await rowOf(there) }, staff(host)),
      async () => {
        const [of, committee] = [
          [here, lead],
          [there, host],
        ][random(2)] as [string, string];
        const scan = { part, code: await code(of, committee), scannedAt: new Date().toISOString() };
        return act('scanDutyCode', scan, staff(lead));
      },
      async () => {
        const acting = [here, there][random(2)] as string;
        const as = selves(acting);
        const { myAttendance } = await seen(consultation, as);
        const input = { attendance: myAttendance?.id ?? uuid(), reason: '出差' };
        const { id, code: refusal } = await act('requestLeave', input, as);
        if (refusal === null && random(2) === 0)
          for (const office of [lead, host]) await act('approveLeave', { leave: id }, staff(office));
      },
      async () => {
        const naming = await rowOf(alone);
        await act('signUp', { consultation }, member(alone, lead));
        return act('nameSubstitute', { attendance: naming, substitute: here }, member(alone, lead));
      },
    ];
    for (let round = 0; round < 14; round++) {
      await acts[random(acts.length)]?.();
      await agreed(consultation, persons);
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * minute });
    await hub.ask(
      'mutation ($input: RecordConsultationHeldInput!) { recordConsultationHeld(input: $input) { userErrors { code } } }',
      {
        as: staff(lead),
        variables: { input: { consultation } },
      },
    );
    const { rows: last } = await agreed(consultation, persons);
    const { data } = await hub.ask('{ dutyFeed(after: "", first: 1000) { facts { member outcomes record } } }', {
      as: feed,
    });
    const facts = new Map<string, string>(
      data.dutyFeed.facts
        .filter((fact: { record: string }) => fact.record === consultation)
        .map((fact: { member: string; outcomes: string[] }) => [fact.member, fact.outcomes[0]]),
    );
    const names: Readonly<Record<string, string>> = { PRESENT: 'PRESENT', ON_LEAVE: 'LEAVE', ABSENT: 'ABSENT' };
    for (const row of last)
      expect([row.member.id, facts.get(row.member.id)]).toEqual([
        row.member.id,
        row.outcome === null ? undefined : names[row.outcome],
      ]);
  });
});
