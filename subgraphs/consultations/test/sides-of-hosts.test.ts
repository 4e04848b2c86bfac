import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createDutyCodeKey, dutyCodeIssuer, publicDutyCodeKeys } from '@hub/duty-code';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ahead, planning } from './joint-plan.ts';

// A pairing that no document tells of: one that leads, one that hosts with it, one that left, declined, is silent, was replaced.
const [lead, other] = ['350628', '445122'];
const [left, declined, silent, replaced] = ['350624', '445100', '350600', '445103'];
const own = { [lead]: crypto.randomUUID(), [other]: crypto.randomUUID() };

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let key = '';
let consultation = '';
let starts = '';
let part = '';
const hosts = [lead, other];
const strangers: readonly Actor[] = [
  ...[left, declined, silent, replaced, '350000', '440000', '100000'].map((code) => staff(code)),
  ...[lead, other, silent].map((code) => member(crypto.randomUUID(), code)),
  { kind: 'STAFF', subject: 'uncharged', committee: other, duties: ['members'] },
  department(other, crypto.randomUUID()),
  everyone,
];
const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];

async function take(name: string, input: object, as: Actor, payload: string, selection = 'id') {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${payload} { ${selection} } userErrors { code } } }`,
    { as, variables: { input } },
  );
  return {
    code: (errors[0] ?? data[name].userErrors[0]?.code ?? null) as string | null,
    record: data?.[name]?.[payload],
  };
}
const done = async (name: string, input: object, as: Actor, payload: string, selection?: string) => {
  const { code, record } = await take(name, input, as, payload, selection);
  expect({ name, code }).toEqual({ name, code: null });
  return record;
};
const ask = async (query: string, as: Actor) => (await hub.ask(query, { as })).data;
const on = (minutes: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.parse(starts) + minutes * 60_000);
};

beforeAll(async () => {
  key = await createDutyCodeKey();
  hub = await startTestSubgraph(consultations, 'empty', {
    dutyCodePrivateKey: key,
    dutyCodePublicKeys: publicDutyCodeKeys([key]),
  });
  plans = planning(hub);
  starts = ahead(40);
  const { id } = await plans.start(lead, [], {
    parties: [
      { committee: other },
      ...[left, declined, silent, replaced].map((committee) => ({ committee, required: false })),
    ],
    starts: [starts],
    quotas: [{ committee: other, members: 2 }],
  });
  await plans.done('declineJointPlan', { jointPlan: id, number: 1, reason: '不便' }, declined);
  await plans.done('inviteParty', { jointPlan: id, committee: '350627', required: false, inPlaceOf: replaced }, lead);
  await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, left);
  const plan = await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, other);
  await plans.done('withdrawFromJointPlan', { jointPlan: id, reason: '换届' }, left);
  consultation = plan.consultation.id;
  part = (await ask(`{ consultation(id: "${consultation}") { parts { id } } }`, staff(lead))).consultation.parts[0].id;
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => hub.stop());

describe('before the day each host', () => {
  test('asks its own within what was agreed on, whichever the way, and nobody asks for another', async () => {
    const { data } = await hub.ask(`{ consultation(id: "${consultation}") { jointPlan { id } } }`, {
      as: staff(other),
    });
    const jointPlan = data.consultation.jointPlan.id;
    const one = { jointPlan, kind: 'MEMBER', name: '甲', member: own[other] };
    const nominee = await done('nominate', one, staff(other), 'nominee');
    const invite = (members: readonly string[], as: Actor) =>
      take('inviteMembers', { consultation, members }, as, 'consultation');
    const [second, third, fourth] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    expect((await invite([second], staff(other))).code).toBeNull();
    expect((await invite([third], staff(other))).code).toBe('LIMIT_REACHED');
    expect((await take('nominate', { ...one, name: '丙', member: third }, staff(other), 'nominee')).code).toBe(
      'LIMIT_REACHED',
    );
    for (const stranger of strangers) expect(refusals).toContain((await invite([third], stranger)).code);
    const records = async () =>
      (
        await ask(
          `{ consultation(id: "${consultation}") { attendances(first: 9) { nodes { id status member { id } } } } }`,
          staff(other),
        )
      ).consultation.attendances.nodes as { id: string; status: string; member: { id: string } }[];
    const of = async (id: string) => (await records()).find((each) => each.member.id === id);
    // Whoever stands in comes instead of another, and whoever declined makes room for one.
    const asked = { attendance: (await of(second))?.id };
    expect((await take('nameSubstitute', { ...asked, substitute: third }, staff(other), 'attendance')).code).toBeNull();
    const inFor = { attendance: (await of(third))?.id };
    expect((await take('acceptSubstitution', inFor, member(third, other), 'attendance')).code).toBeNull();
    expect((await take('inviteMember', asked, staff(other), 'attendance')).code).toBe('LIMIT_REACHED');
    expect(
      (await take('replaceNominee', { nominee: nominee.id, name: '丁', member: fourth }, staff(other), 'nominee')).code,
    ).toBeNull();
    expect((await records()).filter(({ status }) => ['INVITED', 'SIGNED_UP'].includes(status))).toHaveLength(2);
    // The one that leads has no number that was agreed on.
    expect((await invite([own[lead] ?? ''], staff(lead))).code).toBeNull();
  });
});

describe('on the day and after it each host', () => {
  test('signs its own members in by their codes, and the one that leads everybody', async () => {
    on(4);
    const scan = async (whose: string, as: Actor) => {
      const expires = new Date(Date.now() + 3_600_000);
      const code = await dutyCodeIssuer(key).member({ member: own[whose] ?? '', committee: whose, expires });
      return (await take('scanDutyCode', { part, code, scannedAt: new Date().toISOString() }, as, 'attendance')).code;
    };
    for (const stranger of strangers) expect(refusals).toContain(await scan(other, stranger));
    expect(await scan(lead, staff(other))).toBe('NOT_YOURS');
    // The nominee was replaced, and two others of its side come: whoever comes on the spot is one too many.
    expect(await scan(other, staff(other))).toBeNull();
    expect(await scan(lead, staff(lead))).toBeNull();
    const { data } = await hub.ask(`{ consultation(id: "${consultation}") { parts { signedIn } } }`, {
      as: staff(other),
    });
    expect(data.consultation.parts).toEqual([{ signedIn: 2 }]);
  });

  test('shows the code of a part on its screen', async () => {
    on(5);
    const code = async (as: Actor) => (await ask(`{ partCode(part: "${part}") { payload } }`, as))?.partCode ?? null;
    for (const host of hosts) expect((await code(staff(host)))?.payload).toEqual(expect.any(String));
    for (const stranger of strangers) expect(await code(stranger)).toBeNull();
  });

  test('records what its own side said and what came of it, gives it to its own departments and follows it up', async () => {
    on(200);
    await done('recordConsultationHeld', { consultation }, staff(other), 'consultation');
    const made: Record<string, string> = {};
    for (const host of hosts) {
      const as = staff(host);
      const suggestion = await done('recordSuggestion', { consultation, text: `${host} 的建议` }, as, 'suggestion');
      made[host] = suggestion.id;
      const steps: readonly (readonly [string, string, object])[] = [
        ['recordReading', 'reading', { consultation, suggestion: suggestion.id, text: '已开工' }],
        ['recordOutcome', 'outcome', { consultation, kind: 'POLICY', title: '办法', suggestions: [suggestion.id] }],
        [
          'recordInstruction',
          'outcome',
          { consultation, level: 'COUNTY', side: 'PARTY_COMMITTEE', office: '书记', title: '批示' },
        ],
      ];
      for (const [name, payload, input] of steps) await done(name, input, as, payload);
      const followUp = await done(
        'fileMinutes',
        { consultation, minutes: `${host} 的纪要` },
        as,
        'followUp',
        'id committee { code }',
      );
      expect(followUp.committee.code).toBe(host);
      const sent = { followUp: followUp.id, to: '区委', form: 'SPECIAL_REPORT', title: '报告' };
      await done('sendResults', sent, as, 'followUp');
      const [against = ''] = hosts.filter((one) => one !== host);
      expect((await take('sendResults', sent, staff(against), 'followUp')).code).toBe('NOT_YOURS');
      await done('receiveHandlingReport', { followUp: followUp.id, from: '水利局', text: '已办' }, as, 'followUp');
    }
    for (const host of hosts) {
      const [against = ''] = hosts.filter((one) => one !== host);
      const give = { suggestion: made[host], department: crypto.randomUUID() };
      expect((await take('assignSuggestion', give, staff(against), 'suggestion')).code).toBe('NOT_YOURS');
      await done('assignSuggestion', give, staff(host), 'suggestion');
      const seen = await ask(
        `{ consultation(id: "${consultation}") { followUp { minutes } followUps { committee { code } } suggestions(first: 9) { totalCount } outcomes { title } minutesDue } }`,
        staff(host),
      );
      expect(seen.consultation).toMatchObject({
        followUp: { minutes: `${host} 的纪要` },
        followUps: [{ committee: { code: lead } }, { committee: { code: other } }],
        suggestions: { totalCount: 2 },
        outcomes: { length: 4 },
        minutesDue: null,
      });
    }
    // Nobody writes a row of another owner.
    const rows = await hub.testDatabase.admin<{ owner: string; made: number }[]>`
      select owner, count(*)::integer as made from (select owner from consultations.suggestion where consultation = ${consultation}
        union all select owner from consultations.outcome where consultation = ${consultation} union all select owner from consultations.reading where consultation = ${consultation}
        union all select owner from consultations.follow_up where consultation = ${consultation}) as all_of_it group by owner order by owner`;
    expect([...rows]).toEqual(hosts.map((owner) => ({ owner, made: 5 })));
    const inputs: readonly (readonly [string, string, object])[] = [
      ['recordSuggestion', 'suggestion', { consultation, text: '建议' }],
      ['recordReading', 'reading', { consultation, text: '进展' }],
      ['recordOutcome', 'outcome', { consultation, kind: 'POLICY', title: '办法' }],
      [
        'recordInstruction',
        'outcome',
        { consultation, level: 'COUNTY', side: 'GOVERNMENT', office: '县长', title: '批示' },
      ],
      ['fileMinutes', 'followUp', { consultation, minutes: '纪要' }],
      ['recordSpeech', 'speech', { consultation, member: own[other], kind: 'ORAL', title: '发言' }],
    ];
    for (const [name, payload, input] of inputs)
      for (const stranger of strangers)
        expect([name, refusals.includes(String((await take(name, input, stranger, payload)).code))]).toEqual([
          name,
          true,
        ]);
    // Once on a list of a region, whichever of its committees led or recorded it.
    for (const within of [lead, other, '350000', '440000', '100000']) {
      const { consultationOutcomes } = await ask(
        `{ consultationOutcomes(within: "${within}", first: 50) { totalCount nodes { id } } }`,
        staff(other),
      );
      const ids = consultationOutcomes.nodes.map(({ id }: { id: string }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(consultationOutcomes.totalCount);
    }
  });
});

test('a part at which somebody signed in stays when others are scheduled anew', async () => {
  const office = staff(lead);
  const given = { committee: lead, title: '自办', kind: 'TOPICAL' };
  const consultationOfOne = (await done('planConsultation', given, office, 'consultation')).id;
  const at = (hours: number) => new Date(Date.parse(ahead(50)) + hours * 3_600_000).toISOString();
  const schedule = (title: string, from: number) =>
    done(
      'scheduleConsultation',
      { consultation: consultationOfOne, parts: [{ title, starts: at(from), ends: at(from + 2) }] },
      office,
      'consultation',
      'held { start end } parts { id title signedIn }',
    );
  const [morning] = (await schedule('上午', 0)).parts;
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.parse(at(0)));
  const expires = new Date(Date.now() + 3_600_000);
  const code = await dutyCodeIssuer(key).member({ member: own[lead] ?? '', committee: lead, expires });
  const scan = { part: morning.id, code, scannedAt: new Date().toISOString() };
  await done('scanDutyCode', scan, office, 'attendance');
  const { parts } = await schedule('下午', 5);
  expect(parts).toEqual([
    { id: morning.id, title: '上午', signedIn: 1 },
    { id: expect.any(String), title: '下午', signedIn: 0 },
  ]);
  // Who wasn't there at any is asked to come to what there is.
  expect((await schedule('晚上', 9)).parts.map(({ title }: { title: string }) => title)).toEqual(['上午', '晚上']);
});
