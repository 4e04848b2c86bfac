import { HubError } from '@hub/errors';
import { type GraphQLResolveInfo, type GraphQLSchema, isInputObjectType } from 'graphql';
import type { ReferableKind } from './feed.ts';
import { referableFeed } from './feed.ts';
import { type Referring, refersToOf, sourceOf } from './named.ts';
import { type ProjectedReferables, projectReferables, referencePlaces } from './projection.ts';
import type { ReferenceTables } from './tables.ts';

/** What a subgraph tells of its records to those that refer to them. */
export function referableResolvers(schema: string, kinds: readonly ReferableKind[]) {
  const feed = referableFeed(schema, kinds);
  return {
    Query: {
      referableFeed: (_: unknown, { after, first }: { after: string; first: number }, { actor, scope }: Referring) => {
        if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
        return feed(scope, after, first);
      },
    },
  };
}

/** Whom a subgraph refers to, by its SDL. */
const neededSources = (schema: GraphQLSchema): readonly string[] => [
  ...new Set(
    Object.values(schema.getTypeMap())
      .filter(isInputObjectType)
      .flatMap((type) => Object.values(type.getFields()))
      .flatMap((field) => {
        const to = refersToOf(field.astNode?.directives);
        return to ? [sourceOf(to.type)] : [];
      }),
  ),
];

/** How a subgraph is told of what it refers to. */
export function referringResolvers(tables: ReferenceTables) {
  return {
    Query: {
      referenceSources: async (_: unknown, __: unknown, context: Referring, { schema }: GraphQLResolveInfo) => {
        const places = new Map((await referencePlaces(tables, context)).map(({ name, next }) => [name, next]));
        return neededSources(schema).map((name) => ({ name, next: places.get(name) ?? null }));
      },
    },
    Mutation: {
      projectReferables: (_: unknown, { input }: { input: ProjectedReferables }, context: Referring) =>
        projectReferables(tables, input, context),
    },
  };
}
