import { type Actor, subjectOf } from '@hub/access';
import { maximumPage } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import { today } from '@hub/working-days';
import { and, isNotNull, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';
import { dueOf } from './deadline.ts';
import { type EventTable, stepEvent } from './events.ts';
import { type Doer, doers, type Machine, type Step, type StepDeadline, stepOf } from './machine.ts';
import type { Settings } from './settings.ts';

const { placeholder } = sql;

type WorkTable = AnyPgTable & Record<'id' | 'owner' | 'deleted', AnyPgColumn>;
type SteppedTable = WorkTable &
  Record<'status' | 'since', AnyPgColumn> &
  Partial<Record<'author' | 'organization' | 'department' | 'committee', AnyPgColumn>>;

/** A step that a kind of record waits for. */
export interface Wait {
  readonly step: string;
  /** Who is to take it, as far as the kind of actor goes. */
  readonly kind: Actor['kind'];
  /** Which records wait for this actor; it reads the placeholders of {@link placesOf}. */
  readonly where: SQL;
  /** The day that its deadline counts from, by which they are ordered too. */
  readonly day: AnyPgColumn | SQL;
}

/** A kind of record that people work on. */
export interface WorkKind {
  readonly machine: Machine;
  readonly table: WorkTable;
  /** Its type in the graph and its id, where it isn't the table's own record that is shown. */
  readonly shownAs?: { readonly recordType: string; readonly record: AnyPgColumn };
  readonly title: AnyPgColumn | SQL;
  readonly waits?: readonly Wait[];
  /** The steps that were taken, and whose records they concern, by the kind of actor; each an index of its own serves. */
  readonly news?: {
    readonly events: EventTable;
    readonly whose: Readonly<Partial<Record<Actor['kind'], readonly SQL[]>>>;
    /** Steps that are told of by another record, and aren't told twice. */
    readonly quiet?: readonly string[];
  };
}

const mostOfAKind = 50;
const literal = (name: string) => sql.raw(`'${name}'`);

/** What statements read of the actor. */
const placesOf = (actor: Actor) => ({
  committee: 'committee' in actor ? actor.committee : null,
  member: actor.kind === 'MEMBER' ? actor.member : null,
  convenes: actor.kind === 'MEMBER' ? actor.convenes.filter(isId) : [],
  department: actor.kind === 'DEPARTMENT' ? actor.department : null,
  subject: subjectOf(actor),
  today: today(),
});

/**
 * The steps that records of a table await by their machine, for each who may take them.
 * @param also what else must hold for a step to be awaited, by its name
 * @param asked for steps of MEMBER: which records ask this one
 */
export function awaitedOf(
  table: SteppedTable,
  machine: Machine,
  { also = {}, asked }: { also?: Readonly<Record<string, SQL>>; asked?: SQL } = {},
): readonly Wait[] {
  const owned = sql`${table.owner} = ${placeholder('committee')}`;
  const { author, organization, department, committee } = table;
  const whose: Readonly<Partial<Record<Doer, SQL | undefined>>> = {
    STAFF: owned,
    PARTNER: committee && sql`${committee} = ${placeholder('committee')}`,
    AUTHOR: author && and(owned, sql`${author} = ${placeholder('member')}::uuid`),
    CONVENOR: organization && and(owned, sql`${organization} = any(${placeholder('convenes')}::uuid[])`),
    DEPARTMENT: department && and(owned, sql`${department} = ${placeholder('department')}::uuid`),
    MEMBER: asked && and(owned, asked),
  };
  const wait = (step: string, state: string, doer: Doer): Wait => {
    const those = whose[doer];
    if (!those) throw new Error(`${machine.record}.${step} awaits ${doer}, whom no column of its table names`);
    const where = and(
      sql`${table.status} = ${literal(state)}`,
      // What was imported went through no step, and awaits none.
      isNotNull(table.since),
      those,
      also[step],
    );
    return { step, kind: doers[doer].kind, where: where as SQL, day: dayOf(table, stepOf(machine, step)) };
  };
  return Object.entries(machine.steps).flatMap(([name, { awaited = [], by }]) =>
    awaited.flatMap((state) => by.map((doer) => wait(name, state, doer))),
  );
}

/** The column of the day that a step's deadline counts from. */
function dayOf(table: SteppedTable, { deadline }: Step<string>): AnyPgColumn {
  const name = deadline && dayNameOf(deadline);
  if (name === undefined) return table.since;
  const column = (table as unknown as Readonly<Record<string, AnyPgColumn>>)[name];
  if (!column) throw new Error(`there is no column ${name} that the deadline counts from`);
  return column;
}

/** The day that a deadline counts from by its name; none where that is the one on which the record entered its state. */
function dayNameOf(deadline: StepDeadline): string | undefined {
  if ('on' in deadline) return deadline.on;
  const { counts } = deadline;
  if (counts === 'AFTER_ENTERING') return undefined;
  return 'after' in counts ? counts.after : counts.before;
}

const unionOf = (branches: readonly SQL[]) => sql.join([...branches], sql` union all `);

/** The statement that reads what waits for a kind of actor among one kind of record; none where nothing ever does. */
function waitingStatement({ table, title, shownAs, waits = [] }: WorkKind, actor: Actor['kind']) {
  const those = waits.filter(({ kind }) => kind === actor);
  if (those.length === 0) return undefined;
  // Each is read off an index in its order; all in one condition would be read whole and sorted.
  const branches = those.map(
    ({ step, where, day }) =>
      sql`(select ${literal(step)} as step, ${shownAs?.record ?? table.id} as record, ${title} as title, ${day}::text as day
        from ${table} where ${and(where, isNull(table.deleted))} order by ${day}, ${table.id} limit ${sql.raw(String(mostOfAKind))})`,
  );
  const text = (name: string) => sql<string>`waiting.${sql.identifier(name)}`.as(name);
  return statement(
    build
      .select({ step: text('step'), record: text('record'), day: text('day'), title: text('title') })
      .from(sql`(${unionOf(branches)}) as waiting`),
  );
}

/** Steps that the actor took themselves are no news. */
const takenByOthers: Readonly<Partial<Record<Actor['kind'], (events: EventTable) => SQL>>> = {
  MEMBER: ({ author }) => sql`${author} is distinct from ${placeholder('member')}::uuid`,
  DEPARTMENT: ({ department }) => sql`${department} is distinct from ${placeholder('department')}::uuid`,
  LIAISON: ({ role }) => sql`${role} <> 'LIAISON'`,
};

const shownOfEvents = [
  'id',
  'record',
  'step',
  'from',
  'to',
  'role',
  'committee',
  'due',
  'dueProvisional',
  'late',
  'evidence',
] as const;

function newsStatement({ table, title, news }: WorkKind, actor: Actor['kind']) {
  const others = takenByOthers[actor];
  const whose = news?.whose[actor] ?? [];
  if (!news || !others || whose.length === 0) return undefined;
  const { events, quiet = [] } = news;
  const told = quiet.length === 0 ? undefined : notInArray(events.step, [...quiet]);
  const columns = sql.join(
    shownOfEvents.map((name) => sql`${events[name]} as ${sql.identifier(name)}`),
    sql`, `,
  );
  const branches = whose.map(
    (those) =>
      sql`(select ${columns}, ${events.created} as at, ${title} as title from ${table} join ${events} on ${events.record} = ${table.id}
        where ${and(those, others(events), told, sql`${events.created} > ${placeholder('since')}::timestamptz`, isNull(table.deleted), isNull(events.deleted))}
        order by ${events.created} desc, ${events.id} desc limit ${placeholder('first')}::int)`,
  );
  const read = <Name extends (typeof shownOfEvents)[number]>(name: Name) =>
    sql`happened.${sql.identifier(name)}`.mapWith(events[name]).as(name);
  return statement(
    build
      .select({
        id: read('id'),
        record: read('record'),
        step: read('step'),
        from: read('from'),
        to: read('to'),
        role: read('role'),
        committee: read('committee'),
        due: read('due'),
        dueProvisional: read('dueProvisional'),
        late: read('late'),
        evidence: read('evidence'),
        at: sql`happened.at`.mapWith(events.created).as('at'),
        title: sql<string | null>`happened.title`.as('title'),
      })
      .from(sql`(${unionOf(branches)}) as happened`),
  );
}

/** Statements by the kind of actor, each made once. */
function once<Made>(make: (kind: WorkKind, actor: Actor['kind']) => Made) {
  const made = new Map<WorkKind, Map<Actor['kind'], Made>>();
  return (kind: WorkKind, actor: Actor['kind']): Made => {
    const ofKind = made.get(kind) ?? new Map<Actor['kind'], Made>();
    made.set(kind, ofKind);
    if (!ofKind.has(actor)) ofKind.set(actor, make(kind, actor));
    return ofKind.get(actor) as Made;
  };
}
const waitingOf = once(waitingStatement);
const newsOf = once(newsStatement);

/** @throws HubError PAGE_TOO_LARGE */
function checkedFirst(first: number | null | undefined, usual: number): number {
  const asked = first ?? usual;
  if (asked < 0 || asked > maximumPage)
    throw new HubError('PAGE_TOO_LARGE', { argument: 'first', maximum: maximumPage });
  return asked;
}

/** What waits for somebody. */
export interface Waiting {
  readonly recordType: string;
  readonly record: string;
  readonly title: string;
  readonly step: {
    readonly step: string;
    readonly label: string;
    readonly due: string | null;
    readonly dueProvisional: boolean;
  };
}

/**
 * What waits for the actor among records of these kinds, the earliest due first; one statement for each kind.
 * @param settings of the actor's committee
 */
export async function waitingFor(
  kinds: readonly WorkKind[],
  scope: Scope,
  actor: Actor,
  settings: Settings<Readonly<Record<string, unknown>>>,
  first?: number | null,
): Promise<Waiting[]> {
  const most = checkedFirst(first, maximumPage);
  const ofKind = async (kind: WorkKind): Promise<Waiting[]> => {
    const { machine, shownAs } = kind;
    const reading = waitingOf(kind, actor.kind);
    if (!reading || (actor.kind === 'STAFF' && !actor.duties.includes(machine.duty))) return [];
    const found = new Map<string, Waiting>();
    for (const { step: name, record, title, day } of await scope.run(reading, placesOf(actor))) {
      const step = stepOf(machine, name);
      const due = dueOf(step, countedFrom(step, day), settings);
      // An author who is the convenor too is told once.
      found.set(`${name} ${record}`, {
        recordType: shownAs?.recordType ?? machine.record,
        record,
        title: title ?? machine.zh,
        step: { step: name, label: step.zh, due: due?.day ?? null, dueProvisional: due?.provisional ?? false },
      });
    }
    return [...found.values()].sort(byDue).slice(0, mostOfAKind);
  };
  return (await Promise.all(kinds.map(ofKind))).flat().sort(byDue).slice(0, most);
}

const byDue = (one: Waiting, other: Waiting) => (one.step.due ?? '9999').localeCompare(other.step.due ?? '9999');

/** The one day that a step's deadline counts from, under the name that it looks for. */
function countedFrom({ deadline }: Step<string>, day: string) {
  const name = deadline && dayNameOf(deadline);
  return name === undefined ? { since: day } : { since: null, [name]: day };
}

/** Steps that others took on the actor's own work among records of these kinds, the latest first; one statement for each kind. */
export async function newsFor(
  kinds: readonly WorkKind[],
  scope: Scope,
  actor: Actor,
  { since, first }: { readonly since?: string | null; readonly first?: number | null },
) {
  const most = checkedFirst(first, 20);
  const after = since == null ? '-infinity' : new Date(since).toISOString();
  const ofKind = async (kind: WorkKind) => {
    const reading = newsOf(kind, actor.kind);
    if (!reading) return [];
    const rows = await scope.run(reading, { ...placesOf(actor), since: after, first: most });
    const told = stepEvent(kind.machine);
    const events = new Map(rows.map((row) => [row.id, row]));
    return [...events.values()].map(({ title, record, ...event }) => ({
      recordType: kind.machine.record,
      record,
      title: title ?? kind.machine.zh,
      event: { ...told(event), at: event.at },
    }));
  };
  const found = (await Promise.all(kinds.map(ofKind))).flat();
  return found.sort((a, b) => Date.parse(String(b.event.at)) - Date.parse(String(a.event.at))).slice(0, most);
}
