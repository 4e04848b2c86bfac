/**
 * Rows for the matrix, made from the database's catalog: every table of records gets a row of each audience, with every
 * column filled, so that a table or column that comes later is covered without a change here.
 */
import { createHash } from 'node:crypto';
import { receiptHash, type Visibility } from '@hub/access';
import { currentCode } from '@hub/regions';
import type postgres from 'postgres';

/** The committees of the matrix: whose records they are, who joins in, and who has records of its own that others refer to. */
export const places = {
  owner: currentCode('330110'),
  party: currentCode('361100'),
  elsewhere: currentCode('330114'),
  stranger: currentCode('330106'),
  city: currentCode('330100'),
  province: currentCode('330000'),
  nation: currentCode('000000'),
} as const;

/** An id that follows from what it is the id of. */
export function idOf(table: string, variant: string): string {
  const hex = createHash('sha256').update(`${table}/${variant}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Those whom records name, by id: members and organizations among the rows themselves, so that they can find themselves. */
export const named = {
  /** The member whom records are about. */
  subject: idOf('members.member', 'Pr'),
  /** The member who filed the records of the variant Au; where a record has a member, it is that one too. */
  author: idOf('members.member', 'Au'),
  /** The sector or group whose the records of Co are. */
  group: idOf('members.organization', 'Co'),
  /** The department that the records of De were given to. */
  department: idOf('members.organization', 'De'),
  /** The partner agency that the records of Ag name, whose own they are where they are an agency's. */
  agency: idOf('cooperation.partner_agency', 'Ag'),
  /** The liaison officer who reported the records of Li, by the name of its subject. */
  liaison: 'LIAISON liaison-330110',
} as const;
/** The code under which the records of the variant re were filed. */
export const receipt = 'filed-without-signing-in';

/** One row of every table, all with the same audience; named by the column of the grid in cells.ts. */
export interface Variant {
  readonly name: string;
  readonly owner: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
  /** The variant whose records its own refer to, other than their wholes. */
  readonly refersTo?: string;
  /** The variant that a record of it names where it names another record of its own table. */
  readonly follows?: string;
  /** Only references within the subgraph go there; what another one withdraws isn't known to it. */
  readonly refersWithin?: boolean;
  /** For parts only: whose parts they are, and nothing else is of this variant. */
  readonly partOf?: string;
  readonly withdrawn?: boolean;
}

const { owner, party, elsewhere } = places;
const shared = { owner, parties: [owner, party], subjects: [named.subject] };
const bare = { owner, parties: [], subjects: [] };
const others = { owner: elsewhere, parties: [], subjects: [] };

export const variants: readonly Variant[] = [
  // With parties and somebody whom they are about.
  { name: 'Pr', visibility: 'PRIVATE', ...shared, follows: 'pr' },
  { name: 'In', visibility: 'INTERNAL', ...shared, follows: 'in' },
  { name: 'Me', visibility: 'MEMBERS', ...shared, follows: 'me' },
  { name: 'Up', visibility: 'UPWARD', ...shared, follows: 'up' },
  { name: 'Jo', visibility: 'JOINT', ...shared, follows: 'jo' },
  { name: 'Pu', visibility: 'PUBLIC', ...shared, follows: 'pu' },
  // With neither: these are what counters hold.
  { name: 'pr', visibility: 'PRIVATE', ...bare },
  { name: 'in', visibility: 'INTERNAL', ...bare },
  { name: 'me', visibility: 'MEMBERS', ...bare },
  { name: 'up', visibility: 'UPWARD', ...bare },
  { name: 'jo', visibility: 'JOINT', ...bare },
  { name: 'pu', visibility: 'PUBLIC', ...bare },
  // Another committee's, and rows that refer to those: they are seen by more people than what they refer to.
  { name: 'yMe', visibility: 'MEMBERS', ...others },
  { name: 'yJo', visibility: 'JOINT', ...others, parties: [elsewhere] },
  { name: 'yIn', visibility: 'INTERNAL', ...others },
  { name: 'cPu', visibility: 'PUBLIC', ...bare, refersTo: 'yMe' },
  { name: 'cJo', visibility: 'JOINT', ...bare, parties: [owner, party], refersTo: 'yJo' },
  { name: 'cIn', visibility: 'INTERNAL', ...bare, subjects: [named.subject], refersTo: 'yIn' },
  // Somebody’s who isn't staff: each is the one who may do more with them than others.
  { name: 'Au', visibility: 'MEMBERS', ...bare, subjects: [named.author], follows: 'me' },
  { name: 'Co', visibility: 'INTERNAL', ...bare, subjects: [named.group], follows: 'in' },
  { name: 'De', visibility: 'INTERNAL', ...bare, subjects: [named.department], follows: 'in' },
  { name: 'Li', visibility: 'INTERNAL', ...bare, subjects: [named.liaison], follows: 'in' },
  { name: 'Ag', visibility: 'INTERNAL', ...bare, subjects: [named.agency], follows: 'in' },
  { name: 're', visibility: 'INTERNAL', ...bare },
  // Withdrawn ones, what refers to them, and parts that are withdrawn or whose whole is.
  { name: 'wi', visibility: 'PUBLIC', ...bare, withdrawn: true },
  { name: 'tw', visibility: 'PUBLIC', ...bare, refersTo: 'wi', refersWithin: true },
  { name: 'ow', visibility: 'PUBLIC', ...bare, partOf: 'wi', refersTo: 'pu' },
  { name: 'wp', visibility: 'PUBLIC', ...shared, partOf: 'Pu', refersTo: 'pu', withdrawn: true },
];
const variantNamed = new Map(variants.map((variant) => [variant.name, variant]));
/** Rows that are prepared and not put in, for trying who may. */
const prepared: Variant = { name: 'new', visibility: 'PUBLIC', ...bare };

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
  readonly generated: boolean;
  /** Its value is said by hand, and may be none. */
  readonly said: boolean;
  /** The column whose value a generated one repeats. */
  readonly repeats: string | undefined;
  /** What a closed list allows. */
  readonly allowed: readonly string[] | undefined;
}

export interface Table {
  /** `schema.table` */
  readonly name: string;
  readonly schema: string;
  readonly columns: readonly Column[];
  /** By column: the table that it names a record of, whether a foreign key says so, and whether as a part of that one. */
  readonly references: ReadonlyMap<string, Reference>;
  /** Whether the row holds the audience of what it refers to. */
  readonly refers: boolean;
  /** Whether it holds the parties of that too. */
  readonly knowsParties: boolean;
  readonly uniques: ReadonlyMap<string, readonly string[]>;
}

/** A table that no record stands in. Where the fixture leaves it empty, with rows for it: who tries it puts them in and undoes it. */
export interface OtherTable {
  readonly table: Table;
  readonly rows: readonly Row[];
}

export interface Reference {
  readonly table: string;
  readonly keyed: boolean;
  readonly part: boolean;
}

export interface Row {
  readonly table: string;
  readonly variant: string;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface World {
  /** What this file doesn't say and has to: rows and columns that are not as they should be. */
  readonly faults: ReadonlySet<string>;
  /** Those of records, in an order in which rows can be put in. */
  readonly tables: readonly Table[];
  /** What else is reached under policies: what is kept between requests, logs, queues. */
  readonly others: readonly OtherTable[];
  readonly rows: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
  readonly byTable: ReadonlyMap<string, readonly Row[]>;
  /** Ids of rows that are withdrawn now, their own or with their whole. */
  readonly withdrawn: ReadonlySet<string>;
  /** One row of each table that isn't there yet. */
  readonly newRows: readonly Row[];
}

const marked = (table: string, variant: string, column: string) => `〔${table}·${variant}〕${column}`;
/** Which rows a text of an answer is from. */
export function* marksIn(text: string): Generator<{ table: string; variant: string }> {
  for (const [, table = '', variant = ''] of text.matchAll(/〔([a-z_.]+)·([A-Za-z]+)〕/g)) yield { table, variant };
}

const day = '2024-07-31';
const laterDay = '2024-08-31';
const ends = /(^|_)(ends?|until|closes|closed|expires|deadline|solved|left)(_|$)/;
const period = (mark: string) => ({ start: day, end: '2024-08', text: mark, yearInferred: true });
const quantity = (mark: string) => ({ value: 290, qualifier: 'AT_LEAST', text: mark });
const figure = (mark: string) => ({
  label: mark,
  value: quantity(mark),
  unit: mark,
  period: period(mark),
  asOf: period(mark),
  note: mark,
});
const itemContent = (mark: string) => ({
  kind: 'TOPICAL',
  localKind: mark,
  title: mark,
  count: quantity(mark),
  lead: mark,
  plannedFor: period(mark),
});
/** What stands in a column of JSON, by its name: a new one has to be said here. */
const json: Readonly<Record<string, (mark: string) => unknown>> = {
  ...Object.fromEntries(
    ['held', 'as_of', 'period', 'decided', 'on', 'opened', 'finished', 'started', 'requested', 'resolved'].map(
      (name) => [name, period],
    ),
  ),
  ...Object.fromEntries(['date', 'signed', 'given', 'term'].map((name) => [name, period])),
  ...Object.fromEntries(['value', 'total', 'count', 'amount', 'size'].map((name) => [name, quantity])),
  figures: (mark) => [figure(mark)],
  lines: (mark) => [{ kind: mark, count: 3 }],
  planned_for: period,
  // 联合协商方案
  ...Object.fromEntries(['topics', 'agenda', 'visits', 'quotas'].map((name) => [name, () => []])),
  // 计划调整: how an item read.
  before: (mark) => itemContent(mark),
  after: (mark) => itemContent(mark),
  open_days: (mark) => [{ rule: mark, description: mark }],
  evidence: (mark) => [{ name: mark, value: mark }],
  former: (mark) => [{ name: mark, value: mark }],
  // 计分细则: as few as there can be.
  rules: (mark) => ({
    format: 1,
    label: mark,
    items: [{ item: 'meeting', label: mark, kinds: ['CONSULTATION'], outcomes: ['PRESENT'], points: 1, unit: '次' }],
  }),
  result: () => ({}),
  datasets: () => [{ dataset: 'cooperations', fields: ['Cooperation.title'], unmasked: [] }],
  public_key: (mark) => ({ kty: 'OKP', crv: 'Ed25519', x: mark }),
  // Settings as they are where nothing was decided: what is decided has the types of the settings' own.
  chosen: () => ({}),
};

/** Names of columns that refer to a record and don't bear the name of its table; by `schema.table.column`, or by the column alone. */
const referred: Readonly<Record<string, string>> = {
  author: 'members.member',
  'consultations.topic_comment.answers': 'consultations.topic_comment',
  department: 'members.organization',
  agency: 'cooperation.partner_agency',
  'members.organization.parent': 'members.organization',
  'members.affiliation.sector': 'members.organization',
  'members.contact_link.parent': 'members.organization',
  'members.contact_link.child': 'members.member',
  'consultations.consultation.follows': 'consultations.consultation',
  'cooperation.agreement.supersedes': 'cooperation.agreement',
  'cooperation.aid_entry.corrects': 'cooperation.aid_entry',
  'consultations.plan.chairmens_meeting': 'consultations.consultation',
  'consultations.joint_plan.follows': 'consultations.consultation',
  'consultations.nominee.stands_in_for': 'consultations.nominee',
  'consultations.linked_action.part_of': 'consultations.linked_action',
  'consultations.referral.previous': 'consultations.referral',
};

/**
 * What a column has to hold for the graph to read it, or for a constraint to let it stand; by `schema.table.column`. A
 * function gets the row's number and its variant.
 */
const particular: Readonly<Record<string, unknown>> = {
  // What lasts: lists show what is so today.
  'members.affiliation.valid_until': null,
  'members.organization_member.valid_until': null,
  'members.contact_link.valid_until': null,
  'members.organization.valid_until': null,
  'members.post.valid_until': null,
  'members.membership.valid_until': null,
  'members.organization.classification': 'SECTOR',
  'members.organization_member.role': 'MEMBER',
  'members.membership.status': 'ENDED',
  'members.membership_event.step': 'endMembership',
  'members.contact_link.tree': 'PARTY_CHAIN_MEMBERS',
  'members.contact_link.parent_type': 'ORGANIZATION',
  'consultations.submission.filed_by': 'STAFF',
  'consultations.plan_topic.filed_by': 'STAFF',
  // One plan a year is made by steps; those that were imported have no day of one.
  'consultations.plan.since': () => null,
  // A file belongs to one record, and the fixture's to its papers.
  'consultations.plan.file': () => null,
  // Topics are still gathered.
  'consultations.plan.collect_until': '2999-12-31',
  'consultations.plan_amendment.change': 'CHANGED',
  'consultations.plan_event.step': 'draftPlan',
  'consultations.plan_item_event.step': 'changePlanItem',
  'consultations.plan_topic_event.step': 'declineTopic',
  'consultations.consultation.live_stream': 'https://live.example.cn/1',
  'consultations.online_meeting.link': 'https://meeting.example.cn/1',
  'consultations.attendance.substitute': (_: number, variant: string) =>
    idOf('members.member', variant === 'pu' ? 'Pu' : 'pu'),
  'consultations.attendance.stands_in_for': (_: number, variant: string) => idOf('consultations.attendance', variant),
  // Codes to sign in with are good until it ends.
  'consultations.part.ends': () => new Date(Date.now() + 86_400_000).toISOString(),
  'consultations.leave.parts': (_: number, variant: string) => [idOf('consultations.part', variant)],
  'consultations.file.status': 'READY',
  // A file belongs to one paper.
  'consultations.file.record': (_: number, variant: string) => idOf('consultations.paper', variant),
  'consultations.paper.file': (_: number, variant: string) => idOf('consultations.file', variant),
  'consultations.file_chunk.position': (n: number) => n * 512 * 1024,
  // Terms of one committee don’t overlap.
  'members.term.start': (n: number) => String(1900 + n),
  'members.term.end': (n: number) => `${1900 + n}-06`,
  'members.member.serving': '{(,)}',
  'members.duty_source.name': (n: number) => `source ${n}`,
  'consultations.cooperation_source.name': (n: number) => `source ${n}`,
  // Of a record that is none of the fixture's: which others see them doesn't follow from it.
  'members.correction.record': (_: number, variant: string) => idOf('corrected', variant),
  'consultations.correction.record': (_: number, variant: string) => idOf('corrected', variant),
  'cooperation.correction.record': (_: number, variant: string) => idOf('corrected', variant),
  'members.duty_fact.outcomes': ['PRESENT'],
  'members.duty_fact.fact': (_: number, variant: string) => idOf('members.duty_fact', variant),
  'members.duty_fact.record': (_: number, variant: string) => idOf('consultations.consultation', variant),
  // 办理记录: a step that the record's machine has.
  'consultations.consultation_event.step': 'scheduleConsultation',
  'consultations.paper_event.step': 'replacePaper',
  'consultations.submission_event.step': 'acceptSubmission',
  'consultations.suggestion_event.step': 'takeSuggestion',
  'consultations.follow_up_event.step': 'sendResults',
  'consultations.book_event.step': 'acceptBook',
  'consultations.book_reading_event.step': 'finishReading',
  'consultations.calendar_feed_event.step': 'renewCalendarFeed',
  'consultations.discussion_topic_event.step': 'startDraft',
  'consultations.topic_comment_event.step': 'hideComment',
  'consultations.attendance_event.step': 'nameSubstitute',
  'consultations.leave_event.step': 'approveLeave',
  'consultations.sign_in_event.step': 'voidSignIn',
  'consultations.speech_event.step': 'recordSpeech',
  // 联合协商: each plan at its first proposal, by which its one party hosts.
  'consultations.joint_plan.status': 'CONFIRMED',
  // The fixture's consultations are their owner's alone to change.
  'consultations.joint_plan.consultation': () => null,
  'consultations.joint_plan.number': 1,
  'consultations.joint_plan.locked_number': 1,
  'consultations.joint_plan.required': [],
  'consultations.joint_plan_event.step': 'inviteParty',
  'consultations.joint_plan_proposal.number': 1,
  'consultations.joint_plan_proposal.taken_back': false,
  'consultations.joint_plan_proposal.based_on': 1,
  'consultations.joint_plan_proposal.starts': ['2999-07-31T09:00:00Z'],
  'consultations.joint_plan_proposal.duration_minutes': 60,
  'consultations.joint_plan_party.status': 'TENTATIVE',
  'consultations.joint_plan_party.number': 1,
  'consultations.joint_plan_party.locked_number': 1,
  'consultations.joint_plan_party.starts': null,
  'consultations.joint_plan_party.excluded': [],
  'consultations.joint_plan_party.call_off_reason': null,
  'consultations.joint_plan_party.call_off_by': null,
  'cooperation.agreement.committees': [],
  'cooperation.agreement.signatures': [],
  'consultations.joint_plan_party_event.step': 'acceptJointPlan',
  'consultations.nominee.kind': 'MEMBER',
  // One that is nominated stands once in a plan; rows that refer to another committee's would be two.
  'consultations.nominee_reference.status': 'GONE',
  'consultations.nominee_event.step': 'nominate',
  'consultations.calendar_entry.kind': 'BLOCK',
  'consultations.calendar_entry.blocking': false,
  'consultations.calendar_entry.held_by': () => '00000000-0000-0000-0000-000000000000',
  'consultations.calendar_entry_event.step': 'changeCalendarEntry',
  'consultations.linked_action_event.step': 'amendLinkedAction',
  'consultations.linked_part_event.step': 'planLinkedPart',
  'consultations.problem_event.step': 'verifyProblem',
  'consultations.referral_handling_event.step': 'answerReferral',
  // What was sent on came back with an answer, and may be sent on again.
  'consultations.referral_handling.status': 'ANSWERED',
  'consultations.referral.hop': 1,
  'consultations.referral.path': [places.owner],
  // What follows a consultation needs one that was held.
  'consultations.consultation.status': 'HELD',
  // The author's draft is at its first version.
  'consultations.topic_draft.version': (n: number, variant: string) => (variant === 'Au' ? 1 : 1 + n),
  'consultations.consultation_evaluation.attitude': 3,
  'consultations.consultation_evaluation.result': 4,

  // Committees that take part, one of which gives aid.
  'cooperation.partner.status': 'ACCEPTED',
  'cooperation.partner.role': 'DONOR',
  'cooperation.milestone.status': 'DONE',
  'cooperation.agreement.status': 'SIGNED',
  'cooperation.cooperation_event.step': 'proposeCooperation',
  'cooperation.cooperation.upward': false,
  'cooperation.partner_event.step': 'acceptCooperation',
  'cooperation.milestone_event.step': 'correctMilestone',
  'cooperation.agreement_event.step': 'signAgreement',
  'cooperation.visit_finding_event.step': 'takeUpVisitFinding',
  'cooperation.file.status': 'READY',
  // A file belongs to one copy of an agreement.
  'cooperation.file.record': (_: number, variant: string) => idOf('cooperation.agreement_file', variant),
  // An entry is corrected once: each of the fixture's corrects itself.
  'cooperation.aid_entry.corrects': (_: number, variant: string) => idOf('cooperation.aid_entry', variant),
  'cooperation.file_chunk.position': (n: number) => n * 512 * 1024,
  'cooperation.partner_agency_event.step': 'closeAgency',
  'cooperation.agency_key_event.step': 'retireAgencyKey',
  'cooperation.sharing_agreement_event.step': 'draftSharing',
  'cooperation.webhook_event.step': 'pauseWebhook',
  // It lasts, so that it can be in force.
  'cooperation.sharing_agreement.valid_until': '2999-12-31',
  'cooperation.sharing_agreement.version': 2,
  // A draft that may be approved, of what may be shared.
  'cooperation.sharing_terms.version': 2,
  'cooperation.sharing_terms.status': 'DRAFT',
  'cooperation.sharing_terms.regions': [places.owner],
  'cooperation.sharing_terms.valid_from': '2998-01-01',
  'cooperation.sharing_terms.valid_until': '2999-12-31',
};
/** Rules over several rows that triggers keep, with the columns that they tie. */
const spanning: Readonly<Record<string, readonly { readonly name: string; readonly columns: readonly string[] }[]>> = {
  'members.contact_link': [{ name: 'contact_link_one_parent', columns: ['child', 'parent'] }],
};

/** The same for every table of events. */
const ofEvents: Readonly<Record<string, unknown>> = { role: 'STAFF' };

/** Rows besides those of the catalog: committees that join in what another one leads. */
const companions: readonly { readonly table: string; readonly values: Readonly<Record<string, unknown>> }[] = [
  {
    table: 'consultations.host',
    values: { role: 'CO_HOST', position: 1, committee: party, committee_as_filed: party },
  },
  { table: 'cooperation.partner', values: { position: 1, committee: party, committee_as_filed: party } },
];

/** Takes note of what isn't said here and has to be. */
type Note = (fault: string) => void;

/** Reads the tables of some schemas that are reached under policies, wholes before their parts. */
async function readTables(
  admin: postgres.Sql,
  schemas: readonly string[],
  note: Note,
): Promise<{ records: Table[]; others: Table[] }> {
  const columns = await admin<
    {
      table: string;
      schema: string;
      name: string;
      type: string;
      collation: string | null;
      generated: boolean;
      expression: string | null;
      record: boolean;
    }[]
  >`
    select format('%s.%s', table_schema, table_name) as table, table_schema as schema, column_name as name,
      coalesce(nullif(data_type, 'ARRAY'), udt_name) as type, collation_name as collation,
      is_generated = 'ALWAYS' or identity_generation is not distinct from 'ALWAYS' as generated,
      generation_expression as expression, record
    from information_schema.columns as c cross join lateral (select 6 = count(*) as record from information_schema.columns as r
      where r.table_schema = c.table_schema and r.table_name = c.table_name
        and r.column_name in ('id', 'owner', 'visibility', 'parties', 'subjects', 'revision')) as its
    where table_schema = any(${[...schemas]}) and (record or exists (select 1 from pg_policies
      where schemaname = c.table_schema and tablename = c.table_name and policyname <> 'owner'))
    order by table_schema, table_name, ordinal_position`;
  const constraints = await admin<
    {
      table: string;
      name: string;
      kind: string;
      columns: string[];
      target: string | null;
      cascades: boolean;
      definition: string;
    }[]
  >`
    select format('%s.%s', n.nspname, t.relname) as table, c.conname as name, c.contype as kind,
      (select array_agg(a.attname::text order by k.at) from unnest(c.conkey) with ordinality as k(num, at)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as columns,
      (select format('%s.%s', fn.nspname, ft.relname) from pg_class ft join pg_namespace fn on fn.oid = ft.relnamespace
        where ft.oid = c.confrelid) as target,
      c.confupdtype = 'c' as cascades, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = any(${[...schemas]}) and c.contype in ('f', 'c', 'u', 'p')`;
  const indexes = await admin<{ table: string; name: string; columns: string[] }[]>`
    select format('%s.%s', n.nspname, t.relname) as table, i.relname as name,
      (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey::int2[])) as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
    where x.indisunique and n.nspname = any(${[...schemas]})`;
  const names = [...new Set(columns.map((column) => column.table))];
  const ofRecords = new Set(columns.filter(({ record }) => record).map(({ table }) => table));
  const tables = names.map((name): Table => {
    const own = columns.filter((column) => column.table === name);
    const mine = constraints.filter((constraint) => constraint.table === name);
    const references = new Map<string, Reference>();
    for (const { name: column, type } of own) {
      if (type !== 'uuid' || column === 'id') continue;
      const keys = mine.filter(({ kind, columns: [first] }) => kind === 'f' && first === column);
      const [key] = keys;
      const alike = [...ofRecords].filter((other) => other.endsWith(`.${column}`));
      const target =
        key?.target ?? referred[`${name}.${column}`] ?? referred[column] ?? (alike.length === 1 ? alike[0] : undefined);
      if (!target) {
        if (`${name}.${column}` in particular) continue;
        note(`say in \`referred\` what ${name}.${column} names`);
        continue;
      }
      const part = keys.some((one) => one.cascades);
      references.set(column, { table: target, keyed: keys.length > 0, part });
    }
    return {
      name,
      schema: own[0]?.schema ?? '',
      columns: own.map((column) => ({
        ...column,
        allowed: allowedIn(mine, column.name),
        said: `${name}.${column.name}` in particular,
        repeats: own.find(({ name: other }) => other === column.expression)?.name,
      })),
      references,
      refers: own.some((column) => column.name === 'reference_visibility'),
      knowsParties: own.some((column) => column.name === 'reference_parties'),
      uniques: new Map(
        [
          ...mine.filter(({ kind }) => kind === 'u' || kind === 'p'),
          ...indexes.filter(({ table }) => table === name),
          ...(spanning[name] ?? []),
        ].map((one) => [one.name, one.columns] as const),
      ),
    };
  });
  const sorted = wholesFirst(tables);
  return {
    records: sorted.filter(({ name }) => ofRecords.has(name)),
    others: sorted.filter(({ name }) => !ofRecords.has(name)),
  };
}

function allowedIn(
  constraints: readonly { kind: string; columns: readonly string[] | null; definition: string }[],
  column: string,
): readonly string[] | undefined {
  const lists = constraints
    .filter(({ kind, columns }) => kind === 'c' && columns?.length === 1 && columns[0] === column)
    .map(({ definition }) => [...definition.matchAll(/'([^']*)'::text/g)].map(([, value = '']) => value));
  return lists.find((values) => values.length > 0);
}

function wholesFirst(tables: readonly Table[]): Table[] {
  const placed: Table[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const ready = left.filter((table) =>
      [...table.references.values()].every(
        (reference) =>
          !reference.keyed || reference.table === table.name || placed.some(({ name }) => name === reference.table),
      ),
    );
    if (ready.length === 0) throw new Error(`tables refer to one another in a circle: ${left.map(({ name }) => name)}`);
    placed.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return placed;
}

/** Which variant a column of a row points to; `kept` are columns that a unique constraint ties to the row's own. */
function pointsTo(table: Table, column: string, variant: Variant, kept: ReadonlySet<string>, has: Has): string {
  const reference = table.references.get(column);
  if (!reference) return variant.name;
  const whole = variant.partOf;
  if (whole !== undefined) {
    if (has(reference.table, variant.name)) return variant.name;
    return reference.part ? whole : (variant.refersTo ?? whole);
  }
  if (reference.table === table.name && variant.follows) return variant.follows;
  if (reference.part || kept.has(column) || !variant.refersTo) return variant.name;
  if (variant.refersWithin && !reference.table.startsWith(`${table.schema}.`)) return variant.name;
  return variant.refersTo;
}
type Has = (table: string, variant: string) => boolean;

function valuesOf(
  table: Table,
  variant: Variant,
  kept: ReadonlySet<string>,
  has: Has,
  note: Note,
): Readonly<Record<string, unknown>> {
  const target = variantNamed.get(
    [...table.references.entries()]
      .filter(([, reference]) => !reference.table.startsWith(`${table.schema}.`))
      .map(([column]) => pointsTo(table, column, variant, kept, has))[0] ?? variant.name,
  );
  const audience = target ?? variant;
  const fixed: Readonly<Record<string, unknown>> = {
    id: idOf(table.name, variant.name),
    owner: variant.owner,
    visibility: variant.visibility,
    parties: variant.parties,
    subjects: variant.subjects,
    external_id: `${table.name}/${variant.name}`,
    deleted: null,
    reference_owner: audience.owner,
    reference_visibility: audience.visibility,
    reference_parties: audience.parties,
    subject: variant.subjects[0] ?? marked(table.name, variant.name, 'subject'),
    year: 2024,
    start: '2022',
    end: '2027-01',
    receipt: variant.name === 're' ? receiptHash(receipt) : marked(table.name, variant.name, 'receipt'),
    position: variant.partOf === undefined ? 0 : 2 + variants.indexOf(variant),
  };
  const ordinal = variants.indexOf(variant) + 1;
  const sampleOf = ({ name, type, collation, allowed }: Column): unknown => {
    const mark = marked(table.name, variant.name, name);
    const full = `${table.name}.${name}`;
    const own = full in particular ? particular[full] : table.name.endsWith('_event') ? ofEvents[name] : undefined;
    if (typeof own === 'function') return own(ordinal, variant.name);
    if (own !== undefined) return own;
    if (name in fixed) return fixed[name];
    if (allowed) return allowed[0];
    // Codes of regions and committees are compared byte by byte, and nothing else is.
    if (collation === 'C') return variant.owner;
    switch (type) {
      case 'text':
        return mark;
      case '_text':
        return [mark];
      case 'integer':
      case 'smallint':
      case 'bigint':
      case 'numeric':
      case 'real':
      case 'double precision':
        return 1 + ordinal;
      case 'boolean':
        return true;
      case 'datemultirange':
        return '{(,)}';
      // What ends, ends later than what starts.
      case 'date':
        return ends.test(name) ? laterDay : day;
      case 'timestamp with time zone':
        return `${ends.test(name) ? laterDay : day}T08:00:00.000Z`;
      case 'bytea':
        return `\\x${Buffer.from(mark).toString('hex')}`;
      case 'uuid':
        return idOf(table.references.get(name)?.table ?? '', pointsTo(table, name, variant, kept, has));
      case 'jsonb': {
        const sample = json[name];
        if (!sample) note(`say in \`json\` what stands in ${table.name}.${name}`);
        return sample?.(mark) ?? {};
      }
      default:
        note(`say in \`particular\` what stands in ${table.name}.${name}, which has a type that is new here: ${type}`);
        return null;
    }
  };
  const values = Object.fromEntries(
    table.columns
      .filter(({ name, generated }) => !generated && !['revision', 'created', 'modified'].includes(name))
      .map((column) => [column.name, sampleOf(column)]),
  );
  const repeated = table.columns.flatMap(({ name, repeats }) => (repeats ? [[name, values[repeats]]] : []));
  return { ...values, ...Object.fromEntries(repeated) };
}

/** The statement that puts rows in; they come as one text of JSON. */
export function insertStatement(table: Table, values: Readonly<Record<string, unknown>>): string {
  const generated = new Set(table.columns.flatMap((column) => (column.generated ? [column.name] : [])));
  const columns = Object.keys(values)
    .filter((name) => !generated.has(name))
    .map((name) => `"${name}"`)
    .join(', ');
  return `insert into ${table.name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table.name}, $1::text::jsonb)`;
}

/** Triggers that upkeep lays over every table. */
const kept = ['keep_revision', 'keep_change', 'keep_search_entry', 'keep_parts'];

/**
 * Turns the subgraphs' own triggers off or on. They keep rules over several rows, and move and change some: what rows and
 * policies say is tried without them, what mutations do with them.
 */
export async function setRules(
  admin: postgres.Sql,
  schemas: readonly string[],
  to: 'enable' | 'disable',
): Promise<void> {
  const triggers = await admin<{ table: string; name: string; calls: string }[]>`
    select format('%s.%s', n.nspname, c.relname) as table, t.tgname as name, p.proname as calls
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace join pg_proc p on p.oid = t.tgfoid
    where n.nspname = any(${[...schemas]}) and not t.tgisinternal`;
  const own = triggers.filter(({ calls }) => !kept.includes(calls));
  await admin.unsafe(own.map(({ table, name }) => `alter table ${table} ${to} trigger "${name}"`).join(';'));
}

/** Fills a database, with foreign keys, constraints and upkeep in force, and leaves the subgraphs' own triggers off. */
export async function fill(admin: postgres.Sql, schemas: readonly string[]): Promise<World> {
  const faults = new Set<string>();
  const note: Note = (fault) => faults.add(fault);
  const { records: tables, others } = await readTables(admin, schemas, note);
  await setRules(admin, schemas, 'disable');
  const rows: Row[] = [];
  const present = new Set<string>();
  const has: Has = (table, variant) => present.has(`${table}/${variant}`);
  const put = async (table: Table, made: readonly Row[]) => {
    const [first] = made;
    if (first)
      await admin.unsafe(insertStatement(table, first.values), [JSON.stringify(made.map(({ values }) => values))]);
  };
  const keptColumns = new Map<string, Set<string>>();
  const rowOf = (table: Table, variant: Variant): Row => ({
    table: table.name,
    variant: variant.name,
    id: idOf(table.name, variant.name),
    values: valuesOf(table, variant, keptColumns.get(`${table.name}/${variant.name}`) ?? new Set(), has, note),
  });
  const add = (row: Row) => {
    rows.push(row);
    present.add(`${row.table}/${row.variant}`);
  };

  for (const table of tables) {
    for (const variant of variants) {
      const isPart = [...table.references.values()].some(({ part }) => part);
      if (variant.partOf !== undefined && !isPart) continue;
      for (;;) {
        const row = rowOf(table, variant);
        try {
          // Each by itself: of several that would do, answers give the one that was put in first.
          await put(table, [row]);
          add(row);
          break;
        } catch (error) {
          const { code, constraint_name: constraint = '' } = error as postgres.PostgresError;
          const tied = (table.uniques.get(constraint) ?? []).filter((column) => table.references.has(column));
          const kept = keptColumns.get(`${table.name}/${variant.name}`) ?? new Set<string>();
          // One of its kind only: such a part can't stand beside the one that is there, so there is none to see.
          if (variant.partOf !== undefined && (code === '23505' || code === '23514')) break;
          if ((code !== '23505' && code !== '23514') || tied.every((column) => kept.has(column))) {
            note(`${table.name}·${variant.name} can't be put in: ${(error as Error).message}`);
            break;
          }
          keptColumns.set(`${table.name}/${variant.name}`, new Set([...kept, ...tied]));
        }
      }
    }
  }
  for (const { table: name, values } of companions) {
    const table = tables.find((one) => one.name === name);
    if (!table) continue;
    for (const row of rows.filter((one) => one.table === name && variantNamed.get(one.variant)?.partOf === undefined)) {
      const id = idOf(name, `${row.variant}/companion`);
      const companion = {
        ...row,
        id,
        values: { ...row.values, id, external_id: `${name}/${row.variant}/c`, ...values },
      };
      await put(table, [companion]);
      rows.push(companion);
    }
  }
  // What is withdrawn takes along what hangs on it: that is theirs, too.
  await setRules(admin, schemas, 'enable');
  for (const { name } of tables) {
    const ids = rows
      .filter((row) => row.table === name && variantNamed.get(row.variant)?.withdrawn)
      .map(({ id }) => id);
    await admin
      .unsafe(`update ${name} set deleted = now() where id = any($1::uuid[])`, [ids])
      .catch((error: Error) => note(`rows of ${name} can't be withdrawn: ${error.message}`));
  }
  await setRules(admin, schemas, 'disable');
  // What the subgraphs' own rules made by the way, such as entries of calendars, is none of the fixture's.
  for (const { name, schema } of [...tables].reverse()) {
    const own = rows.filter((row) => row.table === name).map(({ id }) => id);
    const made = await admin.unsafe(`delete from ${name} where not id = any($1::uuid[]) returning id`, [own]);
    await admin.unsafe(`delete from ${schema}.change where id = any($1::uuid[])`, [
      made.map((row) => String(row['id'])),
    ]);
  }
  const withdrawn = new Set<string>();
  for (const { name } of tables)
    for (const row of await admin.unsafe(`select id from ${name} where deleted is not null`)) withdrawn.add(row['id']);
  const none: Has = () => false;
  const lasting = variants.filter(({ partOf, withdrawn: gone }) => partOf === undefined && !gone);
  const filled = new Set<string>();
  for (const { name } of others) for (const _ of await admin.unsafe(`select 1 from ${name} limit 1`)) filled.add(name);
  return {
    tables,
    others: others.map((table) => ({
      table,
      rows: filled.has(table.name)
        ? []
        : lasting.map((variant) => ({
            table: table.name,
            variant: variant.name,
            id: idOf(table.name, variant.name),
            values: valuesOf(table, variant, new Set(), none, note),
          })),
    })),
    rows,
    byId: new Map(rows.map((row) => [row.id, row])),
    faults,
    byTable: new Map(tables.map(({ name }) => [name, rows.filter((row) => row.table === name)])),
    withdrawn,
    newRows: tables.map((table) => ({
      table: table.name,
      variant: prepared.name,
      id: idOf(table.name, prepared.name),
      values: valuesOf(table, prepared, new Set(), none, note),
    })),
  };
}
