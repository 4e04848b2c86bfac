/**
 * Every mutation as every actor, on records of the owner: whoever its cell doesn't name is refused and leaves no trace,
 * whoever it names is not refused. The same for what subgraphs offer to the gateway alone.
 */
import type { Database } from '@hub/database';
import type { Subgraph } from '@hub/subgraph-server';
import { type GraphQLField, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import type postgres from 'postgres';
import {
  type ActorName,
  actorNames,
  actors,
  actorWithout,
  cells,
  dutiesToDo,
  letAs,
  type May,
  shows,
  subgraphOnly,
} from './cells.ts';
import type { Row, World } from './fixture.ts';
import { type Extent, givenFor } from './inputs.ts';
import { disclosures, isForGatewayAlone, selectionOf } from './matrix.ts';

type Root = GraphQLField<unknown, unknown>;
type Json = Record<string, unknown>;

/** Something that can be tried: a mutation, a question that not everybody may ask, or one that only the gateway asks. */
export interface Deed {
  readonly name: string;
  readonly kind: 'mutation' | 'query';
  readonly field: Root;
  readonly cell: May | undefined;
}

const isDeed = (field: Root) => isForGatewayAlone(field) || cells['Query']?.fields[field.name]?.kind === 'may';

/** What of a subgraph can be tried. */
export function deedsOf({ graphqlSchema }: Subgraph): Deed[] {
  const of = (kind: Deed['kind'], fields: readonly Root[]) =>
    fields.map((field): Deed => {
      const type = kind === 'query' ? 'Query' : 'Mutation';
      const name = `${type}.${field.name}`;
      const cell = isForGatewayAlone(field) ? subgraphOnly[name] : cells[type]?.fields[field.name];
      return { name: field.name, kind, field, cell: cell?.kind === 'may' ? cell : undefined };
    });
  const [query, mutation] = [graphqlSchema.getQueryType(), graphqlSchema.getMutationType()];
  return [
    ...of('mutation', mutation ? Object.values(mutation.getFields()) : []),
    ...of('query', query ? Object.values(query.getFields()).filter(isDeed) : []),
  ];
}

/** On records of which variants it is tried: everybody's, those that staff, members and parties see, and somebody's own. */
export const everywhere = ['pu', 'in', 'me', 'Jo', 'Au', 'Co', 'De', 'Li'] as const;

export interface Trial {
  readonly key: string;
  readonly variant: string;
  readonly extent: Extent;
  readonly rows: readonly Row[];
  readonly query: string;
  readonly variables: Json;
}

let keys = 0;
export function trialOf(
  world: World,
  schema: string,
  { kind, name, field }: Deed,
  variant: string,
  extent: Extent,
): Trial {
  const { values, rows } = givenFor(world, schema, field, variant, extent);
  const input = getNamedType(field.args.find((one) => one.name === 'input')?.type);
  keys += 1;
  const idempotencyKey = `${name} ${variant} ${extent} ${keys}`;
  const variables =
    isInputObjectType(input) && 'idempotencyKey' in input.getFields()
      ? { ...values, input: { ...(values['input'] as Json), idempotencyKey } }
      : values;
  const given = field.args.filter((argument) => argument.name in variables);
  const list = (of: (name: string, type: string) => string) =>
    given.length === 0 ? '' : `(${given.map((one) => of(one.name, String(one.type))).join(', ')})`;
  return {
    key: idempotencyKey,
    variant,
    extent,
    rows,
    query: `${kind} ${list((one, type) => `$${one}: ${type}`)} { ${name}${list((one) => `${one}: $${one}`)}${answerOf(field)} }`,
    variables,
  };
}

/** All of an answer, and of the records in it. */
export function answerOf({ type }: Root): string {
  const named = getNamedType(type);
  return isObjectType(named) ? ` { ${selectionOf(named, {}, [], 1)} }` : '';
}

/** What somebody was answered. */
interface Outcome {
  readonly codes: readonly string[];
  readonly done: boolean;
  readonly shown: readonly string[];
}
const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
/** What no sample may end in, since then it tells nothing. */
const faults = ['BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'GRAPHQL_VALIDATION_FAILED'];

/** Of what doesn't stand any more a follower is told the ids. */
const tombstonesApart = (key: string, value: unknown) => (key === 'withdrawn' ? undefined : value);

async function outcomeOf(
  world: World,
  subgraph: Subgraph,
  deed: Deed,
  trial: Trial,
  name: ActorName,
): Promise<Outcome> {
  const who = deed.cell ? actorWithout(name, dutiesToDo(deed.cell, subgraph.name)) : actors[name];
  const { result } = await subgraph.execute({ query: trial.query, variables: trial.variables }, who);
  const answer = (result.data as Json | null | undefined)?.[deed.name];
  const codes = [...(result.errors ?? []).map(({ extensions }) => String(extensions['code'])), ...userErrorsIn(answer)];
  const nothing = answer == null || (Array.isArray(answer) && answer.length === 0);
  const done = codes.length === 0 && (deed.kind !== 'query' || nothing === (deed.cell?.tellsOfNone ?? false));
  return { codes, done, shown: disclosures(world, name, JSON.parse(JSON.stringify(result, tombstonesApart))) };
}

/** Codes of broken rules, wherever in an answer they stand. */
function userErrorsIn(answer: unknown): string[] {
  if (answer === null || typeof answer !== 'object') return [];
  return Object.entries(answer).flatMap(([name, inner]) =>
    name === 'userErrors' ? (inner as { code: string }[]).map(({ code }) => code) : userErrorsIn(inner),
  );
}

class Undone<Result> extends Error {
  readonly result: Result;
  constructor(result: Result) {
    super('undone');
    this.result = result;
  }
}

/** Databases of which for a while nothing stays that is written. */
export class Undoing {
  #undoes = false;

  /** What is done of `work` is answered, and was never done. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#undoes = true;
    try {
      return await work();
    } finally {
      this.#undoes = false;
    }
  }

  readonly over = (database: Database): Database => ({
    scope: async (options, work) => {
      if (options.readOnly || !this.#undoes) return database.scope(options, work);
      try {
        return await database.scope(options, async (scope) => {
          throw new Undone(await work(scope));
        });
      } catch (error) {
        if (error instanceof Undone) return error.result;
        throw error;
      }
    },
    check: () => database.check(),
    load: () => database.load(),
    close: () => database.close(),
  });
}

/** How much was ever written, by whomever. */
async function traces(admin: postgres.Sql, schemas: readonly string[]): Promise<string> {
  const of = schemas.map(
    (schema) => `(select coalesce(max(seq), 0) from ${schema}.change), (select count(*) from ${schema}.idempotency)`,
  );
  const [row] = await admin.unsafe(`select concat_ws(' ', ${of.join(', ')}) as traces`);
  return String(row?.['traces']);
}

export interface Bench {
  readonly world: World;
  readonly admin: postgres.Sql;
  readonly schemas: readonly string[];
  readonly subgraph: Subgraph;
  /** What undoes what the subgraph writes. */
  readonly undoing: Undoing;
}

/** The records that a deed is done on, and the states that they can be in. */
export interface Stage {
  readonly states: readonly unknown[];
  /** Brings them into a state, past every rule; false where a constraint says that it needs more than its name. */
  bring(state: unknown): Promise<boolean>;
}

export function stageOf({ world, admin, subgraph }: Bench, trials: readonly Trial[]): Stage {
  const target = trials[0]?.rows.find((row) => row.table.startsWith(`${subgraph.name}.`));
  const table = world.tables.find(({ name }) => name === target?.table);
  const column = table?.columns.find(({ name }) => name === 'status');
  if (!target || !column) return { states: [undefined], bring: async () => true };
  const ids = trials.flatMap(({ rows }) => rows.filter((row) => row.table === target.table).map(({ id }) => id));
  const initial = target.values['status'];
  return {
    states: [initial, ...(column.allowed ?? []).filter((state) => state !== initial)],
    async bring(state) {
      try {
        await admin.begin(async (sql) => {
          await sql`set local session_replication_role = replica`;
          await sql.unsafe(`update ${target.table} set status = $1 where id = any($2::uuid[])`, [state as string, ids]);
        });
        return true;
      } catch (error) {
        if ((error as postgres.PostgresError).code === '23514') return false;
        throw error;
      }
    },
  };
}

/**
 * Tries one deed as everybody and on everything: first as those who may, in each state of the record until it is done;
 * then, in that state, as all others.
 */
export async function deedViolations(bench: Bench, deed: Deed): Promise<string[]> {
  const { world, subgraph } = bench;
  const { cell, name } = deed;
  if (!cell) return [`${name} has no cell: say in tests/access/cells.ts who may do it`];
  // An agency's own are told apart where it may do something.
  const tried = cell.who.includes('the agency') ? [...everywhere, 'Ag'] : everywhere;
  const trials = (['least', 'most'] as const).flatMap((extent) => {
    const all = tried.map((variant) => trialOf(world, subgraph.name, deed, variant, extent));
    // Where it names no row, one is as good as another.
    return all[0]?.rows.length === 0 ? all.slice(0, 1) : all;
  });
  /** As whom somebody may do it; where it names no row, whichever row makes them somebody is as good as another. */
  const as: As = (actor, trial) =>
    (trial.rows.length > 0 ? [trial.variant] : tried).flatMap((variant) => letAs(cell, actor, variant));
  const stage = stageOf(bench, trials);
  const right = await rightViolations(bench, deed, cell, trials, as, stage);
  await stage.bring(right.doneIn);
  const wrong = await wrongViolations(bench, deed, trials, as);
  await stage.bring(stage.states[0]);
  return [...new Set([...right.found, ...wrong])];
}
type As = (actor: ActorName, trial: Trial) => readonly string[];

/**
 * With how much an actor tries something on a record first: in turn, so that each actor tries both extents, and both are tried on
 * each record. What isn't there with both is tried with what there is.
 */
function isFirstChoice(actor: ActorName, trial: Trial, trials: readonly Trial[]): boolean {
  const isOn = ({ variant, rows }: Trial) => variant === trial.variant && rows.length > 0;
  const turn = actorNames.indexOf(actor) + trials.findIndex(isOn);
  return !isOn(trial) || trials.filter(isOn).length < 2 || (trial.extent === 'least') === (turn % 2 === 0);
}

/** Whether an actor sees all rows of the subgraph that a trial names. */
export const sees = ({ world, subgraph }: Bench, actor: ActorName, { rows }: Trial) =>
  rows.every((row) => !row.table.startsWith(`${subgraph.name}.`) || shows(world, actor, row));

/** As those who may: it is done as each of them in some state, and never refused for who they are. */
async function rightViolations(
  bench: Bench,
  deed: Deed,
  { who, refusedWith }: May,
  trials: readonly Trial[],
  as: As,
  { states, bring }: Stage,
): Promise<{ found: string[]; doneIn: unknown }> {
  const { world, subgraph, undoing } = bench;
  const { name } = deed;
  const right = actorNames.flatMap((actor) =>
    trials
      .filter((trial) => as(actor, trial).length > 0 && sees(bench, actor, trial))
      .map((trial) => ({ actor, trial })),
  );
  const found: string[] = [];
  const ends = new Set<string>();
  const doneAs = new Set<string>();
  const doneBy = new Set<string>();
  const doneIn: unknown[] = [];
  const keyOf = ({ actor, trial: { key, variant, rows } }: (typeof right)[number]) =>
    `${actor} ${rows.length > 0 ? variant : key}`;
  const turns = [true, false].map((first) =>
    right.filter(({ actor, trial }) => isFirstChoice(actor, trial, trials) === first),
  );
  // What isn't done in any state with one extent is tried with the other.
  for (const [turn, state] of turns.flatMap((one) => states.map((state) => [one, state] as const))) {
    const left = turn.filter((one) => !doneBy.has(keyOf(one)));
    if (left.length === 0 || !(await bring(state))) continue;
    for (const one of left) {
      const { actor, trial } = one;
      const { codes, done, shown } = await undoing.during(() => outcomeOf(world, subgraph, deed, trial, actor));
      const what = `${actor} does ${name} on ${trial.variant}${state === undefined ? '' : ` in ${state}`}`;
      found.push(...shown.map((row) => `${what} and is shown ${row}`));
      // Nobody else writes: a conflict is a change that a policy let through to no row.
      if (codes.some((code) => [...refusals, ...faults, 'CONFLICT'].includes(code)))
        found.push(`${what} and is refused with ${codes}`);
      for (const code of codes) ends.add(code);
      if (!done) continue;
      doneIn.push(state);
      doneBy.add(keyOf(one));
      for (const doer of as(actor, trial)) doneAs.add(doer);
    }
  }
  const never = who.filter((doer) => !doneAs.has(doer));
  if (refusedWith !== undefined && (doneIn.length > 0 || !ends.has(refusedWith)))
    found.push(
      `${name} isn't refused with ${refusedWith}, as its cell says, but ${doneIn.length > 0 ? 'done' : [...ends]}`,
    );
  if (refusedWith === undefined && never.length > 0)
    found.push(
      `${name} is never done by ${never.join(', ')}, but ends in ${[...ends]}. Give tests/access/inputs.ts a sample that will do, or say \`refusedWith\` in its cell`,
    );
  return { found, doneIn: doneIn.length > 0 ? doneIn[0] : states[0] };
}

/** As all others: refused, on what they see and on what they don't, without a trace. */
async function wrongViolations(bench: Bench, deed: Deed, trials: readonly Trial[], as: As): Promise<string[]> {
  const { world, admin, schemas, subgraph } = bench;
  const { name } = deed;
  const found: string[] = [];
  const before = await traces(admin, schemas);
  for (const actor of actorNames) {
    const others = trials.filter((trial) => as(actor, trial).length === 0 && isFirstChoice(actor, trial, trials));
    const hidden = others.find((trial) => !sees(bench, actor, trial));
    for (const trial of others.filter((one) => one === hidden || sees(bench, actor, one))) {
      const { codes, done, shown } = await outcomeOf(world, subgraph, deed, trial, actor);
      const what = `${actor} tries ${name} on ${trial.variant}`;
      found.push(...shown.map((row) => `${what} and is shown ${row}`));
      // To a question nothing is an answer as good as a refusal.
      const refused = codes.some((code) => refusals.includes(code)) || (deed.kind === 'query' && codes.length === 0);
      if (done || !refused) found.push(`${what} and isn't refused but ${done ? 'does it' : `ends in ${codes}`}`);
    }
  }
  const after = await traces(admin, schemas);
  if (after !== before)
    found.push(`one of those who may not tries ${name} and leaves a trace: ${before} before, ${after} after`);
  return found;
}
