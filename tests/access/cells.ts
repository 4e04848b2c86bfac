/**
 * What each actor sees of the rows in fixture.ts, and what each field of the graph shows of them: written by hand, field
 * by field. A field that isn't here fails.
 */
import type { Actor } from '@hub/access';
import { codeRange } from '@hub/regions';
import { agency, department, everyone, liaison, member, operator, staff } from '@hub/testkit';
import { places, type Row, subject, type World } from './fixture.ts';

const { owner, party, elsewhere, stranger, city, province, nation } = places;
const nobody = '00000000-0000-4000-8000-000000000000';

export const actors = {
  everyone,
  'member of the owner': member(nobody, owner),
  'the member it is about': member(subject, party),
  'member elsewhere': member(nobody, elsewhere),
  'staff of the owner': staff(owner),
  'staff of its city': staff(city),
  'staff of its province': staff(province),
  'staff of the nation': staff(nation),
  'staff of the party': staff(party),
  'staff elsewhere': staff(elsewhere),
  'staff of a stranger': staff(stranger),
  'department of the owner': department(owner),
  'liaison of the owner': liaison(owner),
  agency,
  operator,
} as const satisfies Record<string, Actor>;
export type ActorName = keyof typeof actors;
export const actorNames = Object.keys(actors) as ActorName[];

/**
 * Actor × variant: x where its rows are seen. Upper case has parties and a member whom it is about, lower case has
 * neither; y are another committee's, c the owner's that refer to those, t the owner's that refers to a withdrawn one.
 */
const grid = `
                          Pr In Me Up Jo Pu  pr in me up jo pu  yMe yJo yIn  cPu cJo cIn  tw
everyone                  .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    x
member of the owner       .  .  x  .  .  x   .  .  x  .  .  x   .   .   .    x   .   .    x
the member it is about    x  x  x  x  x  x   .  .  .  .  .  x   .   .   .    x   .   x    x
member elsewhere          .  .  .  .  .  x   .  .  .  .  .  x   x   .   .    x   .   .    x
staff of the owner        .  x  x  x  x  x   .  x  x  x  x  x   .   .   .    x   x   x    x
staff of its city         .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    x
staff of its province     .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    x
staff of the nation       .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    x
staff of the party        .  .  .  .  x  x   .  .  .  .  .  x   .   .   .    x   x   .    x
staff elsewhere           .  .  .  .  .  x   .  .  .  .  .  x   x   x   x    x   .   .    x
staff of a stranger       .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    x
department of the owner   .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    x
liaison of the owner      .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    x
agency                    .  .  .  .  .  .   .  .  .  .  .  .   .   .   .    .   .   .    .
operator                  .  .  .  .  .  .   .  .  .  .  .  .   .   .   .    .   .   .    .`;

/** Rows that no answer holds, though the policies let them through: withdrawn, or part of what is. As policies see them. */
const tombstones: Readonly<Record<string, string>> = { wi: 'pu', ow: 'pu', wp: 'Pu' };

const [heading = '', ...lines] = grid.trim().split('\n');
const named = heading.trim().split(/\s+/);
const seen = new Map<string, ReadonlySet<string>>(
  lines.map((line) => {
    const marks = line.trim().split(/\s+/).slice(-named.length);
    return [line.slice(0, line.search(/\s{2,}/)), new Set(named.filter((_, at) => marks[at] === 'x'))];
  }),
);
for (const name of actorNames) if (!seen.has(name)) throw new Error(`cells.ts: the grid has no line for ${name}`);

/** The same audience without parties and subjects: of what a row refers to it doesn't hold them, so nobody is one. */
const withoutNames = (variant: string) => (/^[A-Z]/.test(variant) ? variant.toLowerCase() : variant);

/** Whether a statement of the actor reads the row. */
export function reads(world: World, actor: ActorName, row: Row): boolean {
  const cells = seen.get(actor) ?? new Set();
  if (!cells.has(tombstones[row.variant] ?? row.variant)) return false;
  return targetsOf(world, row).every((target) => cells.has(withoutNames(tombstones[target.variant] ?? target.variant)));
}

/** Whether an answer to the actor may hold anything of the row. */
export function shows(world: World, actor: ActorName, row: Row): boolean {
  return !(row.variant in tombstones) && reads(world, actor, row);
}

/** The records of other subgraphs that a row refers to: who may not see them doesn't see the row. */
function targetsOf(world: World, row: Row): Row[] {
  const table = world.tables.find(({ name }) => name === row.table);
  if (!table?.refers) return [];
  return [...table.references]
    .filter(([, reference]) => !reference.table.startsWith(`${table.schema}.`))
    .flatMap(([column]) => world.byId.get(String(row.values[column])) ?? []);
}

/** Whose field is asked for: a record's row, or a committee or region. */
export interface Parent {
  readonly row?: Row | undefined;
  readonly code?: string | undefined;
  readonly scope?: 'OWN' | 'SUBTREE' | undefined;
}
/** What an actor sees of the fixture. */
export interface View {
  readonly actor: ActorName;
  /** Rows of a table that may be shown, in any order. */
  rows(table: string): readonly Row[];
}

/** What a field shows. */
export type Cell =
  /** Something of the record itself: there, since the fixture fills every column. */
  | { readonly kind: 'value' }
  /** A committee, region or source: everybody's. */
  | { readonly kind: 'directory' }
  /** Covered where the thing that holds it is checked: parts of a page, of a figure, of a total. */
  | { readonly kind: 'within' }
  /** Who is asking. */
  | { readonly kind: 'self' }
  /** One record, or null unless it may be seen. */
  | { readonly kind: 'one'; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** A text of another row, or null unless that may be seen. */
  | { readonly kind: 'borrowed'; readonly column: string; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** A list or connection: exactly those that may be seen. */
  | { readonly kind: 'many'; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** Totals: exactly of those that may be seen. */
  | { readonly kind: 'counts'; readonly of: (view: View, parent: Parent) => readonly Row[] };

const value: Cell = { kind: 'value' };
const directory: Cell = { kind: 'directory' };
const within: Cell = { kind: 'within' };
const self: Cell = { kind: 'self' };

const idIn = (rows: readonly Row[], id: unknown) => rows.filter((row) => row.id === id);
const tied = (rows: readonly Row[], column: string, id: unknown) => rows.filter((row) => row.values[column] === id);
const inside = (code: unknown, { code: of = nation, scope = 'SUBTREE' }: Parent) => {
  const { lo, hi } = codeRange(of);
  return scope === 'OWN' ? code === of : String(code) >= lo && String(code) < hi;
};

/** The record of a table that a column of the row names. */
const to = (table: string, column: string): Cell => ({
  kind: 'one',
  of: (view, { row }) => idIn(view.rows(table), row?.values[column]),
});
/** The record that another row names, which is tied to this one by a column. */
const toBy = (link: string, tie: string, table: string, column: string): Cell => ({
  kind: 'one',
  of: (view, { row }) =>
    tied(view.rows(link), tie, row?.id).flatMap((one) => idIn(view.rows(table), one.values[column])),
});
const borrowed = (link: string, tie: string, column: string): Cell => ({
  kind: 'borrowed',
  column,
  of: (view, { row }) => tied(view.rows(link), tie, row?.id),
});
/** Rows that name this one. */
const parts = (table: string, column: string): Cell => ({
  kind: 'many',
  of: (view, { row }) => tied(view.rows(table), column, row?.id),
});
/** Rows that name the same as this one. */
const alike = (table: string, column: string): Cell => ({
  kind: 'many',
  of: (view, { row }) => tied(view.rows(table), column, row?.values[column]),
});
/** Records that are named by rows that name this one. */
const through = (table: string, link: string, tie: string, column: string): Cell => ({
  kind: 'many',
  of: (view, { row }) => {
    const ids = new Set(tied(view.rows(link), tie, row?.id).map((one) => one.values[column]));
    return view.rows(table).filter(({ id }) => ids.has(id));
  },
});
const ownedRows =
  (table: string, joined?: { readonly link: string; readonly tie: string; readonly column?: string }) =>
  (view: View, parent: Parent): readonly Row[] => {
    const hosted = new Set(
      joined
        ? view
            .rows(joined.link)
            .filter((one) => inside(one.values['committee'], parent))
            .map((one) => one.values[joined.tie])
        : [],
    );
    return view
      .rows(table)
      .filter((row) => inside(row.values['owner'], parent) || hosted.has(row.values[joined?.column ?? 'id']));
  };
/** Records of a committee, or of those in its region. */
const owned = (table: string): Cell => ({ kind: 'many', of: ownedRows(table) });
const counts = (table: string): Cell => ({ kind: 'counts', of: ownedRows(table) });
/** Records of a region. */
const located = (table: string): Cell => ({
  kind: 'many',
  of: (view, parent) => view.rows(table).filter((row) => inside(row.values['region'], parent)),
});
const byId = (table: string): Cell => ({ kind: 'one', of: (view, { row }) => idIn(view.rows(table), row?.id) });

const hosting = { link: 'consultations.host', tie: 'consultation' } as const;
const partnered = { link: 'cooperation.partner', tie: 'cooperation' } as const;
/** With what committees of the range host or share besides. */
const hosted = (table: string, column = 'id'): Cell => ({
  kind: 'many',
  of: ownedRows(table, { ...hosting, column }),
});

interface TypeCells {
  /** The table whose rows are things of the type. */
  readonly table?: string;
  readonly fields: Readonly<Record<string, Cell>>;
}
const type = (table: string, fields: Readonly<Record<string, Cell>>): TypeCells => ({ table, fields });
const plain = (names: string, cell: Cell): Readonly<Record<string, Cell>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, cell]));
/** What every record tells of itself. */
const told = plain('visibility source revision created modified', value);

export const cells: Readonly<Record<string, TypeCells>> = {
  // Roots
  Query: {
    fields: {
      ...plain('committee committees region regions sources', directory),
      me: self,
      member: byId('members.member'),
      members: owned('members.member'),
      person: byId('members.person'),
      organization: byId('members.organization'),
      consultation: byId('consultations.consultation'),
      consultations: hosted('consultations.consultation'),
      suggestion: byId('consultations.suggestion'),
      suggestions: hosted('consultations.suggestion', 'consultation'),
      consultationOutcome: byId('consultations.outcome'),
      consultationOutcomes: hosted('consultations.outcome', 'consultation'),
      annualPlan: byId('consultations.plan'),
      annualPlans: owned('consultations.plan'),
      workstation: byId('workstations.workstation'),
      workstations: owned('workstations.workstation'),
      livelihoodItem: byId('workstations.livelihood_item'),
      livelihoodItems: owned('workstations.livelihood_item'),
      programme: byId('workstations.programme'),
      programmes: owned('workstations.programme'),
      activity: byId('workstations.activity'),
      activities: owned('workstations.activity'),
      serviceRequest: byId('workstations.service_request'),
      serviceRequests: owned('workstations.service_request'),
      cooperation: byId('cooperation.cooperation'),
      cooperations: { kind: 'many', of: ownedRows('cooperation.cooperation', partnered) },
      milestone: byId('cooperation.milestone'),
      agreement: byId('cooperation.agreement'),
      aidEntry: byId('cooperation.aid_entry'),
    },
  },

  // Directory
  Committee: {
    fields: {
      ...plain('code name level region parent children validFrom validUntil successors predecessors', directory),
      members: owned('members.member'),
      memberSummary: counts('members.member'),
      posts: owned('members.post'),
      organizations: owned('members.organization'),
      terms: owned('members.term'),
      figures: owned('members.committee_figure'),
      consultations: hosted('consultations.consultation'),
      consultationSummary: { kind: 'counts', of: ownedRows('consultations.consultation', hosting) },
      plans: owned('consultations.plan'),
      workstations: owned('workstations.workstation'),
      workstationSummary: counts('workstations.workstation'),
      programmes: owned('workstations.programme'),
      activities: owned('workstations.activity'),
      serviceRequests: owned('workstations.service_request'),
      cooperations: { kind: 'many', of: ownedRows('cooperation.cooperation', partnered) },
      cooperationSummary: { kind: 'counts', of: ownedRows('cooperation.cooperation', partnered) },
    },
  },
  Region: {
    fields: {
      ...plain(
        'code name level parent children committee validFrom validUntil successors predecessors zone',
        directory,
      ),
      consultations: located('consultations.consultation'),
      workstations: located('workstations.workstation'),
    },
  },
  Source: { fields: plain('id title description', directory) },

  // People and organizations
  Me: { fields: { role: self, committee: self, member: self, members: self } },
  Person: type('members.person', {
    ...plain('id name', value),
    members: parts('members.member', 'person'),
    posts: parts('members.post', 'person'),
    consultations: through('consultations.consultation', 'consultations.participant', 'person', 'consultation'),
    activities: through('workstations.activity', 'workstations.participation', 'person', 'activity'),
    programmes: through('workstations.programme', 'workstations.programme_staffing', 'person', 'programme'),
    milestones: through('cooperation.milestone', 'cooperation.milestone_person', 'person', 'milestone'),
  }),
  Member: type('members.member', {
    ...plain('id name occupation tags', value),
    ...told,
    person: to('members.person', 'person'),
    committee: directory,
    sector: toBy('members.affiliation', 'member', 'members.organization', 'sector'),
    posts: alike('members.post', 'person'),
    dutyReport: {
      kind: 'one',
      of: (view, { row }) => tied(view.rows('members.duty_report'), 'member', row?.id),
    },
    consultations: through('consultations.consultation', 'consultations.participant', 'member', 'consultation'),
    workstations: through('workstations.workstation', 'workstations.workstation_staffing', 'member', 'workstation'),
    activities: through('workstations.activity', 'workstations.participation', 'member', 'activity'),
    programmes: through('workstations.programme', 'workstations.programme_staffing', 'member', 'programme'),
  }),
  Post: type('members.post', {
    ...plain('id title current asOf source', value),
    person: to('members.person', 'person'),
    committee: directory,
    organization: to('members.organization', 'organization'),
  }),
  Organization: type('members.organization', {
    ...plain('id name classification description source', value),
    committee: directory,
    region: directory,
    parent: to('members.organization', 'parent'),
    children: parts('members.organization', 'parent'),
    posts: parts('members.post', 'organization'),
    members: through('members.member', 'members.affiliation', 'sector', 'member'),
    cooperations: {
      kind: 'many',
      of: (view, { row }) => {
        const partners = tied(view.rows('cooperation.partner_organization'), 'organization', row?.id);
        const ids = view
          .rows('cooperation.partner')
          .filter(({ id }) => partners.some((one) => one.values['partner'] === id))
          .map((one) => one.values['cooperation']);
        return view.rows('cooperation.cooperation').filter(({ id }) => ids.includes(id));
      },
    },
  }),
  LegislativeTerm: type('members.term', {
    ...plain('id ordinal start end source', value),
    committee: directory,
    sessions: parts('members.session', 'term'),
  }),
  LegislativeSession: type('members.session', {
    ...plain('id ordinal held source', value),
    term: to('members.term', 'term'),
  }),
  CommitteeFigure: type('members.committee_figure', {
    ...plain('id label value unit period asOf note source', value),
    committee: directory,
  }),
  DutyReport: type('members.duty_report', plain('year yearInferred total lines basis source', value)),

  // Consultations
  Consultation: type('consultations.consultation', {
    ...plain('id title kind localKind status held place topics description figures', value),
    ...told,
    region: directory,
    hosts: parts('consultations.host', 'consultation'),
    follows: to('consultations.consultation', 'follows'),
    followedBy: parts('consultations.consultation', 'follows'),
    cooperation: toBy('consultations.cooperation_link', 'consultation', 'cooperation.cooperation', 'cooperation'),
    participants: parts('consultations.participant', 'consultation'),
    suggestions: parts('consultations.suggestion', 'consultation'),
    readings: parts('consultations.reading', 'consultation'),
    outcomes: parts('consultations.outcome', 'consultation'),
  }),
  ConsultationHost: type('consultations.host', {
    role: value,
    committee: directory,
    workstation: toBy('consultations.host_platform', 'host', 'workstations.workstation', 'workstation'),
    name: borrowed('consultations.host_platform', 'host', 'name'),
  }),
  ConsultationParticipant: type('consultations.participant', {
    role: value,
    member: to('members.member', 'member'),
    person: to('members.person', 'person'),
  }),
  FollowUpReading: type('consultations.reading', plain('on text value unit', value)),
  Suggestion: type('consultations.suggestion', {
    ...plain('id text count adoptedByAll', value),
    ...told,
    consultation: to('consultations.consultation', 'consultation'),
    authors: parts('consultations.suggestion_author', 'suggestion'),
    adoptions: parts('consultations.adoption', 'suggestion'),
  }),
  SuggestionAuthor: type('consultations.suggestion_author', { member: to('members.member', 'member') }),
  Adoption: type('consultations.adoption', {
    ...plain('body bodyName status reason decided', value),
    committee: directory,
  }),
  ConsultationOutcome: type('consultations.outcome', {
    ...plain('id kind title on body description', value),
    ...told,
    consultation: to('consultations.consultation', 'consultation'),
  }),
  AnnualPlan: type('consultations.plan', {
    ...plain('id year title status', value),
    ...told,
    committee: directory,
    items: parts('consultations.plan_item', 'plan'),
  }),
  AnnualPlanItem: type('consultations.plan_item', {
    ...plain('kind localKind title count', value),
    consultation: to('consultations.consultation', 'consultation'),
  }),

  // Workstations
  Workstation: type('workstations.workstation', {
    ...plain('id name kind localKind status place opened description openDays figures', value),
    ...told,
    ...plain('committee region', directory),
    staffing: parts('workstations.workstation_staffing', 'workstation'),
    livelihoodItems: parts('workstations.livelihood_item', 'workstation'),
    activities: parts('workstations.activity', 'workstation'),
    serviceRequests: parts('workstations.service_request', 'workstation'),
    consultations: through('consultations.consultation', 'consultations.host_platform', 'workstation', 'consultation'),
  }),
  WorkstationStaffing: type('workstations.workstation_staffing', {
    role: value,
    member: to('members.member', 'member'),
  }),
  LivelihoodItem: type('workstations.livelihood_item', {
    ...plain('id title year status finished description figures', value),
    ...told,
    committee: directory,
    workstation: to('workstations.workstation', 'workstation'),
  }),
  Programme: type('workstations.programme', {
    ...plain('id name started description figures', value),
    ...told,
    committee: directory,
    staffing: parts('workstations.programme_staffing', 'programme'),
    activities: parts('workstations.activity', 'programme'),
  }),
  ProgrammeStaffing: type('workstations.programme_staffing', {
    role: value,
    member: to('members.member', 'member'),
    person: to('members.person', 'person'),
  }),
  Activity: type('workstations.activity', {
    ...plain('id title kind held place description figures', value),
    ...told,
    ...plain('committee region', directory),
    workstation: to('workstations.workstation', 'workstation'),
    programme: to('workstations.programme', 'programme'),
    participants: parts('workstations.participation', 'activity'),
  }),
  ActivityParticipant: type('workstations.participation', {
    role: value,
    member: to('members.member', 'member'),
    person: to('members.person', 'person'),
  }),
  ServiceRequest: type('workstations.service_request', {
    ...plain('id kind title description filedAs status requested resolution resolved figures', value),
    ...told,
    ...plain('committee region', directory),
    workstation: to('workstations.workstation', 'workstation'),
  }),

  // Cooperations
  Cooperation: type('cooperation.cooperation', {
    ...plain('id title kind field status started description figures', value),
    ...told,
    partners: parts('cooperation.partner', 'cooperation'),
    milestones: parts('cooperation.milestone', 'cooperation'),
    agreements: parts('cooperation.agreement', 'cooperation'),
    aid: parts('cooperation.aid_entry', 'cooperation'),
    consultations: through(
      'consultations.consultation',
      'consultations.cooperation_link',
      'cooperation',
      'consultation',
    ),
  }),
  CooperationPartner: type('cooperation.partner', {
    role: value,
    committee: directory,
    organizations: parts('cooperation.partner_organization', 'partner'),
  }),
  PartnerOrganization: type('cooperation.partner_organization', {
    name: value,
    organization: to('members.organization', 'organization'),
  }),
  Milestone: type('cooperation.milestone', {
    ...plain('id title stage date done description source', value),
    people: parts('cooperation.milestone_person', 'milestone'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),
  MilestonePerson: type('cooperation.milestone_person', { role: value, person: to('members.person', 'person') }),
  Agreement: type('cooperation.agreement', {
    ...plain('id title signed parties description source', value),
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),
  AidEntry: type('cooperation.aid_entry', {
    ...plain('id form amount unit given description source', value),
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),

  // What has no audience of its own
  Period: { fields: plain('start end precision text yearInferred', within) },
  Quantity: { fields: plain('value qualifier atLeast text', within) },
  Figure: { fields: plain('label value unit period asOf note', within) },
  Total: { fields: plain('value atLeast text basis asOf source', within) },
  PageInfo: { fields: plain('hasNextPage hasPreviousPage startCursor endCursor', within) },
  DutyLine: { fields: plain('kind count', within) },
  OpenDay: { fields: plain('rule description', within) },
  MemberSummary: { fields: plain('total counted', within) },
  ConsultationSummary: { fields: plain('total byKind byStatus', within) },
  ConsultationKindCount: { fields: plain('kind count', within) },
  ConsultationStatusCount: { fields: plain('status count', within) },
  WorkstationSummary: { fields: plain('total byKind byStatus', within) },
  WorkstationKindCount: { fields: plain('kind count', within) },
  WorkstationStatusCount: { fields: plain('status count', within) },
  CooperationSummary: { fields: plain('total byKind', within) },
  CooperationKindCount: { fields: plain('kind count', within) },
  ...Object.fromEntries(
    [
      'Activity',
      'ActivityParticipant',
      'AnnualPlan',
      'Committee',
      'Consultation',
      'ConsultationOutcome',
      'ConsultationParticipant',
      'Cooperation',
      'LivelihoodItem',
      'Member',
      'Milestone',
      'Programme',
      'Region',
      'ServiceRequest',
      'Suggestion',
      'Workstation',
    ].flatMap((name): [string, TypeCells][] => [
      [`${name}Connection`, { fields: plain('nodes edges pageInfo totalCount', within) }],
      [`${name}Edge`, { fields: plain('cursor node', within) }],
    ]),
  ),
};
