/** What is locked, walked on: changes, counters, consents, objections, withdrawals and silence at once. After each all tell the same. */
import { type Bench, type Outcome, rounds, type Step, unless } from './races.ts';

interface View {
  readonly status: string;
  readonly slot: { readonly starts: string } | null;
  readonly locked: { readonly number: number } | null;
  readonly consultation: { readonly status: string; readonly parts: readonly { readonly starts: string }[] } | null;
}

/** Numbers that come out the same for the same seed. */
function numbersOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

async function ask<Data>({ hubs, token }: Bench, query: string, committee: string, at: number): Promise<Data> {
  const response = await fetch(`${hubs[at % hubs.length]?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await token(committee)}` },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: Data }).data;
}

/** The event of a plan in the calendar of a committee, as whoever subscribed to it has it. */
async function eventIn({ hubs }: Bench, address: string, plan: string, at: number) {
  const text = (await (await fetch(`${hubs[at % hubs.length]?.url}${address}`)).text()).replaceAll(/\r\n[ \t]/g, '');
  const event = text.split('BEGIN:VEVENT').find((one) => one.includes(`UID:${plan}`));
  const field = (name: string) => event?.match(new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, 'm'))?.[1]?.trim() ?? null;
  return event ? { starts: field('DTSTART'), sequence: field('SEQUENCE'), status: field('STATUS') } : null;
}
/** A time as events of the hub have it: on clocks in China. */
const inCalendar = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().replaceAll(/[-:]|\.\d+|Z/g, '');

const addresses = new Map<string, Promise<string>>();
function addressOf(bench: Bench, committee: string): Promise<string> {
  const known =
    addresses.get(committee) ??
    ask<{ openCalendarFeed: { address: string } }>(
      bench,
      'mutation { openCalendarFeed(input: { label: "日历" }) { address } }',
      committee,
      0,
    ).then(({ openCalendarFeed }) => openCalendarFeed.address);
  addresses.set(committee, known);
  return known;
}

interface Kept {
  readonly status: string;
  readonly locked: number | null;
  readonly starts: string | null;
  readonly revision: number;
  readonly consultation: string | null;
  readonly named: readonly string[] | null;
  readonly before: string | null;
  readonly moved: boolean;
  readonly hosts: readonly string[];
  readonly parts: readonly string[];
  readonly entries: readonly { owner: string; starts: string; blocking: boolean }[];
  readonly excluded: number;
}
const keptOf = async ({ admin }: Bench, id: string) =>
  (
    await admin<Kept[]>`
      select plan.status, plan.locked_number as locked, plan.starts::text, plan.revision, whole.status as consultation, locked.starts::text[] as named,
        (select slot::text from consultations.joint_plan_proposal where joint_plan = plan.id and number = locked.locked_before) as before,
        coalesce((select slot <> all(locked.starts) from consultations.joint_plan_proposal where joint_plan = plan.id and number = locked.locked_before), true) as moved,
        array(select committee::text from consultations.host where consultation = plan.consultation and deleted is null order by position) as hosts,
        array(select starts::text from consultations.part where consultation = plan.consultation and deleted is null) as parts,
        (select coalesce(jsonb_agg(jsonb_build_object('owner', owner, 'starts', starts::text, 'blocking', blocking)), '[]') from consultations.calendar_entry
          where consultation = plan.consultation and status = 'CONFIRMED') as entries,
        (select count(*)::int from consultations.joint_plan_party where joint_plan = plan.id and locked_number = plan.locked_number and plan.starts = any(excluded)) as excluded
      from consultations.joint_plan as plan left join consultations.consultation as whole on whole.id = plan.consultation
        left join consultations.joint_plan_proposal as locked on locked.joint_plan = plan.id and locked.number = plan.locked_number
      where plan.id = ${id}`
  )[0];

/** What tells otherwise than the plan itself: the meeting, a calendar, a feed, or what a host sees. */
async function disagreements(bench: Bench, id: string, round: number): Promise<string[]> {
  const kept = await keptOf(bench, id);
  if (!kept) return ['there is no plan'];
  const same = (one: string | null, other: string | null) =>
    one !== null && other !== null && Date.parse(one) === Date.parse(other);
  if (kept.status === 'CANCELLED')
    return unless(
      kept.consultation === 'CANCELLED' && kept.entries.length === 0,
      `cancelled, and yet ${JSON.stringify(kept)}`,
    );
  const found = [
    ...unless(kept.hosts.length >= 2, `is hosted by ${kept.hosts}`),
    ...unless(
      kept.parts.length === 1 && same(kept.parts[0] ?? null, kept.starts),
      `meets at ${kept.parts}, locked at ${kept.starts}`,
    ),
    ...unless(
      kept.hosts.every((host) =>
        kept.entries.some((one) => one.owner === host && one.blocking && same(one.starts, kept.starts)),
      ) && kept.entries.length === kept.hosts.length,
      `is in calendars as ${JSON.stringify(kept.entries)}`,
    ),
    ...unless(
      kept.named?.some((time) => same(time, kept.starts)) ?? false,
      `is at a time that its proposal doesn't name`,
    ),
    ...unless(kept.moved || same(kept.before, kept.starts), `moved from ${kept.before} to ${kept.starts} unnamed`),
    ...unless(kept.excluded === 0, 'is at a time that a host excluded'),
  ];
  const views = await Promise.all(
    kept.hosts.map(async (host, at) => {
      const [{ jointPlan }, event] = await Promise.all([
        ask<{ jointPlan: View | null }>(
          bench,
          `{ jointPlan(id: "${id}") { status slot { starts } locked { number } consultation { status parts { starts } } } }`,
          host,
          at + round,
        ),
        eventIn(bench, await addressOf(bench, host), id, at + round + 1),
      ]);
      return { host, jointPlan, event };
    }),
  );
  for (const { host, jointPlan, event } of views)
    found.push(
      ...unless(
        jointPlan?.locked?.number === kept.locked &&
          same(jointPlan?.slot?.starts ?? null, kept.starts) &&
          same(jointPlan?.consultation?.parts[0]?.starts ?? null, kept.starts),
        `${host} sees ${JSON.stringify(jointPlan)}`,
      ),
      ...unless(event?.starts === inCalendar(kept.starts ?? ''), `${host} subscribed to ${JSON.stringify(event)}`),
    );
  const sequences = new Set(views.map(({ event }) => event?.sequence));
  return [...found, ...unless(sequences.size === 1, `has the SEQUENCEs ${[...sequences]}`)];
}

const expected: ReadonlySet<string | null> = new Set([
  null,
  'CONFLICT',
  'STEP_NOT_ALLOWED',
  'NOT_YOURS',
  'NOT_FOUND',
  'REQUIRED',
]);

/** Three committees lock a plan and go on with it, all at once and at both hubs. */
export async function walkedOn(bench: Bench, of: number, step: Step, nextSlot: () => string): Promise<Outcome> {
  return rounds(of, async (round) => {
    const random = numbersOf(round * 7_919 + 1);
    const [one = '', two = ''] = bench.others.slice((round * 2) % (bench.others.length - 1));
    const parties = [bench.host, one, two];
    const slots = [nextSlot(), nextSlot(), nextSlot()];
    const given = {
      committee: bench.host,
      parties: [{ committee: one }, { committee: two, required: random(2) === 0 }],
      title: '联合协商',
      kind: 'TOPICAL',
      place: '会议室',
      durationMinutes: 60,
      starts: slots.slice(0, 2),
    };
    const { plan } = await step(bench, 'startJointPlan', given, bench.host);
    const id = plan?.id ?? '';
    await step(bench, 'acceptJointPlan', { jointPlan: id, number: 1, starts: [slots[1]] }, two);
    await step(bench, 'acceptJointPlan', { jointPlan: id, number: 1 }, one);
    const faults = [...(await disagreements(bench, id, round))];
    for (let at = 0; at < 5 && faults.length === 0; at += 1) {
      const [{ number } = { number: 1 }] = await bench.admin<{ number: number }[]>`
        select number from consultations.joint_plan where id = ${id}`;
      const on = { jointPlan: id, number };
      const acts: readonly (readonly [string, object])[] = [
        ['counterJointPlan', { ...on, place: `会议室${at}` }],
        [
          'counterJointPlan',
          { ...on, starts: [slots[random(3)], slots[2]].filter((time, i, all) => all.indexOf(time) === i) },
        ],
        ['acceptJointPlan', on],
        ['acceptJointPlan', on],
        ['acceptJointPlan', on],
        ['declineJointPlan', { ...on, reason: '不便' }],
        ['takeBackCounter', on],
        ['cancelJointPlan', { jointPlan: id, reason: '防汛' }],
        ['keepJointPlan', { jointPlan: id, reason: '照常' }],
        ...(random(12) === 0 ? ([['withdrawFromJointPlan', { jointPlan: id, reason: '换届' }]] as const) : []),
      ];
      // Now and then nobody said anything for as long as they had.
      if (random(3) === 0)
        await bench.admin`update consultations.joint_plan_proposal set answer_by = '2020-01-01' where joint_plan = ${id} and answer_by is not null`;
      const answers = await Promise.all(
        parties.map((party, to) => {
          const [name, input] = acts[random(acts.length)] as readonly [string, object];
          return step(bench, name, input, party, to + at).then((answer) => ({ name, answer }));
        }),
      );
      for (const { name, answer } of answers)
        faults.push(...unless(answer.status === 200 && expected.has(answer.code), `${name} ends in ${answer.code}`));
      faults.push(...(await disagreements(bench, id, round + at)));
    }
    return faults;
  });
}
