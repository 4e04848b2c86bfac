import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, printSchema } from 'graphql';

/** Where each subgraph of a supergraph listens. */
export function subgraphUrls(supergraph: string): ReadonlyMap<string, string> {
  return new Map(
    Supergraph.build(supergraph)
      .subgraphsMetadata()
      .map(({ name, url }) => [name, url]),
  );
}

/** The API of a supergraph as clients see it, without federation directives. */
export function apiSchemaOf(supergraph: string): string {
  const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
