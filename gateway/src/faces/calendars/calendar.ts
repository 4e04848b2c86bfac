import type { Actor } from '@hub/access';
import type { Ask } from '../../graphql/ask.ts';
import type { CalendarEvent, Party } from './event.ts';
import { type Feed, readerOf } from './feed.ts';
import {
  type Consultation,
  consultationFields,
  datedStatuses,
  type Entry,
  entryFields,
  type Labels,
  ofDays,
  ofEntry,
  ofParts,
  ofPlan,
  type Plan,
  planFields,
} from './records.ts';
import { liesIn, stretchesOf, type Window } from './window.ts';

/** What a feed shows now. */
export interface Calendar {
  readonly name: string;
  readonly events: readonly CalendarEvent[];
}

const page = 'pageInfo { hasNextPage endCursor }';
const dated = `filter: { from: $from, until: $until, statuses: [${datedStatuses.join(' ')}] }, orderBy: HELD_ASC, first: 100, after: $after`;
/** Attendances by which a member has, or may yet take, a place. */
const attending = '[INVITED, SIGNED_UP, SUBSTITUTE_NAMED, SAME_SEAT]';

const operations = {
  entries: `query CalendarOfCommittee($id: ID!, $from: Date!, $until: Date!, $after: String) {
    of: committee(code: $id) { list: calendar(from: $from, until: $until, first: 100, after: $after) { ${page} nodes { ${entryFields} } } } }`,
  consultations: `query CalendarConsultations($id: ID!, $from: Date!, $until: Date!, $after: String) {
    of: committee(code: $id) { list: consultations(${dated}) { ${page} nodes { ${consultationFields} } } } }`,
  plans: `query CalendarPlans($id: ID!, $after: String) {
    of: committee(code: $id) { list: jointPlans(first: 100, after: $after) { ${page} nodes { ${planFields} cooperation { id } } } } }`,
  ofMember: `query CalendarOfMember($id: ID!, $from: Date!, $until: Date!, $after: String) {
    of: member(id: $id) { list: consultations(${dated}) { ${page} nodes { ${consultationFields} } } } }`,
  attendances: `query CalendarAttendances($id: ID!, $after: String) {
    of: member(id: $id) { list: attendances(statuses: ${attending}, first: 100, after: $after) { ${page} nodes { created consultation { ${consultationFields} } } } } }`,
  ofCooperation: `query CalendarOfCooperation($id: ID!, $from: Date!, $until: Date!, $after: String) {
    of: cooperation(id: $id) { list: consultations(${dated}) { ${page} nodes { ${consultationFields} } } } }`,
  cooperation: 'query CalendarName($id: ID!) { cooperation(id: $id) { title } }',
  member: 'query CalendarMembership($id: ID!) { member(id: $id) { current } }',
};

interface Page<Node> {
  readonly of: {
    readonly list: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly Node[];
    } | null;
  } | null;
}

/**
 * Reads what a feed shows, as whoever keeps it.
 * @returns null where that is nobody any more: a member whose membership is over
 * @throws HubError rather than a part of it, since calendars take out what isn't there any more
 */
export function readCalendar(
  feed: Feed,
  options: { ask: Ask; labels: Labels; window: Window; requestId: string },
): Promise<Calendar | null> {
  const { ask, labels, window, requestId } = options;
  const reading = new Reading(ask, readerOf(feed), labels, window, requestId);
  switch (feed.kind) {
    case 'COMMITTEE':
      return reading.ofCommittee(feed);
    case 'MEMBER':
      return reading.ofMember(feed);
    case 'PAIRING':
      return reading.ofPairing(feed);
  }
}

class Reading {
  readonly #ask: <Data>(query: string, variables: Record<string, unknown>) => Promise<Data>;
  readonly #labels: Labels;
  readonly #window: Window;

  constructor(ask: Ask, reader: Actor, labels: Labels, window: Window, requestId: string) {
    this.#ask = (query, variables) => ask(reader, query, variables, requestId);
    this.#labels = labels;
    this.#window = window;
  }

  async ofCommittee({ committee }: Feed): Promise<Calendar> {
    const [entries, days, plans] = await Promise.all([
      this.#entries(committee),
      this.#days(committee.code),
      this.#plans(committee.code, () => true),
    ]);
    return this.#calendar(`${committee.name}日历`, entries, days, plans);
  }

  async ofMember({ committee, member }: Feed): Promise<Calendar | null> {
    const id = member?.id ?? '';
    const { member: now } = await this.#ask<{ member: { current: boolean } | null }>(operations.member, { id });
    if (!now?.current) return null;
    const [entries, days, named, attended] = await Promise.all([
      this.#entries(committee),
      this.#days(committee.code),
      this.#all<Consultation>(operations.ofMember, { id, ...this.#window }),
      this.#attended(id),
    ]);
    const taken = [...named, ...attended];
    const paths = new Set(taken.map((consultation) => `/consultations/${consultation.id}`));
    // What is in the committee's calendar isn't yet the member's to go to.
    const own = (event: CalendarEvent) => ({ ...event, busy: paths.has(event.path) });
    const known = new Set(entries.map(({ path }) => path));
    const elsewhere = taken.flatMap((consultation) =>
      known.has(`/consultations/${consultation.id}`)
        ? []
        : [...ofParts(consultation, this.#labels), ...ofDays(consultation, this.#labels)],
    );
    return this.#calendar(`${committee.name}委员日历`, entries.map(own), days, elsewhere);
  }

  async ofPairing({ committee, cooperation }: Feed): Promise<Calendar> {
    const id = cooperation?.id ?? '';
    const [named, consultations, plans] = await Promise.all([
      this.#ask<{ cooperation: { title: string } | null }>(operations.cooperation, { id }),
      this.#all<Consultation>(operations.ofCooperation, { id, ...this.#window }),
      this.#plans(committee.code, (plan) => plan.cooperation?.id === id),
    ]);
    const held = consultations.flatMap((one) => [...ofParts(one, this.#labels), ...ofDays(one, this.#labels)]);
    return this.#calendar(named.cooperation?.title ?? '合作日历', held, plans);
  }

  /** The events of some lists, each once and where it is first, in an order that stays. */
  #calendar(name: string, ...lists: readonly (readonly CalendarEvent[])[]): Calendar {
    const byId = new Map<string, CalendarEvent>();
    for (const event of lists.flat())
      if (!byId.has(event.id) && liesIn(this.#window, event.when)) byId.set(event.id, event);
    return { name, events: [...byId.values()] };
  }

  async #entries(committee: Party): Promise<CalendarEvent[]> {
    const stretches = await Promise.all(
      stretchesOf(this.#window).map((days) => this.#all<Entry>(operations.entries, { id: committee.code, ...days })),
    );
    return stretches.flat().map((entry) => ofEntry(entry, committee, this.#labels));
  }

  async #days(code: string): Promise<CalendarEvent[]> {
    const consultations = await this.#all<Consultation>(operations.consultations, { id: code, ...this.#window });
    return consultations.flatMap((consultation) => ofDays(consultation, this.#labels));
  }

  async #plans(code: string, isOne: (plan: Plan & { readonly cooperation: { id: string } | null }) => boolean) {
    const plans = await this.#all<Plan & { readonly cooperation: { id: string } | null }>(operations.plans, {
      id: code,
    });
    return plans.filter(isOne).flatMap((plan) => ofPlan(plan, this.#labels));
  }

  async #attended(id: string): Promise<Consultation[]> {
    const attendances = await this.#all<{ consultation: Consultation | null }>(operations.attendances, { id });
    return attendances.flatMap(({ consultation }) => consultation ?? []);
  }

  /** A list to its end, page by page; of what can't be seen there is none. */
  async #all<Node>(query: string, variables: Record<string, unknown>): Promise<Node[]> {
    const nodes: Node[] = [];
    for (let after: string | null = null; ; ) {
      const { of }: Page<Node> = await this.#ask<Page<Node>>(query, { ...variables, after });
      if (!of?.list) return nodes;
      nodes.push(...of.list.nodes);
      if (!of.list.pageInfo.hasNextPage) return nodes;
      after = of.list.pageInfo.endCursor;
    }
  }
}
