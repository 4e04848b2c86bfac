/**
 * What each actor sees of the rows in fixture.ts, what each field of the graph shows of them, and who may do each mutation:
 * written by hand, field by field. A field that isn't here fails.
 *
 * To add a cell for a mutation:
 *  1. Say under `Mutation` who may do it, in the words of `doers`: `acceptSubmission: may('staff of the owner')`. Where
 *     staff need another duty than the schema's: `{ ...may('staff of the owner'), duties: ['township'] }`.
 *  2. Its payload's fields go to "Answers of mutations". Who writes its tables besides staff goes into `writers`.
 *  3. Run `npx vitest run tests/access/mutations.test.ts -t <mutation>`. Its input is made from its type: inputs.ts says in
 *     `records` which table an id is of that doesn't bear its name, and in `samples` what a field holds that not any text,
 *     day or number will do for. It has to be done once as each of those named, in whatever state of the record; where no
 *     sample will do, say the rule that stands in the way: `{ ...may(…), refusedWith: 'CODE_EXPIRED' }`.
 *  4. Of a new table that the graph doesn't read as any text: `particular` in fixture.ts.
 * What a subgraph marks @inaccessible has its cell in `subgraphOnly`, at the end.
 */
import { type Actor, type Duty, duties as everyDuty, receiptHash, subjectOf } from '@hub/access';
import type { UserErrorCode } from '@hub/errors';
import { codeRange } from '@hub/regions';
import { agency, agencyReading, department, everyone, feed, liaison, member, operator, staff } from '@hub/testkit';
import { named as ids, places, type Row, receipt, type Table, variants, type World } from './fixture.ts';

const { owner, party, elsewhere, stranger, city, province, nation } = places;
/** The id of nobody that is there. */
export const nobody = '00000000-0000-4000-8000-000000000000';

export const actors = {
  everyone,
  'the holder of a receipt': { kind: 'PUBLIC', receipt: receiptHash(receipt) },
  'member of the owner': member(nobody, owner),
  'the member it is about': member(ids.subject, party),
  'the author': member(ids.author, owner),
  'the convenor': member('00000000-0000-4000-8000-000000000001', owner, [ids.group]),
  'member elsewhere': member(nobody, elsewhere),
  'staff of the owner': staff(owner),
  'staff of the owner without the duty': { kind: 'STAFF', subject: 'staff-without', committee: owner, duties: [] },
  'staff of its city': staff(city),
  'staff of its province': staff(province),
  'staff of the nation': staff(nation),
  'staff of the party': staff(party),
  'staff elsewhere': staff(elsewhere),
  'staff of a stranger': staff(stranger),
  'department of the owner': department(owner, nobody),
  'the department that it was given to': department(owner, ids.department),
  'liaison of the owner': liaison(owner),
  feed,
  agency,
  'the agency': agencyReading(ids.agency, [nation]),
  'agency under an agreement': agencyReading('00000000-0000-4000-8000-0000000000aa', [owner], owner),
  'agency elsewhere': agencyReading('00000000-0000-4000-8000-0000000000ab', [elsewhere], elsewhere),
  operator,
} as const satisfies Record<string, Actor>;
export type ActorName = keyof typeof actors;
export const actorNames = Object.keys(actors) as ActorName[];

/** The actor, where one lacks a duty with all others that there are. */
export function actorWithout(name: ActorName, needed: readonly Duty[]): Actor {
  if (name !== 'staff of the owner without the duty') return actors[name];
  return { ...actors[name], duties: everyDuty.filter((duty) => !needed.includes(duty)) };
}

/**
 * Actor × variant: x where its rows are seen, r where those are that were filed under a receipt. Upper case has parties and
 * a member whom it is about, lower case has neither; y are another committee's, c the owner's that refer to those, t the
 * owner's that refers to a withdrawn one; Au, Co, De, Li and Ag name an author, a group, a department, a liaison officer and
 * a partner agency.
 */
const grid = `
                                     Pr In Me Up Jo Pu  pr in me up jo pu  yMe yJo yIn  cPu cJo cIn  Au Co De Li re Ag  tw
everyone                             .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
the holder of a receipt              .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  .  .  r  .  x
member of the owner                  .  .  x  .  .  x   .  .  x  .  .  x   .   .   .    x   .   .    x  .  .  .  .  .  x
the member it is about               x  x  x  x  x  x   .  .  .  .  .  x   .   .   .    x   .   x    .  .  .  .  .  .  x
the author                           .  .  x  .  .  x   .  .  x  .  .  x   .   .   .    x   .   .    x  .  .  .  .  .  x
the convenor                         .  .  x  .  .  x   .  .  x  .  .  x   .   .   .    x   .   .    x  x  .  .  .  .  x
member elsewhere                     .  .  .  .  .  x   .  .  .  .  .  x   x   .   .    x   .   .    .  .  .  .  .  .  x
staff of the owner                   .  x  x  x  x  x   .  x  x  x  x  x   .   .   .    x   x   x    x  x  x  x  x  x  x
staff of the owner without the duty  .  x  x  x  x  x   .  x  x  x  x  x   .   .   .    x   x   x    x  x  x  x  x  x  x
staff of its city                    .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
staff of its province                .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
staff of the nation                  .  .  .  x  .  x   .  .  .  x  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
staff of the party                   .  .  .  .  x  x   .  .  .  .  .  x   .   .   .    x   x   .    .  .  .  .  .  .  x
staff elsewhere                      .  .  .  .  .  x   .  .  .  .  .  x   x   x   x    x   .   .    .  .  .  .  .  .  x
staff of a stranger                  .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
department of the owner              .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  .  .  .  .  x
the department that it was given to  .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  x  .  .  .  x
liaison of the owner                 .  .  .  .  .  x   .  .  .  .  .  x   .   .   .    x   .   .    .  .  .  x  .  .  x
feed                                 x  x  x  x  x  x   x  x  x  x  x  x   x   x   x    x   x   x    x  x  x  x  x  x  x
agency                               .  .  .  .  .  .   .  .  .  .  .  .   .   .   .    .   .   .    .  .  .  .  .  .  .
the agency                           .  .  .  .  .  x  .  .  .  .  .  x  .   .   .    x   .   .    .  .  .  .  .  x   x
agency under an agreement            .  x  x  x  .  x  .  x  x  x  .  x  .   .   .    x   .   x    x  x  x  x  x  x   x
agency elsewhere                     .  .  .  .  .  .  .  .  .  .  .  .  x   .   x    .   .   .    .  .  .  .  .  .   .
operator                             .  .  .  .  .  .   .  .  .  .  .  .   .   .   .    .   .   .    .  .  .  .  .  .  .`;

/** Rows that no answer holds, though the policies let them through: withdrawn, or part of what is. As policies see them. */
const tombstones: Readonly<Record<string, string>> = { wi: 'pu', ow: 'pu', wp: 'Pu' };

const [heading = '', ...lines] = grid.trim().split('\n');
const named = heading.trim().split(/\s+/);
const seen = new Map<string, ReadonlyMap<string, string>>(
  lines.map((line) => {
    const marks = line.trim().split(/\s+/).slice(-named.length);
    return [line.slice(0, line.search(/\s{2,}/)), new Map(named.map((name, at) => [name, marks[at] ?? '.']))];
  }),
);
for (const name of actorNames) if (!seen.has(name)) throw new Error(`cells.ts: the grid has no line for ${name}`);

/** The same audience without subjects and, mostly, parties: of what a row refers to it doesn't hold them, so nobody is one. */
const nameless: Readonly<Record<string, string>> = { Au: 'me', Co: 'in', De: 'in', Li: 'in', Ag: 'in' };
/** One with parties and nobody whom it is about, for the rows that know the parties of what they refer to. */
const joint: Readonly<Record<string, string>> = { Jo: 'cJo' };
const asReferred = (variant: string, knowsParties: boolean) =>
  (knowsParties ? joint[variant] : undefined) ??
  nameless[variant] ??
  (/^[A-Z]/.test(variant) ? variant.toLowerCase() : variant);

const mark = (actor: ActorName, variant: string) => seen.get(actor)?.get(tombstones[variant] ?? variant);
const refersToSeen = (world: World, actor: ActorName, row: Row) => {
  const knowsParties = world.tables.find(({ name }) => name === row.table)?.knowsParties ?? false;
  return targetsOf(world, row).every(
    (target) => mark(actor, asReferred(tombstones[target.variant] ?? target.variant, knowsParties)) === 'x',
  );
};

/** Whether a row's audience lets the actor see it. */
export const mayReadByAudience = (world: World, actor: ActorName, row: Row): boolean =>
  mark(actor, row.variant) === 'x' && refersToSeen(world, actor, row);

/** Whether a statement of the actor reads the row: by its audience, or by the receipt that it was filed under. */
export const reads = (world: World, actor: ActorName, row: Row): boolean =>
  mayReadByAudience(world, actor, row) ||
  (mark(actor, row.variant) === 'r' && 'receipt' in row.values && refersToSeen(world, actor, row));

/** Whether an answer to the actor may hold anything of the row. */
export function shows(world: World, actor: ActorName, row: Row): boolean {
  return !world.withdrawn.has(row.id) && reads(world, actor, row);
}

const sameTexts = (some: unknown, others: readonly string[]) =>
  Array.isArray(some) && some.length === others.length && others.every((one) => some.includes(one));
/** By the grid, of a row that has the columns of an audience and is no record's. */
const byAudience = (
  actor: ActorName,
  { owner: of, visibility, parties, subjects }: Readonly<Record<string, unknown>>,
) => {
  const variant = variants.find(
    (one) =>
      one.owner === of &&
      one.visibility === visibility &&
      sameTexts(parties, one.parties) &&
      sameTexts(subjects, one.subjects),
  );
  if (!variant)
    throw new Error(`no variant has the audience of ${JSON.stringify({ of, visibility, parties, subjects })}`);
  return mark(actor, variant.name) === 'x';
};
const byFeed = (actor: ActorName) => actors[actor].kind === 'FEED';

/**
 * Who reads a row of a table that no record stands in, by `schema.table`, or by the table alone where every schema has it.
 * One that isn't here fails.
 */
export const otherReaders: Readonly<
  Record<string, (actor: ActorName, row: Readonly<Record<string, unknown>>) => boolean>
> = {
  change: byFeed,
  change_era: byFeed,
  // Sums of what is shared with everybody who has the same part in it.
  counter: byAudience,
  idempotency: (actor, { subject }) => actor !== 'operator' && subjectOf(actors[actor]) === subject,
  'cooperation.access_entry': byAudience,
  // What was told of a member is that member's to look up.
  'cooperation.access_subject': (actor, row) => {
    const who: Actor = actors[actor];
    return who.kind === 'MEMBER' && who.member === row['member'];
  },
  'cooperation.webhook_message': byAudience,
  'cooperation.webhook_progress': byAudience,
  referable: byFeed,
  reference_source: byFeed,
};

/** The records of other subgraphs that a row refers to: who may not see them doesn't see the row. */
function targetsOf(world: World, row: Row): Row[] {
  const table = world.tables.find(({ name }) => name === row.table);
  if (!table?.refers) return [];
  return [...table.references]
    .filter(([, reference]) => !reference.table.startsWith(`${table.schema}.`))
    .flatMap(([column]) => world.byId.get(String(row.values[column])) ?? []);
}

/** What staff of the owner are charged with who write a schema's tables. */
const dutiesOf: Readonly<Record<string, readonly Duty[]>> = {
  members: ['members'],
  consultations: ['meetings'],
  cooperation: ['meetings'],
  workstations: ['township'],
};

export type Writer = 'author' | 'convenor' | 'department' | 'receipt' | 'agency' | 'feed';
interface Writing {
  /** Where they aren't the schema's. */
  readonly duties?: readonly Duty[];
  readonly by: readonly Writer[];
}
/** Whoever writes rows of a table besides staff of the owner: of a table that isn't here, nobody. */
const writers: Readonly<Record<string, Writing>> = {
  'members.duty_fact': { duties: [], by: ['feed'] },
  'members.duty_source': { duties: [], by: ['feed'] },
  'consultations.cooperation_audience': { duties: [], by: ['feed'] },
  'consultations.cooperation_source': { duties: [], by: ['feed'] },
  'consultations.cooperation_link': { by: ['feed'] },
  'consultations.joint_plan_cooperation': { by: ['feed'] },
  'members.tag': { by: ['author'] },
  'members.endorsement': { by: ['author'] },
  'members.person': { duties: ['members', 'township'], by: [] },
  'members.organization': { duties: ['members', 'township'], by: [] },
  'members.organization_member': { duties: ['members', 'township'], by: [] },
  'members.post': { duties: ['members', 'township'], by: [] },
  'consultations.consultation': { by: ['author', 'convenor'] },
  'consultations.part': { by: ['convenor'] },
  'cooperation.file': { by: ['author', 'department'] },
  'cooperation.file_chunk': { by: ['author', 'department'] },
  'consultations.file': { by: ['author', 'department'] },
  'consultations.file_chunk': { by: ['author', 'department'] },
  'consultations.paper': { by: ['author', 'convenor'] },
  'consultations.paper_version': { by: ['author', 'convenor'] },
  'consultations.consultation_organization': { by: ['convenor'] },
  'consultations.online_meeting': { by: ['convenor'] },
  'consultations.agenda_item': { by: ['convenor'] },
  'consultations.agenda_presenter': { by: ['convenor'] },
  'consultations.suggestion': { by: ['author', 'convenor', 'department'] },
  'consultations.suggestion_author': { by: ['author'] },
  'consultations.co_authorship': { by: ['author'] },
  'consultations.consultation_evaluation': { by: ['author'] },
  'consultations.reading': { by: ['department'] },
  'consultations.submission_contact': { by: ['author', 'receipt'] },
  'consultations.submission': { by: ['author', 'department', 'receipt'] },
  'consultations.attendance': { by: ['author', 'convenor'] },
  'consultations.sign_in': { by: ['author', 'convenor'] },
  'consultations.leave': { by: ['author'] },
  'consultations.speech': { by: ['author', 'convenor'] },
  'consultations.speaker': { by: ['author', 'convenor'] },
  'consultations.book': { by: ['author'] },
  'consultations.discussion_topic': { by: ['author'] },
  'consultations.topic_comment': { by: ['author'] },
  'consultations.topic_support': { by: ['author'] },
  'consultations.topic_draft': { by: ['author'] },
  'consultations.co_author_invitation': { by: ['author'] },
  'consultations.co_author_answer': { by: ['author'] },
  'consultations.book_reading': { by: ['author'] },
  'consultations.calendar_feed': { by: ['author'] },
  'consultations.plan_topic': { by: ['author', 'convenor', 'department'] },
  'consultations.plan_topic_suggester': { by: ['author', 'convenor', 'department'] },
  'consultations.problem': { by: ['department'] },
  'cooperation.partner_agency': { duties: ['sharing'], by: [] },
  'cooperation.agency_key': { duties: ['sharing'], by: ['agency'] },
  'cooperation.sharing_agreement': { duties: ['sharing'], by: ['agency'] },
  'cooperation.sharing_terms': { duties: ['sharing'], by: ['agency'] },
  'cooperation.partner_agency_event': { duties: ['sharing'], by: [] },
  'cooperation.agency_key_event': { duties: ['sharing'], by: ['agency'] },
  'cooperation.sharing_agreement_event': { duties: ['sharing'], by: ['agency'] },
  'cooperation.webhook': { duties: ['sharing'], by: ['agency'] },
  'cooperation.webhook_event': { duties: ['sharing'], by: ['agency'] },
};
/** 办理记录: whoever takes a step keeps it. */
const writersOfEvents: readonly Writer[] = ['author', 'convenor', 'department', 'receipt'];

/** Who writes the rows of a table: staff of the owner with one of the duties, and those whom a row says. */
export function writingOf({ name, schema }: Table): Required<Writing> {
  const { duties = dutiesOf[schema] ?? [], by = [] } = writers[name] ?? {};
  return { duties, by: name.endsWith('_event') ? [...writersOfEvents, ...by] : by };
}

/** Whether an actor may put in a row with these values, or change one, where it reads it. */
export function writes(
  actor: Actor,
  table: Table,
  row: Readonly<Record<string, unknown>>,
  change: 'INSERT' | 'UPDATE',
): boolean {
  const { duties, by } = writingOf(table);
  const ownerIs = (kind: Actor['kind']) =>
    actor.kind === kind && 'committee' in actor && actor.committee === row['owner'];
  return (
    (actor.kind === 'STAFF' && ownerIs('STAFF') && duties.some((duty) => actor.duties.includes(duty))) ||
    by.some((writer) => {
      switch (writer) {
        case 'author':
          return actor.kind === 'MEMBER' && ownerIs('MEMBER') && row['author'] === actor.member;
        case 'convenor':
          return actor.kind === 'MEMBER' && ownerIs('MEMBER') && actor.convenes.includes(String(row['organization']));
        case 'department':
          return actor.kind === 'DEPARTMENT' && ownerIs('DEPARTMENT') && row['department'] === actor.department;
        case 'receipt':
          return change === 'INSERT' && row['receipt'] !== null && actor.kind !== 'AGENCY' && actor.kind !== 'OPERATOR';
        case 'agency':
          return actor.kind === 'AGENCY' && row['agency'] === actor.subject;
        default:
          return actor.kind === 'FEED';
      }
    })
  );
}

/** Whose field is asked for: a record's row, or a committee or region. */
export interface Parent {
  readonly row?: Row | undefined;
  readonly code?: string | undefined;
  readonly scope?: 'OWN' | 'SUBTREE' | undefined;
  /** Whose own page it is, by the name of its subject. */
  readonly self?: string | undefined;
}
/** What an actor sees of the fixture. */
export interface View {
  readonly actor: ActorName;
  /** Rows of a table that may be shown, in any order. */
  rows(table: string): readonly Row[];
  /** All rows of a table, for what is told past the policies. */
  every(table: string): readonly Row[];
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
  /** Something that not everybody is given who sees the record. */
  | { readonly kind: 'given'; readonly to: (actor: Actor, row: Row) => boolean }
  /** One record, or null unless it may be seen. */
  | { readonly kind: 'one'; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** A text of another row, or null unless that may be seen. */
  | { readonly kind: 'borrowed'; readonly column: string; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** A list or connection: exactly those that may be seen. */
  | { readonly kind: 'many'; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** Totals: exactly of those that may be seen. */
  | { readonly kind: 'counts'; readonly of: (view: View, parent: Parent) => readonly Row[] }
  /** A mutation, or a question that not everybody may ask: who may do it with the owner's records of a variant. */
  | May;

const isAgency = (actor: ActorName): boolean => actors[actor].kind === 'AGENCY';
/** Who may do something, in the words of who takes steps. */
const doers = {
  'staff of the owner': (actor) => actor === 'staff of the owner',
  members: (actor) =>
    ['member of the owner', 'the member it is about', 'the author', 'the convenor', 'member elsewhere'].includes(actor),
  'members of the owner': (actor) => ['member of the owner', 'the author', 'the convenor'].includes(actor),
  'the author': (actor, variant) => actor === 'the author' && variant === 'Au',
  'the convenor': (actor, variant) => actor === 'the convenor' && variant === 'Co',
  // Of a committee that takes part in joint work: the member whom its records name is one.
  'members of a party': (actor, variant) => actor === 'the member it is about' && variant === 'Jo',
  'staff of a party': (actor, variant) => actor === 'staff of the party' && variant === 'Jo',
  // The party hosts every consultation of the owner's with it.
  'staff of a host': (actor) => actor === 'staff of the owner' || actor === 'staff of the party',
  // And it takes part in every cooperation of the owner's.
  'staff of a side': (actor) => actor === 'staff of the owner' || actor === 'staff of the party',
  'staff of a partner': (actor) => actor === 'staff of the party',
  'members of a host': (actor) =>
    ['member of the owner', 'the author', 'the convenor', 'the member it is about'].includes(actor),
  'any member': (actor) =>
    ['member of the owner', 'the author', 'the convenor', 'the member it is about', 'member elsewhere'].includes(actor),
  'any staff': (actor) => actor.startsWith('staff') && actor !== 'staff of the owner without the duty',
  'the department': (actor, variant) => actor === 'the department that it was given to' && variant === 'De',
  'departments of the owner': (actor) =>
    ['department of the owner', 'the department that it was given to'].includes(actor),
  'liaisons of the owner': (actor) => actor === 'liaison of the owner',
  'whoever has papers': (actor) =>
    ![
      'everyone',
      'the holder of a receipt',
      'staff of the owner without the duty',
      'liaison of the owner',
      'feed',
      'operator',
    ].includes(actor) && !isAgency(actor),
  'everyone signed in': (actor) =>
    !['everyone', 'the holder of a receipt', 'feed', 'operator'].includes(actor) && !isAgency(actor),
  'everyone with a face': (actor) => !isAgency(actor) && actor !== 'operator',
  'the agency': (actor, variant) => actor === 'the agency' && variant === 'Ag',
  'any agency': isAgency,
  'the hub’s followers': (actor) => actor === 'feed',
  'the operator': (actor) => actor === 'operator',
} as const satisfies Record<string, (actor: ActorName, variant: string) => boolean>;
type Doer = keyof typeof doers;
export interface May {
  readonly kind: 'may';
  readonly who: readonly Doer[];
  /** Where they aren't the schema's. */
  readonly duties?: readonly Duty[];
  /** The business rule that stands in the way of every sample, where none will do. */
  readonly refusedWith?: UserErrorCode;
  /** Whoever may ask is told that there is none: the fixture is of today. */
  readonly tellsOfNone?: true;
}
/** As whom a cell lets an actor do it with a record of the owner's of this variant, where it sees that. */
export const letAs = ({ who }: May, actor: ActorName, variant: string): readonly Doer[] =>
  who.filter((doer) => doers[doer](actor, variant));
/** The duties of which staff need one to do it. */
export const dutiesToDo = ({ duties }: May, schema: string): readonly Duty[] => duties ?? dutiesOf[schema] ?? [];

const may = (...who: Doer[]): May => ({ kind: 'may', who });
/** What staff are charged with who share with agencies. */
const sharing = { duties: ['sharing'] } as const;

const value: Cell = { kind: 'value' };
const directory: Cell = { kind: 'directory' };
const within: Cell = { kind: 'within' };
const self: Cell = { kind: 'self' };

/** Whoever keeps the list of those who take part: staff who are charged with meetings, and the convenor. */
const keepsList = (actor: Actor, { values }: Row): boolean =>
  (actor.kind === 'STAFF' && actor.committee === values['owner'] && actor.duties.includes('meetings')) ||
  (actor.kind === 'MEMBER' &&
    actor.committee === values['owner'] &&
    actor.convenes.includes(String(values['organization'])));

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
/** The same, of whom no agency is told, whether it may see them or not. */
const toAllButAgencies = (table: string, column: string): Cell => ({
  kind: 'one',
  of: (view, { row }) => (isAgency(view.actor) ? [] : idIn(view.rows(table), row?.values[column])),
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
/** The department that has a suggestion is told who made it, whatever it may read of them. */
const authorsOf = (view: View, { row }: Parent): readonly Row[] => {
  const actor = actors[view.actor];
  const has =
    actor.kind === 'DEPARTMENT' &&
    row?.values['department'] === actor.department &&
    row.values['owner'] === actor.committee;
  const table = 'consultations.suggestion_author';
  return tied(has ? view.every(table) : view.rows(table), 'suggestion', row?.id);
};
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
/** Records of a committee alone. */
const ownedHere = (table: string): Cell => ({
  kind: 'many',
  of: (view, { code }) => view.rows(table).filter((row) => row.values['owner'] === code),
});
/** Letters to a committee. */
const invitedHere: Cell = {
  kind: 'many',
  of: (view, { code }) => tied(view.rows('consultations.linked_invitation'), 'committee', code),
};
const referredHere: Cell = {
  kind: 'many',
  of: (view, { code }) =>
    view
      .rows('consultations.referral')
      .filter(({ values }) => values['owner'] === code || values['committee'] === code),
};
/** The one row that names this one. */
const oneBy = (table: string, column: string): Cell => ({
  kind: 'one',
  of: (view, { row }) => tied(view.rows(table), column, row?.id),
});
/** A list that the fixture's rows leave empty. */
const none: Cell = { kind: 'many', of: () => [] };
const counts = (table: string): Cell => ({ kind: 'counts', of: ownedRows(table) });
/** Records of a region. */
const located = (table: string): Cell => ({
  kind: 'many',
  of: (view, parent) => view.rows(table).filter((row) => inside(row.values['region'], parent)),
});
/** A log that has no entries yet. */
const unread: Cell = { kind: 'many', of: () => [] };
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
  /** Tables of other subgraphs whose rows are things of the type too. */
  readonly alsoIn?: readonly string[];
  readonly fields: Readonly<Record<string, Cell>>;
}
const type = (table: string, fields: Readonly<Record<string, Cell>>): TypeCells => ({ table, fields });
const plain = (names: string, cell: Cell): Readonly<Record<string, Cell>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, cell]));
/** What every record tells of itself. */
const told = plain('visibility source revision created modified', value);

/** Whose lists are searched by text. */
const searched = new Set(
  'Activity Committee Consultation Cooperation DiscussionTopic LinkedAction LivelihoodItem Member Problem Programme Region ServiceRequest Submission Suggestion Workstation'.split(
    ' ',
  ),
);

export const cells: Readonly<Record<string, TypeCells>> = {
  // Roots
  Query: {
    fields: {
      ...plain('committee committees region regions regionDirectory sources', directory),
      // The gateway's own: what they find is compared type by type (tests/access/gateway.test.ts).
      ...plain('node nodes', within),
      me: self,
      member: byId('members.member'),
      members: owned('members.member'),
      person: byId('members.person'),
      organization: byId('members.organization'),
      membership: byId('members.membership'),
      consultation: byId('consultations.consultation'),
      jointPlan: byId('consultations.joint_plan'),
      jointPlanParty: byId('consultations.joint_plan_party'),
      nominee: byId('consultations.nominee'),
      calendarEntry: byId('consultations.calendar_entry'),
      freeBusy: may('any staff'),
      commonFreeSlots: may('any staff'),
      consultations: hosted('consultations.consultation'),
      suggestion: byId('consultations.suggestion'),
      suggestions: hosted('consultations.suggestion', 'consultation'),
      followUp: byId('consultations.follow_up'),
      consultationOutcome: byId('consultations.outcome'),
      consultationOutcomes: hosted('consultations.outcome', 'consultation'),
      annualPlan: byId('consultations.plan'),
      annualPlans: owned('consultations.plan'),
      annualPlanItem: byId('consultations.plan_item'),
      annualPlanTopic: byId('consultations.plan_topic'),
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
      file: byId('consultations.file'),
      paper: byId('consultations.paper'),
      submission: byId('consultations.submission'),
      attendance: byId('consultations.attendance'),
      leave: byId('consultations.leave'),
      partCode: may('staff of a host', 'the convenor'),
      speech: byId('consultations.speech'),
      submissions: owned('consultations.submission'),
      book: byId('consultations.book'),
      bookReading: byId('consultations.book_reading'),
      calendarFeed: byId('consultations.calendar_feed'),
      discussionTopic: byId('consultations.discussion_topic'),
      topicComment: byId('consultations.topic_comment'),
      linkedAction: byId('consultations.linked_action'),
      linkedActions: owned('consultations.linked_action'),
      linkedInvitation: byId('consultations.linked_invitation'),
      linkedPart: byId('consultations.linked_part'),
      problem: byId('consultations.problem'),
      problems: owned('consultations.problem'),
      referral: byId('consultations.referral'),
      referralHandling: byId('consultations.referral_handling'),
      cooperation: byId('cooperation.cooperation'),
      cooperations: { kind: 'many', of: ownedRows('cooperation.cooperation', partnered) },
      milestone: byId('cooperation.milestone'),
      agreement: byId('cooperation.agreement'),
      aidEntry: byId('cooperation.aid_entry'),
      cooperationPartner: byId('cooperation.partner'),
      visit: byId('cooperation.visit'),
      visitFinding: byId('cooperation.visit_finding'),
      cooperationOutcome: byId('cooperation.outcome'),
      partnerAgency: byId('cooperation.partner_agency'),
      agencyKey: byId('cooperation.agency_key'),
      // The gateway answers it, as tests/journeys/agencies has it: no subgraph does.
      previewSharing: may(),
      webhook: byId('cooperation.webhook'),
      sharingAgreement: byId('cooperation.sharing_agreement'),
      ...plain('datasets dataset', directory),
    },
  },

  Mutation: {
    fields: {
      changeMemberSettings: may('staff of the owner'),
      setScoringRules: may('staff of the owner'),
      rebuildDuty: may('the operator'),
      rebuildCooperationAudiences: may('the operator'),
      correctMember: may('staff of the owner'),
      correctTerm: may('staff of the owner'),
      correctSession: may('staff of the owner'),
      withdrawTermRecord: may('staff of the owner'),
      openTerm: may('staff of the owner'),
      // The fixture's terms follow one another.
      closeTerm: { ...may('staff of the owner'), refusedWith: 'TERM_OVERLAP' },
      addSession: may('staff of the owner'),
      nominateMember: may('staff of the owner'),
      appointMember: may('staff of the owner'),
      approveMembership: may('staff of the owner'),
      declineMembership: may('staff of the owner'),
      suspendMembership: may('staff of the owner'),
      resumeMembership: may('staff of the owner'),
      endMembership: may('staff of the owner'),
      addOrganization: may('staff of the owner'),
      renameOrganization: may('staff of the owner'),
      dissolveOrganization: may('staff of the owner'),
      assignSector: may('staff of the owner'),
      joinOrganization: may('staff of the owner'),
      leaveOrganization: may('staff of the owner'),
      appointConvenor: may('staff of the owner'),
      endConvenorship: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      publishOrganizationMember: may('staff of the owner'),
      appointToPost: may('staff of the owner'),
      endPost: may('staff of the owner'),
      // Of members the fixture has the author's row only.
      tagMember: may('the author'),
      endorseTag: may('members of the owner'),
      confirmTag: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      removeTag: may('staff of the owner', 'the author'),
      linkContact: may('staff of the owner'),
      unlinkContact: may('staff of the owner'),
      changeConsultationSettings: may('staff of the owner'),
      openLinkedAction: may('any staff'),
      amendLinkedAction: may('staff of the owner'),
      // There is nobody below a county.
      inviteCommittees: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      withdrawLinkedInvitations: may('staff of the owner'),
      concludeLinkedAction: may('staff of the owner'),
      cancelLinkedAction: may('staff of the owner'),
      // The fixture's invitations and referrals are answered.
      acceptLinkedInvitation: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineLinkedInvitation: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      recallReferral: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      takeReferral: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineReferral: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      reconsiderLinkedInvitation: may('staff of the owner'),
      planLinkedPart: may('staff of the owner'),
      handInLinkedPart: may('staff of the owner'),
      withdrawLinkedPart: may('staff of the owner'),
      reportProblem: may('any staff'),
      handOverProblem: may('staff of the owner'),
      recallProblem: may('staff of the owner'),
      handBackProblem: may('the department'),
      reportProblemPutRight: may('the department'),
      answerProblem: may('the department'),
      recordProblemAnswer: may('staff of the owner'),
      verifyProblem: may('staff of the owner'),
      rejectProblem: may('staff of the owner'),
      closeProblem: may('staff of the owner'),
      referProblem: may('staff of the owner'),
      takeBackProblem: may('staff of the owner'),
      referSubmission: may('staff of the owner'),
      handBackReferral: may('staff of the owner'),
      passOnReferral: may('staff of the owner'),
      answerReferral: may('staff of the owner'),
      proposeConsultation: may('the convenor'),
      planConsultation: may('staff of the owner'),
      acceptConsultation: may('staff of the owner'),
      declineConsultation: may('staff of the owner'),
      scheduleConsultation: may('staff of the owner', 'the convenor'),
      // The parts of the fixture's were long ago.
      announceConsultation: { ...may('staff of the owner', 'the convenor'), refusedWith: 'DATE_PAST' },
      // The parts of the fixture's end in years.
      recordConsultationHeld: { ...may('staff of a host', 'the convenor'), refusedWith: 'TOO_EARLY' },
      recordConsultationNotHeld: { ...may('staff of a host'), refusedWith: 'TOO_EARLY' },
      // The fixture's owner recorded it, and hosts by no row.
      objectToConsultationRecord: { ...may('staff of a partner'), refusedWith: 'OBJECTION_TOO_LATE' },
      enterHeldConsultation: may('staff of the owner'),
      recordConsultationHeldAfterwards: may('staff of the owner'),
      enterAttendance: may('staff of the owner'),
      cancelConsultation: may('staff of the owner'),
      updateConsultation: may('staff of the owner', 'the convenor'),
      setOnlineMeeting: may('staff of the owner', 'the convenor'),
      setAgenda: may('staff of the owner', 'the convenor'),
      recordAgendaItemResult: may('staff of the owner', 'the convenor'),
      recordDecision: may('staff of the owner'),
      startJointPlan: may('staff of the owner'),
      inviteParty: may('staff of the owner'),
      // The fixture's one party is the initiator, which isn't put out and calls its plan off instead of leaving it.
      uninviteParty: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      withdrawFromJointPlan: may(),
      cancelJointPlan: may('staff of the owner'),
      // Nobody would call the fixture's off.
      keepJointPlan: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      acceptJointPlan: may('staff of the owner'),
      answerJointPlanTentatively: may('staff of the owner'),
      declineJointPlan: may('staff of the owner'),
      counterJointPlan: may('staff of the owner'),
      // Its proposal is the locked one.
      takeBackCounter: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      nominate: may('staff of the owner', 'staff of a party'),
      replaceNominee: may('staff of the owner'),
      withdrawNominee: may('staff of the owner'),
      addCalendarEntry: may('staff of the owner'),
      changeCalendarEntry: may('staff of the owner'),
      cancelCalendarEntry: may('staff of the owner'),
      // The fixture's consultations were held: what comes before has its own tests.
      inviteMembers: may('staff of a host', 'the convenor'),
      inviteMember: { ...may('staff of the owner', 'the convenor'), refusedWith: 'STEP_NOT_ALLOWED' },
      acceptInvitation: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineInvitation: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      signUp: { ...may('members of a host'), refusedWith: 'SIGN_UP_CLOSED' },
      signUpAgain: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      withdrawSignUp: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      nameSubstitute: { ...may('the author', 'staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      acceptSubstitution: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineSubstitution: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      requestLeave: { ...may('the author'), refusedWith: 'LEAVE_PENDING' },
      approveLeave: may('staff of the owner'),
      refuseLeave: may('staff of the owner'),
      withdrawLeave: may('the author'),
      // At which part is said by the code, and with it who may.
      signIn: { ...may('any member'), refusedWith: 'CODE_INVALID' },
      scanDutyCode: { ...may('staff of a host', 'the convenor'), refusedWith: 'CODE_INVALID' },
      // Each scan is decided for itself.
      recordScans: { ...may('any member', 'any staff'), refusedWith: 'CODE_INVALID' },
      voidSignIn: may('staff of the owner'),
      recordSpeech: may('staff of a host', 'the convenor'),
      submitWrittenSpeech: may('members of a host'),
      withdrawSpeech: may('the author'),
      removeSpeech: may('staff of the owner'),
      addPaper: { ...may('staff of a host', 'the convenor'), refusedWith: 'FILE_UNUSABLE' },
      replacePaper: { ...may('staff of the owner', 'the author', 'the convenor'), refusedWith: 'FILE_UNUSABLE' },
      withdrawPaper: may('staff of the owner', 'the author', 'the convenor'),
      fileSubmission: may('everyone with a face'),
      enterSubmission: may('staff of the owner'),
      withdrawSubmission: may('the author'),
      rateSubmission: may('the author'),
      acceptSubmission: may('staff of the owner'),
      declineSubmission: may('staff of the owner'),
      assignSubmission: may('staff of the owner'),
      recallSubmission: may('staff of the owner'),
      recordSubmissionAnswer: may('staff of the owner'),
      handBackSubmission: may('the department'),
      answerSubmission: may('the department'),
      solveSubmission: may('staff of the owner'),
      openPlan: may('staff of the owner'),
      draftPlan: may('staff of the owner'),
      // The meeting that it names is none of the chairmen's.
      submitPlanToChairmen: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      recordPlanReview: may('staff of the owner'),
      returnPlan: may('staff of the owner'),
      approvePlan: may('staff of the owner'),
      publishPlan: may('staff of the owner'),
      amendPlan: may('staff of the owner'),
      withdrawPlan: may('staff of the owner'),
      addPlanItem: may('staff of the owner'),
      changePlanItem: may('staff of the owner'),
      removePlanItem: { ...may('staff of the owner'), refusedWith: 'PLAN_ITEM_HAS_SOURCES' },
      // Its plan is in no force yet.
      holdPlanItem: { ...may('staff of the owner'), refusedWith: 'STEP_NOT_ALLOWED' },
      releasePlanItem: may('staff of the owner'),
      suggestPlanTopic: may('members of the owner', 'departments of the owner', 'staff of the owner'),
      takeTopicIntoPlan: may('staff of the owner'),
      declineTopic: may('staff of the owner'),
      releaseTopic: may('staff of the owner'),
      takeSubmissionIntoPlan: may('staff of the owner'),
      releaseSubmissionFromPlan: may('staff of the owner'),
      makeSuggestion: may('members of a host'),
      recordSuggestion: may('staff of a host'),
      // The fixture's authors are authors without being asked.
      confirmCoAuthorship: may(),
      declineCoAuthorship: may(),
      withdrawSuggestion: may('the author', 'the convenor'),
      returnSuggestion: may('staff of the owner'),
      reviseSuggestion: may('the author', 'the convenor'),
      takeSuggestion: may('staff of the owner'),
      assignSuggestion: may('staff of the owner'),
      recallSuggestion: may('staff of the owner'),
      recordSuggestionAnswer: may('staff of the owner'),
      handBackSuggestion: may('the department'),
      answerSuggestion: may('the department'),
      closeSuggestion: may('staff of the owner'),
      decideSuggestion: may('staff of a host'),
      recordReading: may('staff of a host'),
      reportReading: may('the department'),
      // The fixture's suggestions and readings are a member's and a department's own.
      correctRecordedSuggestion: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      correctOutcome: may('staff of the owner'),
      correctReading: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      correctDispatch: may('staff of the owner'),
      correctHandlingReport: may('staff of the owner'),
      correctMinutes: may('staff of the owner'),
      withdrawConsultationRecord: may('staff of the owner'),
      recordOutcome: may('staff of a host'),
      recordInstruction: may('staff of a host'),
      fileMinutes: may('staff of a host'),
      sendResults: may('staff of the owner'),
      receiveHandlingReport: may('staff of the owner'),
      followUpConsultation: { ...may('staff of the owner'), refusedWith: 'INVALID' },
      evaluateFollowUp: may('staff of a host'),
      reviewConsultation: may('staff of the owner'),
      closeFollowUp: may('staff of the owner'),
      evaluateConsultation: may('the author'),
      setPartVisibility: may('staff of the owner'),
      proposeBook: may('members'),
      listBook: may('staff of the owner'),
      acceptBook: may('staff of the owner'),
      declineBook: may('staff of the owner'),
      closeBook: may('staff of the owner'),
      startReading: may('members of the owner'),
      openCalendarFeed: may('any staff', 'any member'),
      renewCalendarFeed: may('staff of the owner', 'the author'),
      endCalendarFeed: may('staff of the owner', 'the author'),
      finishReading: may('the author'),
      writeReadingNote: may('the author'),
      postTopic: may('members'),
      commentOnTopic: may('members of the owner'),
      withdrawComment: may('the author'),
      hideComment: may('staff of the owner'),
      supportTopic: may('members of the owner'),
      withdrawSupport: may('members of the owner'),
      inviteCoAuthor: may('the author'),
      // The fixture's author is asked too, and has answered.
      withdrawCoAuthorInvitation: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      acceptCoAuthorInvitation: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineCoAuthorInvitation: { ...may('the author'), refusedWith: 'STEP_NOT_ALLOWED' },
      startDraft: may('the author'),
      saveDraft: may('the author'),
      sendDraft: may('the author'),
      takeDraft: may('staff of the owner'),
      returnDraft: may('staff of the owner'),
      closeTopic: may('staff of the owner', 'the author'),

      // Cooperations: the party takes part in every one of the owner's, and each side's records are its own.
      proposeCooperation: may('any staff'),
      updateCooperation: may('staff of the owner'),
      concludeCooperation: may('staff of the owner'),
      inviteCooperationPartner: may('staff of the owner'),
      withdrawCooperationInvitation: may('staff of the owner'),
      // The fixture's partners are at their places since before there were steps.
      acceptCooperation: { ...may('staff of a partner'), refusedWith: 'STEP_NOT_ALLOWED' },
      declineCooperation: { ...may('staff of a partner'), refusedWith: 'STEP_NOT_ALLOWED' },
      leaveCooperation: may('staff of a partner'),
      addPartnerOrganization: may('staff of a side'),
      removePartnerOrganization: may('staff of the owner'),
      addMilestone: may('staff of a side'),
      planMilestone: may('staff of a side'),
      recordMilestoneDone: may('staff of the owner'),
      withdrawCooperationRecord: may('staff of the owner'),
      correctMilestone: may('staff of the owner'),
      cancelMilestone: may('staff of the owner'),
      recordVisit: may('staff of a side'),
      correctVisit: may('staff of the owner'),
      recordVisitFinding: may('staff of a side'),
      takeUpVisitFinding: may('staff of the owner'),
      carryOutVisitFinding: may('staff of the owner'),
      setAsideVisitFinding: may('staff of the owner'),
      addAgreement: may('staff of a side'),
      signAgreement: may('staff of a side'),
      endAgreement: may('staff of the owner'),
      attachAgreementFile: { ...may('staff of a side'), refusedWith: 'FILE_UNUSABLE' },
      removeAgreementFile: may('staff of the owner'),
      recordCooperationOutcome: may('staff of a side'),
      decideCooperationOutcome: may('staff of a side'),
      recordAid: may('staff of a side'),
      correctAid: { ...may('staff of the owner'), refusedWith: 'AID_CORRECTED' },

      // Sharing with partner agencies
      registerAgency: { ...may('any staff'), ...sharing },
      closeAgency: { ...may('staff of the owner'), ...sharing },
      addAgencyKey: { ...may('staff of the owner', 'the agency'), ...sharing },
      retireAgencyKey: { ...may('staff of the owner', 'the agency'), ...sharing },
      requestSharing: may('any agency'),
      withdrawSharingRequest: may('the agency'),
      registerWebhook: may('the agency'),
      renewWebhookSecret: may('the agency'),
      pauseWebhook: { ...may('staff of the owner', 'the agency'), ...sharing },
      resumeWebhook: may('the agency'),
      replayWebhook: may('the agency'),
      redeliverWebhookMessages: may('the agency'),
      removeWebhook: { ...may('staff of the owner', 'the agency'), ...sharing },
      draftSharing: { ...may('staff of the owner'), ...sharing },
      refuseSharing: { ...may('staff of the owner'), ...sharing },
      approveSharing: { ...may('staff of the owner'), ...sharing },
      amendSharing: { ...may('staff of the owner'), ...sharing },
      approveSharingAmendment: { ...may('staff of the owner'), ...sharing },
      suspendSharing: { ...may('staff of the owner'), ...sharing },
      resumeSharing: { ...may('staff of the owner'), ...sharing },
      revokeSharing: { ...may('staff of the owner'), ...sharing },
    },
  },

  // Directory
  Committee: {
    fields: {
      ...plain('id code name level region parent children validFrom validUntil successors predecessors', directory),
      memberSettings: directory,
      memberCorrections: ownedHere('members.correction'),
      consultationCorrections: ownedHere('consultations.correction'),
      cooperationCorrections: ownedHere('cooperation.correction'),
      // What is in them is compared as a member's own.
      dutyReports: within,
      dutySpread: within,
      scoringRules: within,
      members: owned('members.member'),
      memberSummary: counts('members.member'),
      posts: owned('members.post'),
      organizations: owned('members.organization'),
      terms: owned('members.term'),
      figures: owned('members.committee_figure'),
      consultations: hosted('consultations.consultation'),
      consultationSummary: { kind: 'counts', of: ownedRows('consultations.consultation', hosting) },
      nextMeetingNumber: within,
      jointPlans: {
        kind: 'many',
        of: (view, { code }) => {
          const taking = view.rows('consultations.joint_plan_party').filter((one) => one.values['owner'] === code);
          const ids = new Set(taking.map((one) => one.values['joint_plan']));
          return view.rows('consultations.joint_plan').filter(({ id }) => ids.has(id));
        },
      },
      calendar: ownedHere('consultations.calendar_entry'),
      plans: owned('consultations.plan'),
      consultationSettings: directory,
      linkedActions: owned('consultations.linked_action'),
      linkedInvitations: invitedHere,
      problems: owned('consultations.problem'),
      referrals: referredHere,
      books: ownedHere('consultations.book'),
      discussionTopics: ownedHere('consultations.discussion_topic'),
      instructionSummary: {
        kind: 'counts',
        of: ownedRows('consultations.outcome', { ...hosting, column: 'consultation' }),
      },
      workstations: owned('workstations.workstation'),
      workstationSummary: counts('workstations.workstation'),
      programmes: owned('workstations.programme'),
      activities: owned('workstations.activity'),
      serviceRequests: owned('workstations.service_request'),
      visits: ownedHere('cooperation.visit'),
      cooperations: { kind: 'many', of: ownedRows('cooperation.cooperation', partnered) },
      cooperationSummary: { kind: 'counts', of: ownedRows('cooperation.cooperation', partnered) },
      partnerAgencies: ownedHere('cooperation.partner_agency'),
      sharingAgreements: ownedHere('cooperation.sharing_agreement'),
      accesses: unread,
    },
  },
  Region: {
    fields: {
      ...plain(
        'id code name level parent children committee validFrom validUntil successors predecessors zone',
        directory,
      ),
      consultations: located('consultations.consultation'),
      workstations: located('workstations.workstation'),
    },
  },
  RegionDirectory: { fields: plain('asOf townshipsAsOf', directory) },
  Source: { fields: plain('id title description', directory) },
  Dataset: {
    fields: plain(
      'name title description sharing publisher updateFrequency licence keywords conditions legalGround sampleQuery fields',
      within,
    ),
  },
  DatasetField: { fields: plain('type field returns sharing personal description', within) },

  // People and organizations
  Me: {
    fields: plain(
      'id role committee member members mayActAs memberships office duties convenes dutyCode memberTasks dutyReports consultationTasks cooperationTasks consultationNews calendarFeeds accesses',
      self,
    ),
  },
  ActingMember: { fields: plain('memberId committee member acting', within) },
  ActingMembership: { fields: plain('id committee member acting', within) },
  DutyCode: { fields: plain('payload expires', within) },
  Task: { fields: plain('subject recordType record title step', within) },
  WorkEvent: { fields: plain('recordType record title event', within) },
  Membership: type('members.membership', {
    ...plain('id status added validFrom decision decided ending endingDecision', value),
    validUntil: within,
    ...plain('visibility revision created modified', value),
    committee: directory,
    member: to('members.member', 'member'),
    term: to('members.term', 'term'),
    // The latest of its reasons.
    reason: {
      kind: 'borrowed',
      column: 'reason',
      of: (view, { row }) => tied(view.rows('members.membership_reason'), 'membership', row?.id).slice(-1),
    },
    events: parts('members.membership_event', 'record'),
    pendingSteps: within,
  }),
  OrganizationMember: type('members.organization_member', {
    ...plain('id role validFrom visibility revision', value),
    validUntil: within,
    organization: to('members.organization', 'organization'),
    member: to('members.member', 'member'),
  }),
  Tag: type('members.tag', {
    ...plain('id tag endorsements needed confirmed confirmedOn confirmedBy revision', value),
    member: to('members.member', 'member'),
    by: to('members.member', 'author'),
  }),
  // A link seen from one of its ends: the other end depends on the way.
  Contact: { fields: plain('id tree depth member organization', within) },
  ContactLink: type('members.contact_link', {
    ...plain('id tree validFrom visibility revision', value),
    validUntil: within,
    committee: directory,
    parentMember: { kind: 'one', of: () => [] },
    parentOrganization: to('members.organization', 'parent'),
    childMember: to('members.member', 'child'),
    childOrganization: { kind: 'one', of: () => [] },
  }),
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
    attendances: parts('consultations.attendance', 'member'),
    ...plain('id name occupation tags', value),
    ...told,
    person: to('members.person', 'person'),
    committee: directory,
    sector: toBy('members.affiliation', 'member', 'members.organization', 'sector'),
    current: value,
    memberships: parts('members.membership', 'member'),
    organizations: parts('members.organization_member', 'member'),
    tagWall: parts('members.tag', 'member'),
    contactsUp: parts('members.contact_link', 'child'),
    contactsDown: none,
    posts: alike('members.post', 'person'),
    // Its parts are compared, and what they tell of.
    dutyReport: within,
    consultations: through('consultations.consultation', 'consultations.participant', 'member', 'consultation'),
    suggestions: through('consultations.suggestion', 'consultations.suggestion_author', 'member', 'suggestion'),
    workstations: through('workstations.workstation', 'workstations.workstation_staffing', 'member', 'workstation'),
    activities: through('workstations.activity', 'workstations.participation', 'member', 'activity'),
    programmes: through('workstations.programme', 'workstations.programme_staffing', 'member', 'programme'),
    planTopics: parts('consultations.plan_topic', 'author'),
    bookReadings: parts('consultations.book_reading', 'author'),
    discussionTopics: parts('consultations.discussion_topic', 'author'),
    nominations: through('consultations.nominee', 'consultations.nominee_reference', 'member', 'nominee'),
  }),
  Post: type('members.post', {
    ...plain('id title current asOf validFrom source revision', value),
    validUntil: within,
    person: to('members.person', 'person'),
    committee: directory,
    organization: to('members.organization', 'organization'),
  }),
  Organization: type('members.organization', {
    ...plain('id name classification description validFrom position visibility source revision', value),
    validUntil: within,
    term: to('members.term', 'term'),
    dutySummary: within,
    organizationMembers: parts('members.organization_member', 'organization'),
    convenors: none,
    contactsUp: none,
    contactsDown: parts('members.contact_link', 'parent'),
    committee: directory,
    region: directory,
    parent: to('members.organization', 'parent'),
    children: parts('members.organization', 'parent'),
    posts: parts('members.post', 'organization'),
    members: {
      kind: 'many',
      of: (view, { row }) => {
        const places = [
          ...tied(view.rows('members.affiliation'), 'sector', row?.id),
          ...tied(view.rows('members.organization_member'), 'organization', row?.id),
        ];
        const ids = new Set(places.map((place) => place.values['member']));
        return view.rows('members.member').filter(({ id }) => ids.has(id));
      },
    },
    consultations: through(
      'consultations.consultation',
      'consultations.consultation_organization',
      'organization',
      'consultation',
    ),
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
  DutyReport: {
    fields: plain(
      'member year yearInferred total lines basis source counted score asOf sources missing incomplete notice',
      within,
    ),
  },
  DutyCount: { fields: plain('total leave absences lines contributions facts', within) },
  DutyFact: type('members.duty_fact', {
    ...plain('id kind title on outcomes halfDays rank authors source recordType record', value),
    consultation: to('consultations.consultation', 'consultation'),
    // The fixture's are of consultations.
    activity: { kind: 'one', of: () => [] },
  }),
  DutySource: { fields: plain('name asOf current rebuilding', within) },
  DutyScore: { fields: plain('scored reason total maximum band rulesVersion rulesLabel lines', within) },
  DutyBand: { fields: plain('band label consequence explanation', within) },
  DutyScoreLine: { fields: plain('item label points counted unit capped uncapped explanation facts', within) },
  ScoredDutyFact: { fields: plain('points explanation fact', within) },
  DutySpread: { fields: plain('year counts scores bands incomplete asOf', within) },
  Spread: { fields: plain('members mean quartiles', within) },
  DutyBandCount: { fields: plain('label members', within) },
  DutySummary: { fields: plain('year members total lines scores incomplete asOf', within) },
  ScoringRules: { fields: plain('version validFromYear label rules', within) },

  // Consultations
  Consultation: type('consultations.consultation', {
    papers: parts('consultations.paper', 'consultation'),
    ...plain('id title kind localKind status held place topics description figures', value),
    ...told,
    region: directory,
    hosts: parts('consultations.host', 'consultation'),
    follows: to('consultations.consultation', 'follows'),
    followedBy: parts('consultations.consultation', 'follows'),
    cooperation: toBy('consultations.cooperation_link', 'consultation', 'cooperation.cooperation', 'cooperation'),
    participants: parts('consultations.participant', 'consultation'),
    ...plain('term ordinal numberLabel places signUpOpens signUpCloses noticed entered reason liveStream', value),
    organization: toBy(
      'consultations.consultation_organization',
      'consultation',
      'members.organization',
      'organization',
    ),
    parts: parts('consultations.part', 'consultation'),
    onlineMeeting: {
      kind: 'one',
      of: (view, { row }) => tied(view.rows('consultations.online_meeting'), 'consultation', row?.id),
    },
    events: parts('consultations.consultation_event', 'record'),
    pendingSteps: within,
    agenda: parts('consultations.agenda_item', 'consultation'),
    decisions: parts('consultations.decision', 'consultation'),
    attendances: parts('consultations.attendance', 'consultation'),
    ...plain('attendanceSummary placesLeft', within),
    myAttendance: within,
    speeches: parts('consultations.speech', 'consultation'),
    suggestions: parts('consultations.suggestion', 'consultation'),
    readings: parts('consultations.reading', 'consultation'),
    ...plain('readingSeries minutesDue evaluation publicationPreview', within),
    followUp: {
      kind: 'one',
      of: (view, { row }) => tied(view.rows('consultations.follow_up'), 'consultation', row?.id),
    },
    followUps: parts('consultations.follow_up', 'consultation'),
    outcomes: parts('consultations.outcome', 'consultation'),
    submissions: parts('consultations.submission', 'consultation'),
    jointPlan: {
      kind: 'one',
      of: (view, { row }) => tied(view.rows('consultations.joint_plan'), 'consultation', row?.id),
    },
    planItems: {
      kind: 'many',
      of: (view, { row }) => {
        const linked = tied(view.rows('consultations.plan_item_held'), 'consultation', row?.id);
        const ids = new Set(linked.map((one) => one.values['plan_item']));
        return view
          .rows('consultations.plan_item')
          .filter((item) => ids.has(item.id) || item.values['consultation'] === row?.id);
      },
    },
  }),
  JointPlan: type('consultations.joint_plan', {
    ...plain('id title kind status sequence reason visibility revision created modified', value),
    initiator: directory,
    parties: parts('consultations.joint_plan_party', 'joint_plan'),
    ...Object.fromEntries(
      ['proposal', 'locked'].map((name): [string, Cell] => [
        name,
        {
          kind: 'one',
          of: (view, { row }) => tied(view.rows('consultations.joint_plan_proposal'), 'joint_plan', row?.id),
        },
      ]),
    ),
    proposals: parts('consultations.joint_plan_proposal', 'joint_plan'),
    ...plain('slot callOffBy pendingSteps', within),
    consultation: to('consultations.consultation', 'consultation'),
    follows: to('consultations.consultation', 'follows'),
    cooperation: toBy('consultations.joint_plan_cooperation', 'joint_plan', 'cooperation.cooperation', 'cooperation'),
    nominees: parts('consultations.nominee', 'joint_plan'),
    events: parts('consultations.joint_plan_event', 'record'),
  }),
  JointPlanParty: type('consultations.joint_plan_party', {
    ...plain('id status number reason hostName hosts callsOff revision', value),
    // Nobody of the fixture wants to call it off.
    callOffReason: within,
    ...plain('required slots quota pendingSteps', within),
    jointPlan: to('consultations.joint_plan', 'joint_plan'),
    committee: directory,
    workstation: toBy(
      'consultations.joint_plan_platform',
      'joint_plan_party',
      'workstations.workstation',
      'workstation',
    ),
    events: parts('consultations.joint_plan_party_event', 'record'),
  }),
  JointPlanProposal: type('consultations.joint_plan_proposal', {
    ...plain('number basedOn answerBy takenBack title kind place online durationMinutes comment created', value),
    ...plain('changes topics agenda slots visits quotas', within),
    ...plain('committee region', directory),
  }),
  JointPlanChange: { fields: plain('field before after', within) },
  JointPlanSlot: { fields: plain('starts ends suitsAll free', within) },
  JointPlanTopic: { fields: plain('title committee', within) },
  JointPlanAgendaItem: { fields: plain('title kind presenter', within) },
  JointPlanVisit: { fields: plain('title place on committee', within) },
  JointPlanQuota: { fields: plain('committee members', within) },
  Nominee: type('consultations.nominee', {
    ...plain('id kind name role status reason visibility revision created modified', value),
    jointPlan: to('consultations.joint_plan', 'joint_plan'),
    committee: directory,
    standsInFor: to('consultations.nominee', 'stands_in_for'),
    member: toBy('consultations.nominee_reference', 'nominee', 'members.member', 'member'),
    organization: toBy('consultations.nominee_reference', 'nominee', 'members.organization', 'organization'),
    events: parts('consultations.nominee_event', 'record'),
    pendingSteps: within,
  }),
  CalendarEntry: type('consultations.calendar_entry', {
    ...plain('id kind title place starts ends blocking status sequence visibility revision created modified', value),
    committee: directory,
    consultation: to('consultations.consultation', 'consultation'),
    part: to('consultations.part', 'part'),
    events: parts('consultations.calendar_entry_event', 'record'),
    pendingSteps: within,
  }),
  FreeBusy: { fields: plain('committee busy', within) },
  BusyTime: { fields: plain('starts ends', within) },
  CommonFreeSlots: { fields: plain('slots provisional', within) },
  FreeSlot: { fields: plain('starts ends', within) },
  Part: type('consultations.part', {
    ...plain('id title starts ends place position', value),
    signInCode: {
      kind: 'given',
      to: (actor, row) =>
        keepsList(actor, row) ||
        (row.values['visibility'] !== 'PRIVATE' &&
          actor.kind === 'STAFF' &&
          actor.committee === party &&
          actor.duties.includes('meetings')),
    },
    signedIn: within,
    consultation: to('consultations.consultation', 'consultation'),
  }),
  OnlineMeeting: type('consultations.online_meeting', plain('link platform visibility', value)),
  Attendance: type('consultations.attendance', {
    ...plain('id status invited reason visibility revision created modified', value),
    ...plain('waitingPosition outcome pendingSteps', within),
    consultation: to('consultations.consultation', 'consultation'),
    member: toAllButAgencies('members.member', 'member'),
    substitute: toAllButAgencies('members.member', 'substitute'),
    standsInFor: to('consultations.attendance', 'stands_in_for'),
    signIns: parts('consultations.sign_in', 'attendance'),
    leaves: parts('consultations.leave', 'attendance'),
    events: parts('consultations.attendance_event', 'record'),
    speeches: within,
  }),
  SignIn: type('consultations.sign_in', {
    ...plain('id way scannedAt receivedAt late status reason revision', value),
    part: to('consultations.part', 'part'),
    events: parts('consultations.sign_in_event', 'record'),
  }),
  Leave: type('consultations.leave', {
    ...plain('id reason status answer revision created modified', value),
    ...plain('parts pendingSteps', within),
    attendance: to('consultations.attendance', 'attendance'),
    events: parts('consultations.leave_event', 'record'),
  }),
  PartCode: { fields: plain('payload expires', within) },
  AttendanceSummary: { fields: plain('invited signedUp waiting onLeave present absent', within) },
  ScanResult: { fields: plain('attendance userErrors', within) },
  Speech: type('consultations.speech', {
    ...plain('id kind title text position status reason visibility revision created modified', value),
    consultation: to('consultations.consultation', 'consultation'),
    speaker: toBy('consultations.speaker', 'speech', 'members.member', 'member'),
    agendaItem: to('consultations.agenda_item', 'agenda_item'),
    events: parts('consultations.speech_event', 'record'),
    pendingSteps: within,
  }),
  AgendaItem: type('consultations.agenda_item', {
    ...plain('id number title kind presenter result position', value),
    consultation: to('consultations.consultation', 'consultation'),
    presentingMember: toBy('consultations.agenda_presenter', 'agenda_item', 'members.member', 'member'),
    decisions: parts('consultations.decision', 'agenda_item'),
  }),
  Decision: type('consultations.decision', {
    ...plain('id kind title text number vote created', value),
    consultation: to('consultations.consultation', 'consultation'),
    agendaItem: to('consultations.agenda_item', 'agenda_item'),
  }),
  Vote: { fields: plain('for against abstained', within) },
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
  FollowUpReading: type('consultations.reading', {
    corrections: parts('consultations.correction', 'record'),
    ...plain('id indicator on text value unit recordedBy visibility source', value),
    consultation: to('consultations.consultation', 'consultation'),
    suggestion: to('consultations.suggestion', 'suggestion'),
  }),
  Suggestion: type('consultations.suggestion', {
    corrections: parts('consultations.correction', 'record'),
    ...plain(
      'id status text count adoptedByAll reason answer answered answerEntered measures plannedEnd result',
      value,
    ),
    ...told,
    consultation: to('consultations.consultation', 'consultation'),
    authors: { kind: 'many', of: authorsOf },
    namedAuthors: none,
    adoptions: parts('consultations.adoption', 'suggestion'),
    outcomes: through('consultations.outcome', 'consultations.outcome_suggestion', 'suggestion', 'outcome'),
    readings: parts('consultations.reading', 'suggestion'),
    events: parts('consultations.suggestion_event', 'record'),
    pendingSteps: within,
  }),
  SuggestionAuthor: type('consultations.suggestion_author', { member: to('members.member', 'member') }),
  Adoption: type('consultations.adoption', {
    ...plain('id body bodyName status reason decided document superseded visibility created', value),
    committee: directory,
  }),
  ConsultationOutcome: type('consultations.outcome', {
    corrections: parts('consultations.correction', 'record'),
    ...plain('id kind title on body description level side office', value),
    ...told,
    consultation: to('consultations.consultation', 'consultation'),
    suggestions: through('consultations.suggestion', 'consultations.outcome_suggestion', 'outcome', 'suggestion'),
  }),
  FollowUp: type('consultations.follow_up', {
    corrections: parts('consultations.correction', 'record'),
    ...plain('id status minutes findings reviewed conclusion', value),
    ...plain('visibility revision created modified', value),
    consultation: to('consultations.consultation', 'consultation'),
    committee: directory,
    dispatches: parts('consultations.dispatch', 'follow_up'),
    handlingReports: parts('consultations.handling_report', 'follow_up'),
    visits: parts('consultations.follow_up_visit', 'follow_up'),
    evaluations: parts('consultations.follow_up_evaluation', 'follow_up'),
    events: parts('consultations.follow_up_event', 'record'),
    pendingSteps: within,
  }),
  ResultDispatch: type('consultations.dispatch', plain('id to form title documentNumber sent visibility', value)),
  HandlingReport: type('consultations.handling_report', plain('id from text received visibility', value)),
  FollowUpVisit: type('consultations.follow_up_visit', {
    ...plain('id note', value),
    consultation: to('consultations.consultation', 'consultation'),
  }),
  FollowUpEvaluation: type('consultations.follow_up_evaluation', {
    ...plain('id body bodyName attitude result reason visibility', value),
    committee: directory,
  }),
  AnnualPlan: type('consultations.plan', {
    ...plain('id year title status collectUntil reviewResult reason topicsPerYear exceedsTopicsPerYear', value),
    ...told,
    committee: directory,
    items: parts('consultations.plan_item', 'plan'),
    topics: parts('consultations.plan_topic', 'plan'),
    chairmensMeeting: to('consultations.consultation', 'chairmens_meeting'),
    ...plain('approval progress pendingSteps', within),
    amendments: parts('consultations.plan_amendment', 'plan'),
    events: parts('consultations.plan_event', 'record'),
  }),
  AnnualPlanItem: type('consultations.plan_item', {
    ...plain('id status kind localKind title count lead plannedFor revision', value),
    plan: to('consultations.plan', 'plan'),
    responsible: toBy('consultations.plan_item_responsible', 'plan_item', 'members.organization', 'organization'),
    consultation: to('consultations.consultation', 'consultation'),
    fromTopics: parts('consultations.plan_topic', 'plan_item'),
    fromSubmissions: parts('consultations.submission', 'plan_item'),
    events: parts('consultations.plan_item_event', 'record'),
    ...plain('progress pendingSteps', within),
  }),
  AnnualPlanAmendment: type('consultations.plan_amendment', {
    ...plain('id amended change reason before after', value),
    item: to('consultations.plan_item', 'plan_item'),
  }),
  AnnualPlanTopic: type('consultations.plan_topic', {
    ...plain('id title text suggestedBy status reason visibility revision created modified', value),
    committee: directory,
    plan: to('consultations.plan', 'plan'),
    author: toBy('consultations.plan_topic_suggester', 'plan_topic', 'members.member', 'author'),
    organization: toBy('consultations.plan_topic_suggester', 'plan_topic', 'members.organization', 'organization'),
    department: toBy('consultations.plan_topic_suggester', 'plan_topic', 'members.organization', 'department'),
    item: to('consultations.plan_item', 'plan_item'),
    events: parts('consultations.plan_topic_event', 'record'),
    pendingSteps: within,
  }),
  AnnualPlanApproval: { fields: plain('body documentNumber approvedOn file', within) },
  AnnualPlanProgress: {
    fields: plain('basis planned held scheduled notHeld cancelled openItems complete byKind', within),
  },
  AnnualPlanKindProgress: { fields: plain('kind planned held scheduled notHeld cancelled openItems', within) },
  AnnualPlanItemProgress: {
    fields: plain('planned held scheduled notHeld cancelled remaining consultations', within),
  },
  AnnualPlanCount: { fields: plain('count consultations', within) },
  AnnualPlanItemContent: { fields: plain('kind localKind title count lead plannedFor', within) },

  Submission: type('consultations.submission', {
    phone: borrowed('consultations.submission_contact', 'submission', 'phone'),
    ...plain(
      'id kind title text filedBy status received way entered rating ratingText rated reason answer answered answerEntered result solved daysToSolve',
      value,
    ),
    ...plain('visibility revision created modified', value),
    ...plain('committee region', directory),
    consultation: to('consultations.consultation', 'consultation'),
    events: parts('consultations.submission_event', 'record'),
    pendingSteps: within,
    planItem: to('consultations.plan_item', 'plan_item'),
    referrals: parts('consultations.referral', 'submission'),
  }),
  LinkedAction: type('consultations.linked_action', {
    ...plain('id kind title description answerBy handInBy status reason conclusion', value),
    ...plain('visibility revision created modified', value),
    committee: directory,
    // Its name is the action's own; what it refers to is looked for in every answer.
    ...plain('platform progress problemProgress pendingSteps', within),
    invitation: to('consultations.linked_invitation', 'linked_invitation'),
    partOf: to('consultations.linked_action', 'part_of'),
    carriedOnBy: parts('consultations.linked_action', 'part_of'),
    invitations: parts('consultations.linked_invitation', 'linked_action'),
    problems: parts('consultations.problem', 'linked_action'),
    events: parts('consultations.linked_action_event', 'record'),
  }),
  LinkedPlatform: { fields: plain('workstation organization name', within) },
  LinkedInvitation: type('consultations.linked_invitation', {
    ...plain('id kind title description sent answerBy handInBy status reason conclusion answer late', value),
    ...plain('visibility revision created modified', value),
    ...plain('inviter committee', directory),
    linkedAction: to('consultations.linked_action', 'linked_action'),
    part: oneBy('consultations.linked_part', 'linked_invitation'),
    carriedOnBy: oneBy('consultations.linked_action', 'linked_invitation'),
    pendingSteps: within,
  }),
  LinkedPart: type('consultations.linked_part', {
    ...plain('id status reason answered plan plannedFrom plannedUntil report figures handedIn', value),
    ...plain('visibility revision created modified', value),
    committee: directory,
    invitation: to('consultations.linked_invitation', 'linked_invitation'),
    consultation: to('consultations.consultation', 'consultation'),
    events: parts('consultations.linked_part_event', 'record'),
    ...plain('platform pendingSteps', within),
  }),
  LinkedProgress: {
    fields: plain('basis invited silent accepted declined planned handedIn left unknown late', within),
  },
  Problem: type('consultations.problem', {
    ...plain(
      'id title text topic site found status body handedOver due overdue measures putRight answer answered answerEntered',
      value,
    ),
    ...plain('reason findings verified conclusion evaluation visibility revision created modified', value),
    ...plain('committee holder', directory),
    linkedAction: to('consultations.linked_action', 'linked_action'),
    consultation: to('consultations.consultation', 'consultation'),
    referrals: parts('consultations.referral', 'problem'),
    events: parts('consultations.problem_event', 'record'),
    ...plain('heldUntil pendingSteps', within),
  }),
  ProblemProgress: { fields: plain('basis found handedOver referred solved verified overdue', within) },
  Referral: type('consultations.referral', {
    ...plain(
      'id direction title text note sent due hop recalled recallReason visibility revision created modified',
      value,
    ),
    ...plain('from to path holder', directory),
    problem: to('consultations.problem', 'problem'),
    submission: to('consultations.submission', 'submission'),
    previous: to('consultations.referral', 'previous'),
    handling: oneBy('consultations.referral_handling', 'referral'),
    ...plain('heldUntil pendingSteps', within),
  }),
  ReferralHandling: type('consultations.referral_handling', {
    ...plain('id status reason result answered visibility revision created modified', value),
    committee: directory,
    referral: to('consultations.referral', 'referral'),
    events: parts('consultations.referral_handling_event', 'record'),
    pendingSteps: within,
  }),
  Book: type('consultations.book', {
    ...plain('id title writer publisher isbn why readFrom readUntil status reason readers finished', value),
    ...plain('visibility revision created modified', value),
    committee: directory,
    readings: parts('consultations.book_reading', 'book'),
    events: parts('consultations.book_event', 'record'),
    pendingSteps: within,
  }),
  BookReading: type('consultations.book_reading', {
    ...plain('id status note finished revision', value),
    book: to('consultations.book', 'book'),
    member: to('members.member', 'author'),
    events: parts('consultations.book_reading_event', 'record'),
    pendingSteps: within,
  }),
  CalendarFeed: type('consultations.calendar_feed', {
    ...plain('id kind label status renewed visibility revision created modified', value),
    committee: directory,
    member: to('members.member', 'author'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
    events: parts('consultations.calendar_feed_event', 'record'),
    pendingSteps: within,
  }),
  DiscussionTopic: type('consultations.discussion_topic', {
    ...plain('id title text status supports supportedByMe reason result', value),
    ...plain('visibility revision created modified', value),
    committee: directory,
    member: to('members.member', 'author'),
    comments: parts('consultations.topic_comment', 'topic'),
    coAuthors: parts('consultations.co_author_invitation', 'topic'),
    draft: { kind: 'one', of: (view, { row }) => tied(view.rows('consultations.topic_draft'), 'topic', row?.id) },
    drafts: parts('consultations.topic_draft', 'topic'),
    events: parts('consultations.discussion_topic_event', 'record'),
    pendingSteps: within,
  }),
  TopicComment: type('consultations.topic_comment', {
    ...plain('id text status reason revision created', value),
    topic: to('consultations.discussion_topic', 'topic'),
    answers: to('consultations.topic_comment', 'answers'),
    member: to('members.member', 'author'),
    events: parts('consultations.topic_comment_event', 'record'),
    pendingSteps: within,
  }),
  CoAuthor: type('consultations.co_author_invitation', {
    status: value,
    member: to('members.member', 'member'),
    pendingSteps: within,
  }),
  TopicDraft: type('consultations.topic_draft', {
    ...plain('version title text created', value),
    member: to('members.member', 'author'),
  }),
  File: {
    ...type('consultations.file', plain('id name mediaType bytes sha256 url modified', value)),
    alsoIn: ['cooperation.file'],
  },
  Paper: type('consultations.paper', {
    ...plain('id kind title version status reason visibility revision created modified', value),
    consultation: to('consultations.consultation', 'consultation'),
    file: to('consultations.file', 'file'),
    versions: parts('consultations.paper_version', 'paper'),
    events: parts('consultations.paper_event', 'record'),
    pendingSteps: within,
  }),
  PaperVersion: type('consultations.paper_version', { version: value, file: to('consultations.file', 'file') }),
  ConsultationSettings: {
    fields: plain(
      'version validFrom topicsPerYear noticeWorkingDays submissionReplyWorkingDays submissionAnswerWorkingDays papersWorkingDays suggestionAnswerWorkingDays minutesWorkingDays resultsWorkingDays handlingReportMonths evaluationLeastGroup draftReplyWorkingDays signInOpensMinutes lateScanMinutes lateScanHours jointPlanAnswerWorkingDays recordObjectionDays workingFrom workingUntil linkedAnswerWorkingDays linkedHandInWorkingDays problemAnswerWorkingDays referralTakeWorkingDays referralAnswerWorkingDays partVisibility jointPartVisibility',
      within,
    ),
  },

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
    ...plain('id title kind field status started description result figures', value),
    ...told,
    partners: parts('cooperation.partner', 'cooperation'),
    milestones: parts('cooperation.milestone', 'cooperation'),
    // The fixture's were done.
    nextMilestone: { kind: 'one', of: () => [] },
    visits: parts('cooperation.visit', 'cooperation'),
    agreements: parts('cooperation.agreement', 'cooperation'),
    outcomes: parts('cooperation.outcome', 'cooperation'),
    aid: parts('cooperation.aid_entry', 'cooperation'),
    events: parts('cooperation.cooperation_event', 'record'),
    pendingSteps: within,
    consultations: through(
      'consultations.consultation',
      'consultations.cooperation_link',
      'cooperation',
      'consultation',
    ),
  }),
  CooperationPartner: type('cooperation.partner', {
    ...plain('id role status reason answeredRevision revision', value),
    committee: directory,
    organizations: parts('cooperation.partner_organization', 'partner'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
    events: parts('cooperation.partner_event', 'record'),
    pendingSteps: within,
  }),
  PartnerOrganization: type('cooperation.partner_organization', {
    ...plain('id name role', value),
    organization: to('members.organization', 'organization'),
  }),
  Milestone: type('cooperation.milestone', {
    corrections: parts('cooperation.correction', 'record'),
    ...plain('id title stage date plannedFor done status reason description source revision', value),
    committee: directory,
    people: parts('cooperation.milestone_person', 'milestone'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
    events: parts('cooperation.milestone_event', 'record'),
    pendingSteps: within,
  }),
  MilestonePerson: type('cooperation.milestone_person', { role: value, person: to('members.person', 'person') }),
  Visit: type('cooperation.visit', {
    corrections: parts('cooperation.correction', 'record'),
    ...plain('id title hostNames place held delegation size', value),
    ...told,
    ...plain('committee host region', directory),
    people: parts('cooperation.visit_person', 'visit'),
    milestone: to('cooperation.milestone', 'milestone'),
    findings: parts('cooperation.visit_finding', 'visit'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),
  VisitPerson: type('cooperation.visit_person', { role: value, person: to('members.person', 'person') }),
  VisitFinding: type('cooperation.visit_finding', {
    ...plain('id kind text status measures result reason revision', value),
    committee: directory,
    visit: to('cooperation.visit', 'visit'),
    events: parts('cooperation.visit_finding_event', 'record'),
    pendingSteps: within,
  }),
  Agreement: type('cooperation.agreement', {
    ...plain('id title status signed parties term description reason source revision', value),
    committee: directory,
    supersedes: to('cooperation.agreement', 'supersedes'),
    supersededBy: {
      kind: 'one',
      of: (view, { row }) => tied(view.rows('cooperation.agreement'), 'supersedes', row?.id),
    },
    files: parts('cooperation.agreement_file', 'agreement'),
    signatures: within,
    cooperation: to('cooperation.cooperation', 'cooperation'),
    events: parts('cooperation.agreement_event', 'record'),
    pendingSteps: within,
  }),
  AgreementSignature: { fields: { ...plain('signed on', within), committee: directory } },
  AgreementFile: type('cooperation.agreement_file', {
    ...plain('id kind created', value),
    committee: directory,
    file: to('cooperation.file', 'file'),
  }),
  CooperationOutcome: type('cooperation.outcome', {
    ...plain('id title kind count description', value),
    ...told,
    committee: directory,
    agreement: to('cooperation.agreement', 'agreement'),
    milestone: to('cooperation.milestone', 'milestone'),
    adoptions: parts('cooperation.adoption', 'outcome'),
    adoptedByAll: within,
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),
  CooperationAdoption: type('cooperation.adoption', {
    ...plain('id body bodyName status reason decided document superseded created', value),
    committee: directory,
  }),
  PartnerAgency: type('cooperation.partner_agency', {
    ...plain('id name creditCode status revision created', value),
    committee: directory,
    keys: parts('cooperation.agency_key', 'agency'),
    sharingAgreements: parts('cooperation.sharing_agreement', 'agency'),
    events: parts('cooperation.partner_agency_event', 'record'),
    pendingSteps: within,
  }),
  AgencyKey: type('cooperation.agency_key', {
    ...plain('id kid algorithm publicKey status revision created', value),
    agency: to('cooperation.partner_agency', 'agency'),
    events: parts('cooperation.agency_key_event', 'record'),
    pendingSteps: within,
  }),
  SharingAgreement: type('cooperation.sharing_agreement', {
    ...plain('id status requested reason revision created modified', value),
    committee: directory,
    agency: to('cooperation.partner_agency', 'agency'),
    terms: { kind: 'one', of: (view, { row }) => tied(view.rows('cooperation.sharing_terms'), 'agreement', row?.id) },
    versions: parts('cooperation.sharing_terms', 'agreement'),
    accesses: unread,
    webhooks: parts('cooperation.webhook', 'agreement'),
    events: parts('cooperation.sharing_agreement_event', 'record'),
    pendingSteps: within,
  }),
  SharingTerms: type('cooperation.sharing_terms', {
    ...plain('id version status datasets purpose legalBasis validFrom validUntil rowsPerDay requestsPerMinute', value),
    regions: directory,
  }),
  SharedDataset: { fields: plain('dataset fields unmasked', within) },
  Webhook: type('cooperation.webhook', {
    ...plain('id url status types pausedFor revision created', value),
    // Of its progress, which is no record: tried in the subgraph's own tests.
    ...plain('cursor failingSince lastError pendingCount', within),
    deadLetters: unread,
    sharingAgreement: to('cooperation.sharing_agreement', 'agreement'),
    events: parts('cooperation.webhook_event', 'record'),
    pendingSteps: within,
  }),
  WebhookMessage: { fields: plain('id changes after cursor attempts lastError created', within) },
  // Tried where agencies read: the fixture's rows are no reads.
  AccessEntry: {
    fields: plain(
      'id number at agency agreement version outcome reason operation fields filters rows subjects address milliseconds times since until hash',
      within,
    ),
  },
  AidEntry: type('cooperation.aid_entry', {
    ...plain('id form amount unit given superseded reason description source', value),
    committee: directory,
    corrects: to('cooperation.aid_entry', 'corrects'),
    cooperation: to('cooperation.cooperation', 'cooperation'),
  }),

  // What has no audience of its own
  Period: { fields: plain('start end precision text yearInferred', within) },
  Quantity: { fields: plain('value qualifier atLeast text', within) },
  Figure: { fields: plain('label value unit period asOf note', within) },
  Total: { fields: plain('value atLeast text basis asOf source', within) },
  PageInfo: { fields: plain('hasNextPage hasPreviousPage startCursor endCursor', within) },
  DutyLine: { fields: plain('kind count facts', within) },
  OpenDay: { fields: plain('rule description', within) },
  MemberSummary: { fields: plain('total counted', within) },
  ConsultationSummary: { fields: plain('total byKind byStatus', within) },
  InstructionSummary: { fields: plain('total byLevelAndSide', within) },
  InstructionCount: { fields: plain('level side count', within) },
  ReadingSeries: { fields: plain('indicator readings', within) },
  NamedAuthor: { fields: plain('member confirmed', within) },
  ConsultationEvaluation: { fields: plain('members attitude result evaluations', within) },
  PublicationPreview: { fields: plain('awaited parts', within) },
  PreviewedPart: { fields: plain('id kind committee text visibility public', within) },
  ScoreCount: { fields: plain('score members', within) },
  MemberEvaluation: { fields: plain('attitude result text', within) },
  ConsultationKindCount: { fields: plain('kind count', within) },
  ConsultationStatusCount: { fields: plain('status count', within) },
  WorkstationSummary: { fields: plain('total byKind byStatus', within) },
  WorkstationKindCount: { fields: plain('kind count', within) },
  WorkstationStatusCount: { fields: plain('status count', within) },
  CooperationSummary: { fields: plain('total byKind', within) },
  CooperationKindCount: { fields: plain('kind count', within) },
  StepEvent: { fields: plain('id step label from to at role committee due dueProvisional late evidence', within) },
  Evidence: { fields: plain('name value', within) },
  Correction: { fields: plain('id recordType record step reason at former', within) },
  PendingStep: { fields: plain('step label due dueProvisional', within) },

  MemberSettings: {
    fields: plain(
      'version validFrom termYears dutyCodeHours tagLimit tagEndorsements dutyLines dutySilentMinutes',
      within,
    ),
  },

  DutyLineSetting: { fields: plain('label kinds consultationKinds', within) },

  // Answers of mutations
  SetScoringRulesPayload: { fields: plain('scoringRules userErrors', within) },
  RebuildDutyPayload: { fields: plain('source userErrors', within) },
  RebuildCooperationAudiencesPayload: { fields: plain('source userErrors', within) },
  ChangeMemberSettingsPayload: { fields: plain('committee userErrors', within) },
  ReferralPayload: { fields: plain('referral userErrors', within) },
  CorrectionPayload: { fields: plain('correction userErrors', within) },
  CorrectMemberPayload: { fields: plain('member userErrors', within) },
  TermPayload: { fields: plain('term userErrors', within) },
  SessionPayload: { fields: plain('session userErrors', within) },
  MembershipPayload: { fields: plain('membership userErrors', within) },
  OrganizationPayload: { fields: plain('organization userErrors', within) },
  OrganizationMemberPayload: { fields: plain('organizationMember userErrors', within) },
  MemberPayload: { fields: plain('member userErrors', within) },
  PostPayload: { fields: plain('post userErrors', within) },
  TagPayload: { fields: plain('tag userErrors', within) },
  ContactLinkPayload: { fields: plain('contactLink userErrors', within) },
  UserError: { fields: plain('code path message', within) },
  ChangeConsultationSettingsPayload: { fields: plain('committee userErrors', within) },
  JointPlanPayload: { fields: plain('jointPlan userErrors', within) },
  NomineePayload: { fields: plain('nominee userErrors', within) },
  CalendarEntryPayload: { fields: plain('calendarEntry userErrors', within) },
  ConsultationPayload: { fields: plain('consultation userErrors', within) },
  FileSubmissionPayload: { fields: plain('submission id receipt userErrors', within) },
  LinkedActionPayload: { fields: plain('linkedAction userErrors', within) },
  InviteCommitteesPayload: { fields: plain('linkedAction invited userErrors', within) },
  LinkedPartPayload: { fields: plain('linkedPart userErrors', within) },
  ProblemPayload: { fields: plain('problem userErrors', within) },
  ReferProblemPayload: { fields: plain('problem referral userErrors', within) },
  ReferSubmissionPayload: { fields: plain('submission referral userErrors', within) },
  PassOnReferralPayload: { fields: plain('referralHandling referral userErrors', within) },
  ReferralHandlingPayload: { fields: plain('referralHandling userErrors', within) },
  PaperPayload: { fields: plain('paper userErrors', within) },
  SubmissionPayload: { fields: plain('submission userErrors', within) },
  BookPayload: { fields: plain('book userErrors', within) },
  CalendarFeedAddressPayload: { fields: plain('calendarFeed address userErrors', within) },
  CalendarFeedPayload: { fields: plain('calendarFeed userErrors', within) },
  BookReadingPayload: { fields: plain('bookReading userErrors', within) },
  DiscussionTopicPayload: { fields: plain('discussionTopic userErrors', within) },
  TopicCommentPayload: { fields: plain('topicComment userErrors', within) },
  AttendancePayload: { fields: plain('attendance userErrors', within) },
  InviteMembersPayload: { fields: plain('consultation attendances userErrors', within) },
  LeavePayload: { fields: plain('leave userErrors', within) },
  RecordScansPayload: { fields: plain('results userErrors', within) },
  SpeechPayload: { fields: plain('speech userErrors', within) },
  AnnualPlanPayload: { fields: plain('annualPlan userErrors', within) },
  AnnualPlanItemPayload: { fields: plain('annualPlanItem userErrors', within) },
  AnnualPlanTopicPayload: { fields: plain('annualPlanTopic userErrors', within) },
  SuggestionPayload: { fields: plain('suggestion userErrors', within) },
  ReadingPayload: { fields: plain('reading userErrors', within) },
  OutcomePayload: { fields: plain('outcome userErrors', within) },
  FollowUpPayload: { fields: plain('followUp userErrors', within) },
  SetPartVisibilityPayload: { fields: plain('consultation userErrors', within) },
  ConsultationEvaluationPayload: { fields: plain('consultation userErrors', within) },
  CooperationPayload: { fields: plain('cooperation userErrors', within) },
  CooperationPartnerPayload: { fields: plain('cooperationPartner userErrors', within) },
  MilestonePayload: { fields: plain('milestone userErrors', within) },
  VisitPayload: { fields: plain('visit userErrors', within) },
  VisitFindingPayload: { fields: plain('visitFinding userErrors', within) },
  AgreementPayload: { fields: plain('agreement userErrors', within) },
  CooperationOutcomePayload: { fields: plain('cooperationOutcome userErrors', within) },
  AidEntryPayload: { fields: plain('aidEntry userErrors', within) },
  SharingPreview: { fields: plain('answer rows fields', within) },
  PartnerAgencyPayload: { fields: plain('partnerAgency userErrors', within) },
  AgencyKeyPayload: { fields: plain('agencyKey userErrors', within) },
  WebhookPayload: { fields: plain('webhook userErrors', within) },
  WebhookSecretPayload: { fields: plain('webhook secret userErrors', within) },
  SharingAgreementPayload: { fields: plain('sharingAgreement userErrors', within) },

  // Lists
  ...Object.fromEntries(
    [
      'AccessEntry',
      'Activity',
      'ActivityParticipant',
      'AnnualPlan',
      'AnnualPlanTopic',
      'Book',
      'BookReading',
      'CalendarEntry',
      'JointPlan',
      'Nominee',
      'PartnerAgency',
      'SharingAgreement',
      'CalendarFeed',
      'Attendance',
      'Committee',
      'Consultation',
      'ConsultationOutcome',
      'ConsultationParticipant',
      'Cooperation',
      'DiscussionTopic',
      'DutyReport',
      'LinkedAction',
      'LinkedInvitation',
      'LivelihoodItem',
      'Member',
      'Milestone',
      'Problem',
      'Programme',
      'Referral',
      'Region',
      'ServiceRequest',
      'Submission',
      'Suggestion',
      'TopicComment',
      'Visit',
      'WebhookMessage',
      'Workstation',
    ].flatMap((name): [string, TypeCells][] => [
      [
        `${name}Connection`,
        { fields: plain(`nodes edges pageInfo totalCount${searched.has(name) ? ' totalIsAtLeast' : ''}`, within) },
      ],
      [`${name}Edge`, { fields: plain('cursor node', within) }],
    ]),
  ),
};

/** What subgraphs offer to the gateway alone, which no public schema shows: who may, by root type and field. */
export const subgraphOnly: Readonly<Record<string, May>> = {
  'Query.storedFile': may('everyone with a face'),
  'Query.fileBytes': may('everyone with a face'),
  'Mutation.beginFile': may('whoever has papers'),
  // None of the fixture's files is being sent by anybody.
  'Mutation.appendFileChunk': may(),
  'Mutation.finishFile': may(),
  'Mutation.abandonFile': may(),
  'Query.calendarFeedBySecret': may('the hub’s followers'),
  'Query.dutyFeed': may('the hub’s followers'),
  'Query.changeFeed': may('the hub’s followers'),
  'Query.recordTypes': may('the hub’s followers'),
  'Query.dutySources': may('the hub’s followers'),
  'Mutation.projectDuty': may('the hub’s followers'),
  'Mutation.takeAllowances': may('the hub’s followers'),
  'Query.agencyAccess': may('the hub’s followers'),
  'Query.accessChain': may('the hub’s followers'),
  'Query.oldAccesses': { ...may('the hub’s followers'), tellsOfNone: true },
  'Mutation.recordAccesses': may('the hub’s followers'),
  'Mutation.signAccesses': may('the hub’s followers'),
  'Mutation.addAccessKey': may('the hub’s followers'),
  'Query.webhookBacklog': may('the hub’s followers'),
  'Mutation.claimWebhooks': may('the hub’s followers'),
  'Mutation.queueWebhookMessage': may('the hub’s followers'),
  'Mutation.settleWebhookMessage': may('the hub’s followers'),
  'Mutation.haltWebhook': may('the hub’s followers'),
  'Query.referableFeed': may('the hub’s followers'),
  'Query.referenceSources': may('the hub’s followers'),
  'Mutation.projectReferables': may('the hub’s followers'),
  'Query.cooperationSources': may('the hub’s followers'),
  'Mutation.projectCooperationAudiences': may('the hub’s followers'),
};
