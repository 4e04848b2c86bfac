import { RuleBroken } from '@hub/errors';
import { currentCode, region as regionOf } from '@hub/regions';
import { assertNoMoreThan, assertOnce } from '@hub/workflow';
import { assertLengths, givenCommittee, givenRegion } from '../given.ts';
import type { JointPlanAgendaItem, JointPlanQuota, JointPlanTopic, JointPlanVisit } from './tables.ts';

/** What a proposal says. */
export interface Proposal {
  readonly title: string;
  readonly kind: string;
  readonly topics: readonly JointPlanTopic[];
  readonly agenda: readonly JointPlanAgendaItem[];
  readonly place: string | null;
  readonly region: string | null;
  readonly online: boolean;
  readonly durationMinutes: number;
  /** Instants with zone, the preferred one first. */
  readonly starts: readonly string[];
  readonly visits: readonly JointPlanVisit[];
  readonly quotas: readonly JointPlanQuota[];
}

/** What of it a client gives; what it leaves out stays as the proposal that it read has it. */
export interface GivenProposal {
  readonly title?: string | null;
  readonly kind?: string | null;
  readonly topics?: readonly string[] | null;
  readonly agenda?: readonly { title: string; kind?: string | null; presenter?: string | null }[] | null;
  readonly place?: string | null;
  readonly region?: string | null;
  readonly online?: boolean | null;
  readonly durationMinutes?: number | null;
  readonly starts?: readonly string[] | null;
  readonly visits?:
    | readonly { title: string; place?: string | null; on?: string | null; committee?: string | null }[]
    | null;
  readonly quotas?: readonly JointPlanQuota[] | null;
}

const longest = { title: 200, topics: 100, place: 200 };
const most = { topics: 20, agenda: 50, starts: 20, visits: 20, quotas: 51 };
const shortestMinutes = 15;
const longestMinutes = 7 * 24 * 60;
const largestQuota = 1_000;

const invalid = (...path: readonly string[]) =>
  new RuleBroken('INVALID', { path, details: { field: path.at(-1) ?? '' } });
const required = (...path: readonly string[]) =>
  new RuleBroken('REQUIRED', { path, details: { field: path.at(-1) ?? '' } });

/** Whether two instants are the same, however they are written. */
export const sameInstant = (one: string, other: string): boolean => Date.parse(one) === Date.parse(other);

/**
 * A proposal out of what is given and the one that it is based on.
 * @param author code of the committee that proposes; the topics that it adds are its own
 * @throws RuleBroken TOO_LONG, REQUIRED, INVALID, or DATE_PAST for a start that was not there before and isn't ahead
 */
export function proposalOf(given: GivenProposal, author: string, before: Proposal | null): Proposal {
  assertLengths(given, longest);
  for (const [field, maximum] of Object.entries(most))
    assertNoMoreThan(maximum, (given as Readonly<Record<string, readonly unknown[] | null>>)[field] ?? [], [field]);
  const title = given.title === undefined ? before?.title : given.title;
  const place = given.place === undefined ? (before?.place ?? null) : given.place;
  const online = given.online ?? before?.online ?? false;
  const durationMinutes = given.durationMinutes ?? before?.durationMinutes ?? 0;
  if (title == null) throw required('title');
  if (place === null && !online) throw required('place');
  if (durationMinutes < shortestMinutes || durationMinutes > longestMinutes) throw invalid('durationMinutes');
  return {
    title,
    place,
    online,
    durationMinutes,
    kind: given.kind ?? before?.kind ?? '',
    region: given.region === undefined ? (before?.region ?? null) : regionGiven(given.region),
    topics: given.topics == null ? (before?.topics ?? []) : topicsOf(given.topics, author, before?.topics ?? []),
    agenda: given.agenda == null ? (before?.agenda ?? []) : given.agenda.map(agendaItemOf),
    starts: given.starts == null ? (before?.starts ?? []) : startsOf(given.starts, before?.starts ?? []),
    visits: given.visits == null ? (before?.visits ?? []) : given.visits.map(visitOf),
    quotas: given.quotas == null ? (before?.quotas ?? []) : quotasOf(given.quotas),
  };
}

const regionGiven = (given: string | null): string | null => (given === null ? null : givenRegion(given));

/** A topic keeps the side that proposed it first. */
function topicsOf(given: readonly string[], author: string, before: readonly JointPlanTopic[]): JointPlanTopic[] {
  assertOnce(given, ['topics']);
  return given.map((title) => before.find((topic) => topic.title === title) ?? { title, committee: author });
}

function agendaItemOf(item: NonNullable<GivenProposal['agenda']>[number], at: number): JointPlanAgendaItem {
  assertLengths(item, { title: 200, presenter: 100 }, ['agenda', String(at)]);
  return { title: item.title, kind: item.kind ?? null, presenter: item.presenter ?? null };
}

function startsOf(given: readonly string[], before: readonly string[]): string[] {
  if (given.length === 0) throw required('starts');
  const times = given.map((start, at) => {
    const time = Date.parse(start);
    const text = new Date(time).toISOString();
    if (time <= Date.now() && !before.some((one) => sameInstant(one, text)))
      throw new RuleBroken('DATE_PAST', { path: ['starts', String(at)], details: { field: 'starts' } });
    return text;
  });
  assertOnce(times, ['starts']);
  return times;
}

function visitOf(visit: NonNullable<GivenProposal['visits']>[number], at: number): JointPlanVisit {
  assertLengths(visit, { title: 200, place: 200 }, ['visits', String(at)]);
  return {
    title: visit.title,
    place: visit.place ?? null,
    on: visit.on ?? null,
    committee: visit.committee == null ? null : givenCommittee(visit.committee, ['visits', String(at), 'committee']),
  };
}

function quotasOf(given: readonly JointPlanQuota[]): JointPlanQuota[] {
  const quotas = given.map(({ committee, members }, at) => ({
    committee: givenCommittee(committee, ['quotas', String(at), 'committee']),
    members,
  }));
  if (quotas.some(({ members }) => members < 0 || members > largestQuota)) throw invalid('quotas');
  assertOnce(
    quotas.map(({ committee }) => committee),
    ['quotas'],
  );
  return quotas;
}

/** How many members a party may nominate by a proposal; null for no limit. */
export function quotaOf({ quotas }: Pick<Proposal, 'quotas'>, committee: string): number | null {
  return quotas.find((quota) => currentCode(quota.committee) === committee)?.members ?? null;
}

const shownTime = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const nameOf = (code: string) => regionOf(code)?.name ?? code;

/** Each field of a proposal as people read it. */
const shown: { readonly [Field in keyof Proposal]: (proposal: Proposal) => string | null } = {
  title: ({ title }) => title,
  kind: ({ kind }) => kind,
  topics: ({ topics }) => topics.map(({ title }) => title).join('；') || null,
  agenda: ({ agenda }) =>
    agenda.map(({ title, presenter }) => (presenter ? `${title}（${presenter}）` : title)).join('；') || null,
  place: ({ place }) => place,
  region: ({ region }) => region && nameOf(region),
  online: ({ online }) => (online ? '线上' : '线下'),
  durationMinutes: ({ durationMinutes }) => `${durationMinutes} 分钟`,
  starts: ({ starts }) => starts.map(shownTime).join('；'),
  visits: ({ visits }) =>
    visits.map(({ on, title, place }) => [on, title, place].filter((one) => one !== null).join(' ')).join('；') || null,
  quotas: ({ quotas }) =>
    quotas.map(({ committee, members }) => `${nameOf(committee)} ${members} 人`).join('；') || null,
};

/** A proposal with the time at which it was locked, if it was. */
type Settled = Proposal & { readonly slot: string | null };
const timesOf = ({ starts, slot }: Settled): Proposal['starts'] => (slot === null ? starts : [slot]);

/** What a proposal has otherwise than another one, in the order of the fields. Of what was locked the time is that of the slot. */
export function changesOf(
  before: Settled,
  after: Settled,
): { field: string; before: string | null; after: string | null }[] {
  // While nothing had been locked, times are those to choose from on both sides.
  const locked = before.slot !== null;
  const [one, other] = locked
    ? [
        { ...before, starts: timesOf(before) },
        { ...after, starts: timesOf(after) },
      ]
    : [before, after];
  return (Object.keys(shown) as (keyof Proposal)[]).flatMap((field) => {
    const [was, is] = [shown[field](one), shown[field](other)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}
