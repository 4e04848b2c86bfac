import type { CalendarEvent, Participant, Party, Times } from './event.ts';

/** What is asked of the records that make events, and how each becomes one. */

/** The names of kinds as people read them, by the type of the graph and its value. */
export type Labels = (type: string, value: string) => string;

export const planFields = `id title kind status revision created modified
  initiator { code name }
  parties { committee { code name } status required hosts }
  slot { starts ends }
  locked { place topics { title } }
  proposal { place topics { title } slots { starts ends } }`;

export const consultationFields = `id title kind status place topics revision created modified
  held { start end precision }
  hosts { role committee { code name } }
  parts { id title starts ends place position }
  jointPlan { ${planFields} }`;

export const entryFields = `id kind title place starts ends blocking status sequence created modified
  part { position }
  consultation { id kind topics hosts { role committee { code name } } jointPlan { ${planFields} } }`;

interface Stamped {
  readonly id: string;
  readonly title: string;
  readonly created: string;
  readonly modified: string;
}
interface Proposal {
  readonly place: string | null;
  readonly topics: readonly { readonly title: string }[];
}
export interface Plan extends Stamped {
  readonly kind: string;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CONCLUDED' | 'CANCELLED';
  readonly revision: number;
  readonly initiator: Party | null;
  readonly parties: readonly {
    readonly committee: Party | null;
    readonly status: string;
    readonly required: boolean;
    readonly hosts: boolean;
  }[];
  readonly slot: Times | null;
  readonly locked: Proposal | null;
  readonly proposal: Proposal & { readonly slots: readonly Times[] };
}
interface Hosted {
  readonly id: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly hosts: readonly { readonly role: 'LEAD' | 'CO_HOST'; readonly committee: Party | null }[];
  readonly jointPlan: Plan | null;
}
export interface Consultation extends Stamped, Hosted {
  readonly status: string;
  readonly place: string | null;
  readonly revision: number;
  readonly held: {
    readonly start: string | null;
    readonly end: string | null;
    readonly precision: string | null;
  } | null;
  readonly parts: readonly (Times & {
    readonly id: string;
    readonly title: string;
    readonly place: string | null;
    readonly position: number;
  })[];
}
export interface Entry extends Stamped, Times {
  readonly kind: string;
  readonly place: string | null;
  readonly blocking: boolean;
  readonly status: 'CONFIRMED' | 'CANCELLED';
  readonly sequence: number;
  readonly part: { readonly position: number } | null;
  readonly consultation: Hosted | null;
}

/** An entry of a committee's calendar, which the committee organizes where no consultation says who does. That of a joint plan goes on as the event that the plan was while it was negotiated, and has the plan's revision in every feed: whatever moves it moves the plan. */
export function ofEntry(entry: Entry, committee: Party, labels: Labels): CalendarEvent {
  const { id, title, place, starts, ends, status, sequence, created, modified, consultation } = entry;
  const plan = planOf(consultation, entry.part);
  return {
    id: plan?.id ?? id,
    sequence: plan?.revision ?? sequence,
    status,
    when: { starts, ends },
    title,
    place,
    topics: consultation?.topics ?? [],
    categories: consultation ? categoriesOf(consultation, labels) : [labels('CalendarEntryKind', entry.kind)],
    busy: entry.blocking,
    path: consultation ? `/consultations/${consultation.id}` : `/calendar-entries/${id}`,
    ...(consultation ? peopleOf(consultation, labels) : { organizer: committee, participants: [] }),
    created,
    modified,
  };
}

const statuses: Readonly<Record<string, CalendarEvent['status']>> = {
  PLANNED: 'TENTATIVE',
  SCHEDULED: 'CONFIRMED',
  HELD: 'CONFIRMED',
  NOT_HELD: 'CANCELLED',
  CANCELLED: 'CANCELLED',
};
/** Those that something of stands in a calendar; what was only proposed, or declined, doesn't. */
export const datedStatuses = Object.keys(statuses);

/** A consultation that has days and no times: one event of whole days. None for what has parts, or no day. */
export function ofDays(consultation: Consultation, labels: Labels): CalendarEvent[] {
  const { id, parts, held } = consultation;
  if (parts.length > 0 || held?.precision !== 'DAY' || !held.start) return [];
  const until = held.end?.length === held.start.length ? held.end : held.start;
  return ofConsultation(consultation, labels, {
    id,
    sequence: consultation.revision,
    when: { from: held.start, until },
    busy: false,
  });
}

/** The parts of a consultation, one event each. */
export function ofParts(consultation: Consultation, labels: Labels): CalendarEvent[] {
  const { parts, revision, title } = consultation;
  return parts.flatMap((part) => {
    const plan = planOf(consultation, part);
    return ofConsultation(consultation, labels, {
      id: plan?.id ?? part.id,
      sequence: plan?.revision ?? revision,
      when: { starts: part.starts, ends: part.ends },
      title: parts.length > 1 ? `${title} · ${part.title}` : title,
      place: part.place ?? consultation.place,
      busy: true,
    });
  });
}

function ofConsultation(
  consultation: Consultation,
  labels: Labels,
  own: Pick<CalendarEvent, 'id' | 'sequence' | 'when' | 'busy'> & Partial<CalendarEvent>,
): CalendarEvent[] {
  const { id, title, place, topics, created, modified } = consultation;
  const status = statuses[consultation.status];
  if (!status) return [];
  return [
    {
      status,
      title,
      place,
      topics,
      categories: categoriesOf(consultation, labels),
      path: `/consultations/${id}`,
      ...peopleOf(consultation, labels),
      created,
      modified,
      ...own,
    },
  ];
}

/** A joint plan that the committee doesn't host by yet, or no more: by its locked time, or else by the candidate that is preferred. */
export function ofPlan(plan: Plan, labels: Labels): CalendarEvent[] {
  const { id, title, status, revision, created, modified } = plan;
  const when = plan.slot ?? plan.proposal.slots[0];
  // What is over without the committee was none of its days.
  if (!when || status === 'CONCLUDED') return [];
  const proposal = plan.locked ?? plan.proposal;
  return [
    {
      id,
      sequence: revision,
      status: status === 'CANCELLED' ? status : 'TENTATIVE',
      when: { starts: when.starts, ends: when.ends },
      title,
      place: proposal.place,
      topics: proposal.topics.map((topic) => topic.title),
      categories: planCategories(plan, labels),
      busy: false,
      path: `/joint-plans/${id}`,
      organizer: plan.initiator,
      participants: partiesOf(plan, labels),
      created,
      modified,
    },
  ];
}

/** The plan whose meeting a part is; parts that were added to it later are events of their own. */
const planOf = (consultation: Hosted | null, part: { readonly position: number } | null): Plan | null =>
  part?.position === 0 ? (consultation?.jointPlan ?? null) : null;

const planCategories = ({ kind }: Plan, labels: Labels) => [
  labels('CalendarEntryKind', 'JOINT_PLAN'),
  labels('ConsultationKind', kind),
];
const categoriesOf = ({ kind, jointPlan }: Hosted, labels: Labels) =>
  jointPlan ? planCategories({ ...jointPlan, kind }, labels) : [labels('ConsultationKind', kind)];

/** Who leads and who takes part: the parties of a joint plan with their answers, or the committees that host together. */
function peopleOf({ hosts, jointPlan }: Hosted, labels: Labels): Pick<CalendarEvent, 'organizer' | 'participants'> {
  const lead = hosts.find(({ role }) => role === 'LEAD')?.committee ?? null;
  if (jointPlan) return { organizer: jointPlan.initiator ?? lead, participants: partiesOf(jointPlan, labels) };
  const participants = hosts.flatMap(({ committee }) =>
    committee ? [{ ...committee, answer: null, required: true }] : [],
  );
  return { organizer: lead, participants: participants.length > 1 ? participants : [] };
}

function partiesOf({ parties }: Plan, labels: Labels): Participant[] {
  return parties.flatMap(({ committee, status, required, hosts }) => {
    if (!committee || status === 'WITHDRAWN' || status === 'UNINVITED') return [];
    // To what is locked its hosts have agreed, whatever they say to a change of it.
    return [{ ...committee, answer: labels('JointPlanAnswer', hosts ? 'ACCEPTED' : status), required }];
  });
}
