/** What requests to one thing and to twenty cost in statements. */
import type { Actor } from '@hub/access';
import type { Database } from '@hub/database';
import { committees } from '@hub/regions';
import type { Subgraph } from '@hub/subgraph-server';
import { feed, staff } from '@hub/testkit';
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { places, type World } from './fixture.ts';
import { fieldsOf, isNamed, requestsOf, selectionOf, typesOf } from './matrix.ts';

/** Who sees more than twenty of each: the hub itself, and staff, who have steps to take besides. */
const readers: Readonly<Record<string, Actor>> = { feed, staff: staff(places.owner) };

/** The texts of what is run, until they are taken. */
export class Statements {
  #texts: string[] = [];

  over = (tables: Database): Database => ({
    ...tables,
    scope: (options, work) =>
      tables.scope(options, (scope) =>
        work(
          new Proxy(scope, {
            get: (of, name) => {
              const value: unknown = Reflect.get(of, name, of);
              if (typeof value !== 'function') return value;
              if (name !== 'run') return value.bind(of);
              return (one: { readonly text: string }, ...rest: unknown[]) => {
                this.#texts.push(one.text);
                return value.call(of, one, ...rest);
              };
            },
          }),
        ),
      ),
  });

  /** How often each text was run since this was asked last. */
  take(): ReadonlyMap<string, number> {
    const counted = new Map<string, number>();
    for (const text of this.#texts.splice(0)) counted.set(text, (counted.get(text) ?? 0) + 1);
    return counted;
  }
}

/** Types that tell of steps, by which a committee's settings are read. */
export const typesWithSteps = ({ graphqlSchema }: Subgraph): string[] =>
  typesOf(graphqlSchema)
    .filter((type) => fieldsOf(type).some(({ name }) => name === 'events' || name === 'pendingSteps'))
    .map(({ name }) => name);

/**
 * Asks for one thing of each type, and for twenty.
 * @returns what is wrong, as sentences, and the types that were read
 */
export async function listCosts(world: World, subgraph: Subgraph, statements: Statements) {
  const { name, graphqlSchema } = subgraph;
  const faults: string[] = [];
  const read = new Set<string>();
  const counties = committees({})
    .filter(({ code }) => code.startsWith('33') && !code.endsWith('00'))
    .map(({ code }) => code);
  for (const { type, variables } of requestsOf(world, name, graphqlSchema)) {
    const all = variables['of'] as readonly { readonly __typename: string }[] | undefined;
    const object = graphqlSchema.getType(type);
    // Who one is is nobody else; places are asked for by their codes.
    if (!all || !isObjectType(object) || type === 'Me') continue;
    const places = type === 'Committee' || type === 'Region';
    const of = places ? counties.map((code) => ({ __typename: type, code })) : all;
    readBy(object, read);
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selectionOf(object)} } } }`;
    for (const [who, actor] of Object.entries(readers)) {
      const cost = async (some: readonly object[]) => {
        const { result } = await subgraph.execute({ query, variables: { of: some } }, actor);
        if (result.errors) faults.push(`${name}: ${type} as ${who} fails: ${result.errors[0]?.message}`);
        return statements.take();
      };
      const one = await cost(of.slice(0, 1));
      const twenty = await cost(of.slice(0, 20));
      for (const [text, times] of twenty) {
        // One among twenty may have what the first lacks, and be asked for a moment later.
        if (times > (one.get(text) ?? 0) + 2) faults.push(`${name}: ${type} as ${who} runs ${times} times: ${text}`);
        if (times > 1 && text.includes('"setting"'))
          faults.push(`${name}: ${type} as ${who} reads settings ${times} times`);
      }
    }
  }
  return { faults, read };
}

/** The types that asking for a whole thing reads: its own, and those of what it holds that has no id to be asked for by. */
function readBy(type: GraphQLObjectType, found: Set<string>): void {
  if (found.has(type.name)) return;
  found.add(type.name);
  for (const field of fieldsOf(type)) {
    const inner = getNamedType(field.type);
    if (isObjectType(inner) && !isNamed(inner.name)) readBy(inner, found);
  }
}
