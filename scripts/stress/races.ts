/** The races: what is sent at once, and what has to hold afterwards. */
import { setTimeout as delay } from 'node:timers/promises';
import type postgres from 'postgres';
import type { Target } from '../bench/processes.ts';

export interface Bench {
  readonly admin: postgres.Sql;
  /** The committee that starts the plans, and those that it invites. */
  readonly host: string;
  readonly others: readonly string[];
  /** Where they are sent to, in turn. */
  readonly hubs: readonly { readonly url: string }[];
  readonly token: (committee: string) => Promise<string>;
}
/** How many rounds held, and what went otherwise. */
export interface Outcome {
  readonly held: number;
  readonly of: number;
  readonly faults: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly plan: {
    readonly id: string;
    readonly status: string;
    readonly proposal: { readonly number: number };
  } | null;
}

/** One step as the staff of a committee, at one of the hubs. */
export async function step(
  { hubs, token }: Bench,
  name: string,
  input: object,
  committee: string,
  at = 0,
): Promise<Answer> {
  const authorization = `Bearer ${await token(committee)}`;
  const response = await fetch(`${hubs[at % hubs.length]?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({
      query: `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { jointPlan { id status proposal { number } } userErrors { code } } }`,
      variables: { input },
    }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, { jointPlan: Answer['plan']; userErrors: { code: string }[] } | null> | null;
    errors?: { extensions: { code: string } }[];
  };
  const answer = data?.[name];
  return {
    status: response.status,
    code: errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null,
    plan: answer?.jointPlan ?? null,
  };
}
export type Step = typeof step;

const hour = 3_600_000;
/** Slots of one race don't meet those of another. */
let slots = 0;
export const nextSlot = () => {
  slots += 1;
  return new Date(Math.ceil(Date.now() / hour) * hour + slots * 24 * hour).toISOString();
};

async function start(bench: Bench, other: string, starts: string): Promise<string> {
  const input = {
    committee: bench.host,
    parties: [{ committee: other }],
    title: '联合协商',
    kind: 'TOPICAL',
    online: true,
    durationMinutes: 60,
    starts: [starts],
  };
  const { code, plan } = await step(bench, 'startJointPlan', input, bench.host);
  if (!plan) throw new Error(`a plan can't be started: ${code}`);
  return plan.id;
}

export async function rounds(of: number, round: (at: number) => Promise<readonly string[]>): Promise<Outcome> {
  const faults: string[] = [];
  let held = 0;
  for (let at = 0; at < of; at += 1) {
    const found = await round(at);
    if (found.length === 0) held += 1;
    faults.push(...found.map((fault) => `round ${at + 1}: ${fault}`));
  }
  return { held, of, faults };
}

export const unless = (holds: boolean, fault: string): string[] => (holds ? [] : [fault]);

/** Everybody accepts at once a plan of their own with the host, all at the same time of day. The losers' plans go on to the next round. */
export async function accepting(bench: Bench, of: number): Promise<Outcome> {
  const { admin, host, others } = bench;
  const slot = nextSlot();
  const plans = await Promise.all(others.map((other) => start(bench, other, slot)));
  return rounds(of, async (round) => {
    const answers = await Promise.all(
      others.map((other, at) => step(bench, 'acceptJointPlan', { jointPlan: plans[at], number: 1 }, other, at + round)),
    );
    const winners = answers.flatMap(({ code }, at) => (code === null ? [at] : []));
    const losers = answers.filter(({ code }) => code !== null);
    const [kept] = await admin<{ locked: number; held: number; silent: number }[]>`
      select (select count(*)::int from consultations.joint_plan where id = any(${plans}::uuid[]) and status = 'CONFIRMED') as locked,
        (select count(*)::int from consultations.calendar_entry where blocking and starts = ${slot}) as held,
        (select count(*)::int from consultations.joint_plan_party where joint_plan = any(${plans}::uuid[]) and status = 'NEEDS_ACTION') as silent`;
    const [winner = 0] = winners;
    if (winners.length === 1) {
      // What is locked is called off by all who host it.
      for (const one of [host, others[winner] ?? ''])
        await step(bench, 'cancelJointPlan', { jointPlan: plans[winner], reason: '下一轮' }, one);
      plans[winner] = await start(bench, others[winner] ?? '', slot);
    }
    return [
      ...unless(winners.length === 1, `${winners.length} won`),
      ...unless(
        answers.every(({ status }) => status === 200),
        `HTTP ${[...new Set(answers.map(({ status }) => status))]}`,
      ),
      ...unless(
        losers.every(({ code, plan }) => code === 'CONFLICT' && plan?.status === 'TENTATIVE'),
        `losers were told ${[...new Set(losers.map(({ code, plan }) => `${code} ${plan?.status}`))]}`,
      ),
      ...unless(
        kept?.locked === 1 && kept.held === 2 && kept.silent === others.length - 1,
        `the tables hold ${JSON.stringify(kept)}`,
      ),
    ];
  });
}

/** A plan of three that stands at its first proposal. */
async function planOfThree(bench: Bench): Promise<{ id: string; parties: [string, string] }> {
  const [one = '', two = ''] = bench.others;
  const id = await start(bench, one, nextSlot());
  await step(bench, 'inviteParty', { jointPlan: id, committee: two }, bench.host);
  return { id, parties: [one, two] };
}
const proposalsOf = async ({ admin }: Bench, id: string) =>
  (
    await admin<
      { number: number }[]
    >`select number from consultations.joint_plan_proposal where joint_plan = ${id} order by number`
  ).map(({ number }) => number);

export async function counteringAtOnce(bench: Bench, of: number): Promise<Outcome> {
  return rounds(of, async () => {
    const { id, parties } = await planOfThree(bench);
    const answers = await Promise.all(
      parties.map((party, at) =>
        step(bench, 'counterJointPlan', { jointPlan: id, number: 1, title: `方案${at}` }, party, at),
      ),
    );
    const codes = answers.map(({ code }) => code).sort();
    const numbers = await proposalsOf(bench, id);
    return [
      ...unless(codes.join() === 'CONFLICT,', `ended in ${codes}`),
      ...unless(numbers.join() === '1,2', `has the proposals ${numbers}`),
      ...unless(
        answers.every(({ plan }) => plan?.proposal.number === 2),
        'somebody was shown another proposal',
      ),
    ];
  });
}

export async function acceptWhileCountering(bench: Bench, of: number): Promise<Outcome> {
  return rounds(of, async (round) => {
    const [party = ''] = bench.others;
    const id = await start(bench, party, nextSlot());
    const accept = () => step(bench, 'acceptJointPlan', { jointPlan: id, number: 1 }, party, round);
    const counter = () =>
      step(bench, 'counterJointPlan', { jointPlan: id, number: 1, title: '另题' }, bench.host, round + 1);
    const [accepted, countered] = await Promise.all(
      round % 2 === 0 ? [accept(), counter()] : [counter(), accept()].reverse(),
    );
    const [plan] = await bench.admin<{ status: string; locked: number | null; number: number; parts: number }[]>`
      select status, locked_number as locked, number, (select count(*)::int from consultations.part where consultation = p.consultation and deleted is null) as parts
      from consultations.joint_plan p where id = ${id}`;
    const first = accepted?.code === null;
    return [
      ...unless(
        countered?.code === null && (first || accepted?.code === 'CONFLICT'),
        `ended in ${accepted?.code} and ${countered?.code}`,
      ),
      // Who accepted first locked what they read, and the counter is a change of it; who came second accepted nothing.
      ...unless(
        plan?.number === 2 &&
          (first
            ? plan.status === 'CONFIRMED' && plan.locked === 1 && plan.parts === 1
            : plan.status === 'TENTATIVE' && plan.locked === null),
        `stands at ${JSON.stringify(plan)}`,
      ),
    ];
  });
}

const lockedOnce = async ({ admin }: Bench, id: string) => {
  const [kept] = await admin<{ locks: number; acceptances: number; consultations: number; entries: number }[]>`
    select (select count(*)::int from consultations.joint_plan_event where record = p.id and step = 'lockJointPlan') as locks,
      (select count(*)::int from consultations.joint_plan_party_event as e join consultations.joint_plan_party as party on party.id = e.record
        where party.joint_plan = p.id and party.owner <> p.owner and e.step = 'acceptJointPlan') as acceptances,
      (select count(*)::int from consultations.consultation where id = p.consultation and status = 'SCHEDULED') as consultations,
      (select count(*)::int from consultations.calendar_entry where consultation = p.consultation and blocking) as entries
    from consultations.joint_plan p where id = ${id}`;
  return unless(
    kept?.locks === 1 && kept.acceptances === 1 && kept.consultations === 1 && kept.entries === 2,
    `the tables hold ${JSON.stringify(kept)}`,
  );
};

export async function sentTwice(bench: Bench, of: number): Promise<Outcome> {
  return rounds(of, async (round) => {
    const [party = ''] = bench.others;
    const id = await start(bench, party, nextSlot());
    const input = { jointPlan: id, number: 1, idempotencyKey: `stress-sent-twice-${round}` };
    const answers = await Promise.all([0, 1].map((at) => step(bench, 'acceptJointPlan', input, party, at)));
    return [
      ...unless(
        answers.every(({ code }) => code === null),
        `ended in ${answers.map(({ code }) => code)}`,
      ),
      ...(await lockedOnce(bench, id)),
    ];
  });
}

/** The process that is asked, the second hub, dies at some moment of the request; the client asks the same of the first. */
export async function killedWhileAccepting(
  bench: Bench,
  of: number,
  victim: Target,
  restart: (hub: Target) => Promise<string>,
): Promise<Outcome> {
  return rounds(of, async (round) => {
    const [party = ''] = bench.others;
    const id = await start(bench, party, nextSlot());
    const child = victim.children.at(-1);
    if (!child) return ['there is no hub to kill'];
    const input = { jointPlan: id, number: 1, idempotencyKey: `stress-killed-hub-${round}` };
    const asked = step(bench, 'acceptJointPlan', input, party, 1).catch(() => null);
    await delay((round % 20) * 2);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await Promise.all([ended, asked]);
    const again = await step(bench, 'acceptJointPlan', input, party, 0);
    const found = [
      ...unless(again.code === null, `the second time ends in ${again.code}`),
      ...(await lockedOnce(bench, id)),
    ];
    await restart(victim);
    return found;
  });
}
