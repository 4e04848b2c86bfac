/**
 * The matrix over actor × field: requests are generated from a schema, answers are compared with the cells. What isn't
 * as it should be comes back as sentences, so that tests and the script that breaks policies share it.
 */

import { type Actor, subjectOf } from '@hub/access';
import { catalogFields } from '@hub/sharing';
import { subgraphSdl } from '@hub/subgraph-server';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
} from 'graphql';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type ActorName, actors, type Cell, cells, type Parent, shows, type View } from './cells.ts';
import { inFittingPieces } from './fitting.ts';
import { marksIn, places, type Row, type World } from './fixture.ts';

export interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly unknown[] | undefined;
}
export type Ask = (query: string, variables: Record<string, unknown>, actor: Actor) => Promise<Reply>;

type Json = Record<string, unknown>;

const codes = [places.owner, places.party, places.elsewhere, places.city, places.province, places.nation];
const unknownId = '11111111-1111-4111-8111-111111111111';

/** Arguments that a field can't do without, by name or by `field.name`; a new one has to be said here. */
const needed: Readonly<Record<string, string>> = {
  year: '2024',
  kind: 'PLENARY',
  term: '1',
  'calendar.from': '"2024-07-01"',
  'calendar.until': '"2024-09-01"',
  'dataset.name': '"members"',
};

/** Whether it is absent from the public schema: what subgraphs offer to the gateway alone. */
export const isForGatewayAlone = ({ astNode }: GraphQLField<unknown, unknown> | GraphQLObjectType): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'inaccessible') ?? false;

/** Types of the schema whose fields have cells: objects other than federation's own. */
export function typesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('_') && !isForGatewayAlone(type));
}
export const fieldsOf = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] =>
  Object.values(type.getFields()).filter((field) => !field.name.startsWith('_') && !isForGatewayAlone(field));

/** Fields without a cell, and cells without a field. */
export function uncovered(schema: GraphQLSchema): string[] {
  const names = (types: Readonly<Record<string, readonly string[]>>) =>
    new Set(Object.entries(types).flatMap(([type, fields]) => fields.map((field) => `${type}.${field}`)));
  const inSchema = names(
    Object.fromEntries(typesOf(schema).map((type) => [type.name, fieldsOf(type).map(({ name }) => name)])),
  );
  const inCells = names(
    Object.fromEntries(Object.entries(cells).map(([name, { fields }]) => [name, Object.keys(fields)])),
  );
  return [
    ...[...inSchema].filter((name) => !inCells.has(name)).map((name) => `${name} has no cell`),
    ...[...inCells].filter((name) => !inSchema.has(name)).map((name) => `${name} has a cell and is no field`),
  ];
}

/** What a field shows; one without a cell fails once, where all are counted, and not everywhere else as well. */
const cellOf = (type: string, field: string): Cell => cells[type]?.fields[field] ?? { kind: 'within' };
export const tableOf = (type: string): string | undefined => cells[type]?.table;
/** The table of the type whose rows a subgraph is asked for: its own, where it keeps some. */
const tableIn = (schema: string, type: string): string | undefined =>
  cells[type]?.alsoIn?.find((table) => table.startsWith(`${schema}.`)) ?? tableOf(type);
/** Types whose things any subgraph may be asked for by their key. */
const entities: ReadonlySet<string> = new Set(
  subgraphs.flatMap((definition) =>
    parse(subgraphSdl(definition)).definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && one.directives?.some(({ name }) => name.value === 'key')
        ? [one.name.value]
        : [],
    ),
  ),
);
/** Whether a thing of the type is asked for by its id alone where something else holds it: that is already a disclosure. */
export const isNamed = (type: string): boolean => entities.has(type) && 'id' in (cells[type]?.fields ?? { id: true });

/** What a field is asked with, or nothing where that isn't known: then it isn't asked for, and a test says so. */
export function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  given: Readonly<Record<string, string>>,
): string | undefined {
  const has = (name: string) => field.args.some((argument) => argument.name === name);
  const value = ({ name }: GraphQLArgument) => given[name] ?? needed[`${field.name}.${name}`] ?? needed[name];
  const asked = field.args.filter((argument) => isRequiredArgument(argument) || argument.name in given);
  if (asked.some((argument) => value(argument) === undefined)) return undefined;
  const parts = asked.map((argument) => `${argument.name}: ${value(argument)}`);
  if (has('first') && !('first' in given)) parts.push('first: 40');
  return parts.length > 0 ? `(${parts.join(', ')})` : '';
}

/**
 * All of a type, down to leaves; committees and regions inside it by their key alone, and so are records.
 * @param opened how many records within one another are given whole
 */
export function selectionOf(
  type: GraphQLObjectType,
  given: Readonly<Record<string, string>> = {},
  skip: string[] = [],
  opened = 0,
): string {
  return selectionsOf(type, given, skip, opened).join(' ');
}

function selectionsOf(
  type: GraphQLObjectType,
  given: Readonly<Record<string, string>> = {},
  skip: string[] = [],
  opened = 0,
  around: readonly string[] = [],
): string[] {
  const inner = (of: GraphQLOutputType): string => {
    const named = getNamedType(of);
    if (isLeafType(named) || !isObjectType(named)) return '';
    if (isNamed(named.name)) return opened > 0 ? ` { ${selectionOf(named, {}, [], opened - 1)} }` : ' { id }';
    if (named.name === 'Committee' || named.name === 'Region') return ' { code }';
    // What holds itself is asked for once.
    if (around.includes(named.name)) return 'id' in named.getFields() ? ' { id }' : ' { __typename }';
    return ` { ${selectionsOf(named, {}, [], opened, [...around, named.name]).join(' ')} }`;
  };
  return fieldsOf(type)
    .filter(({ name }) => !skip.includes(name))
    .flatMap((field) => {
      const own = Object.fromEntries(
        Object.entries(given).filter(([name]) => field.args.some((one) => one.name === name)),
      );
      const asked = argumentsOf(field, own);
      return asked === undefined ? [] : `${field.name}${asked}${inner(field.type)}`;
    });
}

/** One request, with what has to be compared in its answer. */
export interface Request {
  /** The type whose fields it is about. */
  readonly type: string;
  readonly query: string;
  readonly variables: Json;
  readonly checks: readonly Check[];
}
/** At `path` of the answer stands the field `field` of `type`, or a whole thing of it. */
interface Check {
  readonly path: readonly (string | number)[];
  readonly type: string;
  readonly field?: string;
  readonly parent: Parent;
  /** Fields that were asked for, where it is a whole thing. */
  readonly fields?: readonly string[];
  /** A thing of another subgraph, of which this one knows the id that it was given. */
  readonly stub?: boolean;
}

/**
 * Requests to the whole graph: every list of the root with all fields of what is in it, which the gateway gathers from
 * several subgraphs, and every record by its id alone.
 */
export function graphRequestsOf(world: World, schema: GraphQLSchema): (Request & { readonly list?: string })[] {
  const root = schema.getQueryType();
  return (root ? fieldsOf(root) : []).flatMap((field) => {
    const cell = cellOf('Query', field.name);
    const type = getNamedType(field.type);
    if (!isObjectType(type)) return [];
    if (cell.kind === 'one') return rootRequests(world, field);
    const node = getNamedType((type.getFields()['nodes'] ?? field).type);
    if (cell.kind !== 'many' || !isObjectType(node)) return [];
    const asking = (parts: readonly string[]) =>
      `{ list: ${field.name}(first: 30) { nodes { id ${parts.join(' ')} } totalCount } }`;
    return inFittingPieces(selectionsOf(node, {}, ['id']), asking, schema).map((parts) => ({
      type: node.name,
      list: field.name,
      query: asking(parts),
      variables: {},
      checks: [],
    }));
  });
}

/** Compares each record of a list with what its fields should show, and the list with what should be in it. */
export function listViolations(
  world: World,
  request: Request & { readonly list?: string },
  actor: ActorName,
  data: unknown,
): string[] {
  const view = viewOf(world, actor);
  const list = (data as { list?: { nodes: Json[]; totalCount: number } | null } | null)?.list;
  const expected = request.list ? cellOf('Query', request.list) : undefined;
  if (expected?.kind !== 'many') return [];
  const wanted = sorted(expected.of(view, {}).map(({ id }) => id));
  const got = sorted((list?.nodes ?? []).map((node) => node['id']));
  return [
    ...(JSON.stringify(got) === JSON.stringify(wanted) && list?.totalCount === wanted.length
      ? []
      : [
          `Query.${request.list} ${spoken(world, difference({ of: got, total: list?.totalCount }, { of: wanted, total: wanted.length }))}`,
        ]),
    ...(list?.nodes ?? []).flatMap((node) => {
      const row = world.byId.get(String(node['id']));
      const check = { path: [], type: request.type, parent: { row }, fields: Object.keys(node) };
      return row ? compared(world, view, check, node) : [`${node['id']} is no record of the fixture`];
    }),
  ].map((sentence) => `${actor}: ${sentence}`);
}

/** Every request of the matrix to one subgraph. */
export function requestsOf(world: World, name: string, schema: GraphQLSchema): Request[] {
  const union = schema.getType('_Entity') as { getTypes(): readonly GraphQLObjectType[] } | undefined;
  const requests: Request[] = [];
  for (const type of union?.getTypes() ?? []) {
    const table = tableIn(name, type.name);
    if (cells[type.name] === undefined) continue;
    const request = (representations: Json[], selection: string, checks: Omit<Check, 'path'>[]) =>
      requests.push({
        type: type.name,
        query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type.name} { ${selection} } } }`,
        variables: { of: representations.map((one) => ({ __typename: type.name, ...one })) },
        checks: checks.map((check, at) => ({ ...check, path: ['_entities', at] })),
      });
    if (type.name === 'Me') {
      // As everybody, of everybody: each has its own and nobody else's.
      const selves = [...new Set(Object.values(actors).map(subjectOf))];
      request(
        selves.map((id) => ({ id })),
        selectionOf(type),
        selves.map((self) => ({ type: type.name, parent: { self }, fields: fieldsOf(type).map(({ name }) => name) })),
      );
      continue;
    }
    if (table === undefined) {
      // A committee or region, as each of those that have something to do with the fixture.
      for (const scope of ['OWN', 'SUBTREE'] as const) {
        const parents = codes.map((code) => ({ code, scope }));
        request(
          codes.map((code) => ({ code })),
          selectionOf(type, { scope }),
          parents.map((parent) => ({ type: type.name, parent, fields: fieldsOf(type).map((field) => field.name) })),
        );
      }
      continue;
    }
    const stub = !table.startsWith(`${name}.`);
    const skip = stub ? ['id'] : [];
    const fields = fieldsOf(type)
      .map((field) => field.name)
      .filter((field) => !skip.includes(field));
    if (fields.length === 0) continue;
    const rows = world.byTable.get(table) ?? [];
    request(
      [...rows.map(({ id }) => ({ id })), { id: unknownId }, { id: 'no id' }],
      selectionOf(type, {}, skip),
      rows.map((row) => ({ type: type.name, parent: { row }, fields, stub })),
    );
  }
  const root = schema.getQueryType();
  for (const field of root ? fieldsOf(root) : []) requests.push(...rootRequests(world, field));
  return requests;
}

function rootRequests(world: World, field: GraphQLField<unknown, unknown>): Request[] {
  const cell = cells['Query']?.fields[field.name];
  const type = getNamedType(field.type);
  if (!cell || cell.kind === 'may' || !isObjectType(type)) return [];
  const takes = (name: string) => field.args.some((argument) => argument.name === name);
  const sample = { id: '', code: '', part: '' };
  if (argumentsOf(field, Object.fromEntries(Object.entries(sample).filter(([name]) => takes(name)))) === undefined)
    return [];
  const named = (given: Readonly<Record<string, string>>, alias: string) =>
    `${alias}: ${field.name}${argumentsOf(field, given)} { ${isNamed(type.name) ? 'id' : selectionOf(type)} }`;
  const request = (asked: readonly { alias: string; given: Readonly<Record<string, string>>; parent: Parent }[]) => ({
    type: 'Query',
    query: `{ ${asked.map(({ alias, given }) => named(given, alias)).join(' ')} }`,
    variables: {},
    checks: asked.map(({ alias, parent }) => ({ path: [alias], type: 'Query', field: field.name, parent })),
  });
  if (cell.kind === 'one') {
    const rows = world.byTable.get(tableOf(type.name) ?? '') ?? [];
    const asked = [
      ...rows.map((row, at) => ({ alias: `a${at}`, given: { id: `"${row.id}"` }, parent: { row } })),
      { alias: 'unknown', given: { id: `"${unknownId}"` }, parent: {} },
      { alias: 'wrong', given: { id: '"no id"' }, parent: {} },
    ];
    // The gateway takes thirty aliases at a time.
    return Array.from({ length: Math.ceil(asked.length / 30) }, (_, at) => request(asked.slice(30 * at, 30 * at + 30)));
  }
  if (cell.kind === 'many') {
    const inside = takes('within') ? codes : [];
    return [
      request([
        { alias: 'all', given: {}, parent: {} },
        ...inside.map((code) => ({ alias: `in${code}`, given: { within: `"${code}"` }, parent: { code } })),
      ]),
    ];
  }
  const part = world.byTable.get('consultations.part')?.find(({ variant }) => variant === 'pu');
  const given = takes('code') ? { code: `"${places.owner}"` } : takes('part') ? { part: `"${part?.id}"` } : {};
  return [request([{ alias: 'a', given, parent: {} }])];
}

/** Views of a fixture that were asked for: its rows don't change. */
const views = new WeakMap<World, Map<ActorName, View>>();

/** What an actor sees of the fixture, by the cells. */
export function viewOf(world: World, actor: ActorName): View {
  const ofWorld = views.get(world) ?? new Map<ActorName, View>();
  views.set(world, ofWorld);
  const made = ofWorld.get(actor) ?? makeView(world, actor);
  ofWorld.set(actor, made);
  return made;
}

function makeView(world: World, actor: ActorName): View {
  const known = new Map<string, readonly Row[]>();
  return {
    actor,
    rows(table) {
      const rows = known.get(table) ?? (world.byTable.get(table) ?? []).filter((row) => shows(world, actor, row));
      if (!world.byTable.has(table)) throw new Error(`cells.ts names a table that isn't there: ${table}`);
      known.set(table, rows);
      return rows;
    },
    every: (table) => world.byTable.get(table) ?? [],
  };
}

/**
 * Asks a subgraph everything as each actor and compares. As each in turn, since few of these requests fit together into what a
 * subgraph keeps compiled. `enough` ends it early.
 */
export async function violations(
  world: World,
  requests: readonly Request[],
  ask: Ask,
  as: readonly ActorName[],
  enough = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests)
    for (const actor of as) {
      found.push(...(await violationsOf(world, request, ask, actor)));
      if (found.length >= enough) return found;
    }
  return found;
}

async function violationsOf(
  world: World,
  { query, variables, checks }: Request,
  ask: Ask,
  actor: ActorName,
): Promise<string[]> {
  const view = viewOf(world, actor);
  const { data, errors = [] } = await ask(query, variables, actors[actor]);
  const what = checks[0] ? `${checks[0].type}${checks[0].field ? `.${checks[0].field}` : ''}` : query;
  return [
    ...(errors.length > 0
      ? [`${actor} asks ${what} and is told of an error: ${JSON.stringify(errors).slice(0, 300)}`]
      : []),
    ...disclosures(world, actor, data).map((row) => `${actor} asks ${what} and is shown ${row}`),
    ...checks.flatMap((check) => {
      const thing = check.path.reduce<unknown>((at, step) => (at as Json | null)?.[step as string], data);
      return compared(world, view, check, thing).map((sentence) => `${actor}: ${sentence}`);
    }),
  ];
}

/** Every row that anything in an answer is from and that the actor may not be shown: ids and marks in texts. */
export function disclosures(world: World, actor: ActorName, answer: unknown): string[] {
  const shown = new Set<string>();
  const text = JSON.stringify(answer) ?? '';
  for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/g)) {
    const row = world.byId.get(id);
    if (row && !shows(world, actor, row)) shown.add(`the id of ${labelOf(row)}`);
  }
  for (const { table, variant } of marksIn(text)) {
    const row = world.byTable.get(table)?.find((one) => one.variant === variant);
    if (row && !shows(world, actor, row)) shown.add(`a text of ${labelOf(row)}`);
  }
  return [...shown];
}

const labelOf = (row: Row) => `${row.table}·${row.variant}`;

function compared(world: World, view: View, check: Check, thing: unknown): string[] {
  const { type, field, parent, fields = [], stub = false } = check;
  const label = parent.row ? labelOf(parent.row) : [parent.code, parent.scope, parent.self].filter(Boolean).join(' ');
  const compare = (name: string, got: unknown) => {
    const cell = cellOf(type, name);
    const is = gotShape(cell, got);
    const should = expectedShape(view, cell, ownParent(type, name, parent), got);
    const same = JSON.stringify(is) === JSON.stringify(should);
    return same ? [] : [`${type}.${name}${label && ` of ${label}`} ${spoken(world, difference(is, should))}`];
  };
  if (field !== undefined) return compare(field, thing);
  const { row } = parent;
  const who = actors[view.actor];
  const there =
    parent.self === undefined
      ? stub || !row || shows(world, view.actor, row)
      : who.kind !== 'PUBLIC' && subjectOf(who) === parent.self;
  if (thing == null) return there ? [`${type} ${label} is absent`] : [];
  if (!there) return [`${type} ${label} is there`];
  return fields.flatMap((name) => compare(name, (thing as Json)[name]));
}

/** Fields of a committee that take no scope are about its own records; those of a region about everything in it. */
const unscoped = new Set(['posts', 'organizations', 'terms', 'figures', 'plans']);
function ownParent(type: string, field: string, parent: Parent): Parent {
  if (type === 'Committee' && unscoped.has(field)) return { ...parent, scope: 'OWN' };
  if (type === 'Region' && field === 'consultations') return { ...parent, scope: 'SUBTREE' };
  return parent;
}

/** What one shape has that the other lacks. */
function difference(is: unknown, should: unknown): string {
  const [got, wanted] = [is, should] as [
    Partial<Record<string, unknown>> | null,
    Partial<Record<string, unknown>> | null,
  ];
  if (!Array.isArray(got?.['of']) || !Array.isArray(wanted?.['of']))
    return `is ${JSON.stringify(is)} and not ${JSON.stringify(should)}`;
  const [of, wantedOf] = [got['of'], wanted['of']];
  const more = of.filter((thing) => !wantedOf.includes(thing));
  const less = wantedOf.filter((thing) => !of.includes(thing));
  const total = `its total is ${got['total']} and not ${wanted['total']}`;
  return [more.length > 0 && `has ${more}`, less.length > 0 && `lacks ${less}`, total].filter(Boolean).join(', ');
}

/** Ids in a sentence, as what they are the id of. */
const spoken = (world: World, text: string): string =>
  text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
    const row = world.byId.get(id);
    return row ? labelOf(row) : id;
  });

/** The type that part of an answer is of, by the table whose rows it shows. */
const typeOfTable = new Map(
  Object.entries(cells).flatMap(([name, { table, alsoIn = [] }]) =>
    [...(table ? [table] : []), ...alsoIn].map((one) => [one, name] as const),
  ),
);

const sorted = (things: readonly unknown[]) => things.map((thing) => JSON.stringify(thing)).sort();

/** A thing in a list or behind a reference: by its id, or where it has none by all that it shows. */
function gotThing(type: string | undefined, thing: unknown): unknown {
  if (thing == null) return null;
  const object = thing as Json;
  const whole = type !== undefined && !isNamed(type) && typeOfTable.get(tableOf(type) ?? '') === type;
  if (typeof object['id'] === 'string' && !whole) return object['id'];
  const fields = Object.entries(type === undefined ? {} : (cells[type]?.fields ?? {}));
  return Object.fromEntries(fields.map(([name, cell]) => [name, gotShape(cell, object[name])]));
}
function expectedThing(view: View, row: Row): unknown {
  const type = typeOfTable.get(row.table);
  if (type === undefined || isNamed(type)) return row.id;
  const fields = Object.entries(cells[type]?.fields ?? {});
  return Object.fromEntries(fields.map(([name, cell]) => [name, expectedShape(view, cell, { row }, undefined)]));
}

const notShared = new Set(
  catalogFields.filter(({ sharing }) => sharing === 'NOT_SHARED').map(({ type, field }) => `${type}.${field}`),
);
/** The type of things in a list that have no id: told by the fields that were asked for, which for an agency are those that are shared. */
function typeOfThing(thing: unknown): string | undefined {
  const names = Object.keys((thing ?? {}) as Json).sort();
  const isOf = (type: string, all: readonly string[]) =>
    names.every((name) => all.includes(name)) &&
    all.every((name) => names.includes(name) || notShared.has(`${type}.${name}`));
  const types = Object.entries(cells).filter(([, { table }]) => table);
  const exact = types.find(([, { fields }]) => isSame(Object.keys(fields).sort(), names));
  return (exact ?? types.find(([type, { fields }]) => names.length > 1 && isOf(type, Object.keys(fields))))?.[0];
}
const isSame = (one: readonly string[], other: readonly string[]) => JSON.stringify(one) === JSON.stringify(other);

function gotShape(cell: Cell, got: unknown): unknown {
  switch (cell.kind) {
    case 'value':
    case 'directory':
    case 'given':
      return got != null;
    case 'within':
    case 'self':
    case 'may':
      return true;
    case 'borrowed':
      return got ?? null;
    case 'one':
      return gotThing(typeOfThing(got), got);
    case 'many': {
      if (got == null) return { of: [], total: 0 };
      const connection = Array.isArray(got) ? undefined : (got as Json);
      const things = (connection?.['nodes'] ?? got) as unknown[];
      const of = sorted(things.map((thing) => gotThing(typeOfThing(thing), thing)));
      if (!connection) return { of, total: of.length };
      const edges = connection['edges'] as Json[];
      const nodes = sorted(edges.map((edge) => gotThing(typeOfThing(edge['node']), edge['node'])));
      if (JSON.stringify(nodes) !== JSON.stringify(of)) return { nodes: of, edges: nodes };
      return { of, total: connection['totalCount'] };
    }
    case 'counts':
      return countsIn(got as Json | null);
  }
}

function expectedShape(view: View, cell: Cell, parent: Parent, got: unknown): unknown {
  switch (cell.kind) {
    case 'value':
      return true;
    case 'given':
      return parent.row !== undefined && cell.to(actors[view.actor], parent.row);
    case 'directory':
      // Something of a directory may be empty there: the committee above the highest, the day on which one ended.
      return parent.row ? true : got != null;
    case 'within':
    case 'self':
    case 'may':
      return true;
    case 'borrowed':
      return cell.of(view, parent)[0]?.values[cell.column] ?? null;
    case 'one': {
      const [row] = cell.of(view, parent);
      return row ? expectedThing(view, row) : null;
    }
    case 'many': {
      const of = sorted(cell.of(view, parent).map((row) => expectedThing(view, row)));
      return { of, total: of.length };
    }
    case 'counts': {
      const total = cell.of(view, parent).length;
      return Object.fromEntries(Object.keys(countsIn(got as Json | null)).map((name) => [name, total]));
    }
  }
}

/** Every number of a summary, each of which is about the same records; groups as their sum. */
function countsIn(summary: Json | null): Record<string, number> {
  const entries = Object.entries(summary ?? {}).map(([name, part]): [string, number] => {
    if (Array.isArray(part)) return [name, part.reduce((sum: number, group: Json) => sum + Number(group['count']), 0)];
    return [name, Number(typeof part === 'object' ? (part as Json | null)?.['value'] : part)];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : { nothing: Number.NaN };
}
