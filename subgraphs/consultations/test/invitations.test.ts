/** Whoever is asked to come, to stand in or to sign along sees what they are asked about, and every step that it promises is taken. */
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ahead, planning } from './joint-plan.ts';

const [lead, host, elsewhere] = ['310117', '361100', '330110'];
const uuid = () => crypto.randomUUID() as string;

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let days = 20;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());

const records: Readonly<Record<string, string>> = {
  ...{ inviteMembers: 'consultation', setOnlineMeeting: 'consultation', planConsultation: 'consultation' },
  ...{ scheduleConsultation: 'consultation', nominate: 'nominee', requestLeave: 'leave' },
  ...{ makeSuggestion: 'suggestion', confirmCoAuthorship: 'suggestion', declineCoAuthorship: 'suggestion' },
};
async function take(name: string, input: object, as: Actor) {
  const record = records[name] ?? 'attendance';
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } userErrors { code } } }`,
    { as, variables: { input } },
  );
  return { id: data?.[name]?.[record]?.id as string, code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null };
}
const done = async (...given: Parameters<typeof take>) => {
  const { id, code } = await take(...given);
  expect([given[0], code]).toEqual([given[0], null]);
  return id;
};

/** Joint work that both host and that their offices alone see. */
async function joint() {
  days += 3;
  const { id, proposal } = await plans.start(lead, [host], { starts: [ahead(days)] });
  const starts = proposal.slots.map((slot: { starts: string }) => slot.starts);
  const { consultation } = await plans.done('acceptJointPlan', { jointPlan: id, number: 1, starts }, host);
  return { plan: id as string, consultation: consultation.id as string };
}
/** What one committee's office alone sees. */
async function internal() {
  const consultation = await done(
    'planConsultation',
    { committee: lead, title: '内部协商', kind: 'TOPICAL' },
    staff(lead),
  );
  const parts = [{ title: '会', starts: ahead(9), ends: ahead(9, 11) }];
  await done('scheduleConsultation', { consultation, parts }, staff(lead));
  return { plan: '', consultation };
}

async function seenBy(consultation: string, as: Actor) {
  const { data, errors } = await hub.ask(
    `query ($id: ID!) { consultation(id: $id) { title held { start } parts { starts } hosts { committee { code } }
      myAttendance { id status consultation { id } pendingSteps { step } } } }`,
    { as, variables: { id: consultation } },
  );
  expect(errors).toEqual([]);
  return data.consultation;
}

interface Case {
  readonly name: string;
  readonly of: string;
  readonly work: () => Promise<{ plan: string; consultation: string }>;
  readonly ask: (who: string, given: { plan: string; consultation: string }) => Promise<unknown>;
}
const invited =
  (by: string) =>
  (who: string, { consultation }: { consultation: string }) =>
    done('inviteMembers', { consultation, members: [who] }, staff(by));
const asSubstitute = async (who: string, { consultation }: { consultation: string }) => {
  const first = uuid();
  await done('inviteMembers', { consultation, members: [first] }, staff(lead));
  const { myAttendance } = await seenBy(consultation, member(first, lead));
  await done('nameSubstitute', { attendance: myAttendance.id, substitute: who }, member(first, lead));
};
const cases: readonly Case[] = [
  {
    name: 'nominated to joint work',
    of: host,
    work: joint,
    ask: (who, { plan }) =>
      done('nominate', { jointPlan: plan, kind: 'MEMBER', name: '周医生', member: who }, staff(host)),
  },
  { name: 'invited to joint work by the one that leads', of: lead, work: joint, ask: invited(lead) },
  { name: 'invited to joint work by their own committee', of: host, work: joint, ask: invited(host) },
  { name: 'invited to what the office alone sees', of: lead, work: internal, ask: invited(lead) },
  { name: 'named as a substitute at joint work', of: lead, work: joint, ask: asSubstitute },
  { name: 'named as a substitute at what the office alone sees', of: lead, work: internal, ask: asSubstitute },
  {
    name: 'invited again after having declined',
    of: host,
    work: joint,
    ask: async (who, given) => {
      await invited(host)(who, given);
      const { myAttendance } = await seenBy(given.consultation, member(who, host));
      await done('declineInvitation', { attendance: myAttendance.id, reason: '出差' }, member(who, host));
      await done('inviteMember', { attendance: myAttendance.id }, staff(host));
    },
  },
];
const inputs: Readonly<Record<string, object>> = { declineInvitation: { reason: '另有公务' } };

describe.each(cases)('a member who is $name', ({ of, work, ask }) => {
  test('sees it, may ask for leave, and takes every step that is promised', async () => {
    const given = await work();
    const all = new Set<string>();
    const taken = new Set<string>();
    for (let round = 0; round === 0 || round < all.size; round++) {
      const who = uuid();
      const self = member(who, of);
      expect(await seenBy(given.consultation, self)).toBeNull();
      await ask(who, given);
      const seen = await seenBy(given.consultation, self);
      expect(seen).toMatchObject({
        title: expect.any(String),
        held: { start: expect.any(String) },
        parts: [{ starts: expect.any(String) }],
        myAttendance: { consultation: { id: given.consultation } },
      });
      expect(seen.hosts.length).toBe(given.plan === '' ? 1 : 2);
      const { id: attendance, pendingSteps } = seen.myAttendance;
      for (const { step } of pendingSteps) all.add(step);
      const next = [...all].find((step) => !taken.has(step)) as string;
      taken.add(next);
      const more = next === 'nameSubstitute' ? { substitute: uuid() } : inputs[next];
      await done(next, { attendance, ...more }, self);
      // Whoever answered sees it still.
      expect((await seenBy(given.consultation, self))?.title).toEqual(seen.title);
    }
    expect(all.size).toBeGreaterThan(1);
    const late = uuid();
    await ask(late, given);
    const { myAttendance } = await seenBy(given.consultation, member(late, of));
    if (myAttendance.status === 'INVITED')
      await done('requestLeave', { attendance: myAttendance.id, reason: '出差' }, member(late, of));
  });
});

test('whoever is named for the room of an online meeting sees the meeting', async () => {
  const { consultation } = await internal();
  const guest = uuid();
  await done(
    'setOnlineMeeting',
    { consultation, link: 'https://meet.example/1', visibility: 'INTERNAL', members: [guest] },
    staff(lead),
  );
  expect((await seenBy(consultation, member(guest, elsewhere)))?.title).toBe('内部协商');
});

test('a suggestion of a co-host’s member is its own committee’s, and whoever is named to sign along says so, of whichever committee', async () => {
  const { consultation } = await joint();
  const [author, beside, far] = [uuid(), uuid(), uuid()];
  await invited(host)(author, { consultation });
  const self = member(author, host);
  const input = { consultation, text: '双向转诊', coAuthors: [beside, far] };
  const suggestion = await done('makeSuggestion', input, self);
  const steps = async (as: Actor) => {
    const { data } = await hub.ask('query ($id: ID!) { suggestion(id: $id) { text pendingSteps { step } } }', {
      as,
      variables: { id: suggestion },
    });
    return data.suggestion?.pendingSteps.map(({ step }: { step: string }) => step) ?? null;
  };
  const [near, distant] = [member(beside, host), member(far, elsewhere)];
  for (const as of [near, distant]) expect(await steps(as)).toEqual(['confirmCoAuthorship', 'declineCoAuthorship']);
  await done('confirmCoAuthorship', { suggestion }, distant);
  await done('declineCoAuthorship', { suggestion }, near);
  for (const as of [near, distant]) expect(await steps(as)).toEqual([]);
  expect((await take('confirmCoAuthorship', { suggestion }, distant)).code).toBe('ALREADY_ANSWERED');
  expect((await take('confirmCoAuthorship', { suggestion }, member(uuid(), host))).code).toBe('NOT_FOUND');
  expect(await steps(staff(host))).toContain('takeSuggestion');
});
