import type { Actor } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { sql } from 'drizzle-orm';
import {
  type ConstDirectiveNode,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
} from 'graphql';

/** Which subgraph tells of the records of a type. */
const sources: Readonly<Record<string, string>> = {
  Member: 'members',
  Person: 'members',
  Organization: 'members',
  // An organization that handles what it is given.
  Department: 'members',
  Workstation: 'workstations',
  Cooperation: 'cooperation',
};

/** As what records of a type may be told. */
const toldAs: Readonly<Record<string, readonly string[]>> = { Organization: ['Organization', 'Department'] };

/** The subgraph that tells of the records of a type. */
export const sourceOf = (type: string): string => {
  const source = sources[type];
  if (source === undefined) throw new Error(`nobody tells of ${type}`);
  return source;
};

/** What an input field refers to, as its SDL says by @refersTo. */
interface RefersTo {
  readonly type: string;
  /** Of the asker's own committee. */
  readonly own: boolean;
  readonly current: boolean;
}

/** What an input field refers to of another subgraph's; nothing where the SDL doesn't say. */
export function refersToOf(directives: readonly ConstDirectiveNode[] = []): RefersTo | undefined {
  const given = directives.find(({ name }) => name.value === 'refersTo')?.arguments;
  if (!given) return undefined;
  const said = (name: string) => given.find((one) => one.name.value === name)?.value;
  const type = said('type');
  const flag = (name: string) => {
    const value = said(name);
    return value?.kind === Kind.BOOLEAN ? value.value : true;
  };
  if (type?.kind !== Kind.STRING) throw new Error('@refersTo names no type');
  return { type: type.value, own: flag('own'), current: flag('current') };
}

/** Whoever writes what refers to others' records. */
export interface Referring {
  readonly scope: Scope;
  readonly actor: Actor;
  /** The subgraph's name, which is its schema's too. */
  readonly subgraph: string;
  /** Sources that were read to their end for this very request. */
  readonly heard: readonly string[];
}

interface Reference extends RefersTo {
  readonly id: string;
  readonly path: readonly string[];
}

const fieldsOf = new WeakMap<GraphQLInputField, RefersTo | null>();
function declared(field: GraphQLInputField): RefersTo | null {
  const known = fieldsOf.get(field);
  if (known !== undefined) return known;
  const found = refersToOf(field.astNode?.directives) ?? null;
  fieldsOf.set(field, found);
  return found;
}

function referencesIn(value: unknown, type: GraphQLInputType, path: readonly string[]): Reference[] {
  const nullable = getNullableType(type);
  if (value == null) return [];
  if (isListType(nullable))
    return (value as unknown[]).flatMap((one, at) => referencesIn(one, nullable.ofType, [...path, String(at)]));
  if (!isInputObjectType(nullable)) return [];
  return Object.values(nullable.getFields()).flatMap((field) => {
    const given = (value as Readonly<Record<string, unknown>>)[field.name];
    const to = declared(field);
    const at = [...path, field.name];
    if (!to) return isInputObjectType(getNamedType(field.type)) ? referencesIn(given, field.type, at) : [];
    if (given == null) return [];
    return isListType(getNullableType(field.type))
      ? (given as unknown[]).map((id, place) => ({ ...to, id: String(id), path: [...at, String(place)] }))
      : [{ ...to, id: String(given), path: at }];
  });
}

const statementOf = (subgraph: string) =>
  statement(
    build
      .select({
        place: sql<number>`found.place`.as('found_place'),
        source: sql<string>`found.source`.as('found_source'),
      })
      .from(sql`${sql.identifier(subgraph)}.unreferable(${sql.placeholder('wanted')}::jsonb) as found`),
  );
const statements = new Map<string, ReturnType<typeof statementOf>>();

const pastOf = (subgraph: string) =>
  statement(
    build
      .select({ place: sql<number>`past`.as('past_place') })
      .from(sql`${sql.identifier(subgraph)}.past_references(${sql.placeholder('wanted')}::jsonb) as past`),
  );

/**
 * Holds what an input refers to of other subgraphs against what these tell, in one statement, in the transaction that writes it.
 * @throws RuleBroken NOT_FOUND at the first that can't be referred to, or HubError SUBGRAPH_UNAVAILABLE with the sources that
 * have to be read to their present end before that may be said
 */
export async function assertReferences(
  { scope, actor, subgraph, heard }: Referring,
  type: GraphQLInputType,
  input: unknown,
): Promise<void> {
  const references = referencesIn(input, type, []);
  if (references.length === 0) return;
  const notFound = ({ path }: Reference) => new RuleBroken('NOT_FOUND', { path });
  const malformed = references.find(({ id }) => !isId(id));
  if (malformed) throw notFound(malformed);
  const sql = statements.get(subgraph) ?? statementOf(subgraph);
  statements.set(subgraph, sql);
  const committee = 'committee' in actor ? actor.committee : null;
  const wanted = references.map(({ type, id, own, current }) => ({
    type,
    types: toldAs[type] ?? [type],
    id,
    current,
    source: sourceOf(type),
    ...(own && { owner: committee ?? '' }),
  }));
  const refused = await scope.run(sql, { wanted: JSON.stringify(wanted) });
  const [first] = refused;
  if (!first) return;
  const unheard = [...new Set(refused.map(({ source }) => source))].filter((source) => !heard.includes(source));
  if (unheard.length > 0) throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: unheard.join(', '), unheard });
  const named = references[first.place] as Reference;
  const [past] = await scope.run(pastOf(subgraph), { wanted: JSON.stringify([wanted[first.place]]) });
  if (!past) throw notFound(named);
  throw named.type === 'Member'
    ? new RuleBroken('MEMBERSHIP_OVER', { path: named.path })
    : new RuleBroken('NOT_CURRENT', { path: named.path, details: { field: named.path.at(-1) ?? '' } });
}
