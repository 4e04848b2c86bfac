import type { GraphQLResolveInfo } from 'graphql';

// biome-ignore lint/suspicious/noExplicitAny: the shape of arguments and parents differs for each field; generated types describe them where resolvers are written
type Resolver = (parent: any, args: any, context: any, info: GraphQLResolveInfo) => unknown;
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

/** Field resolvers of several modules as one map; one type may be extended by many. */
export function mergeResolvers(...maps: readonly Resolvers[]): Resolvers {
  const merged: Record<string, Record<string, Resolver>> = {};
  for (const map of maps) {
    for (const [type, fields] of Object.entries(map)) {
      const known = merged[type] ?? {};
      for (const field of Object.keys(fields))
        if (Object.hasOwn(known, field)) throw new Error(`${type}.${field} has two resolvers`);
      merged[type] = { ...known, ...fields };
    }
  }
  return merged;
}
