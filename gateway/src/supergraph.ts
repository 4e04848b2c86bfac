import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, printSchema } from 'graphql';

let latest: { readonly sdl: string; readonly supergraph: Supergraph } | undefined;

/** A supergraph as composition knows it. Reading one takes about a second, so the latest is kept: a process has one. */
export function readSupergraph(sdl: string): Supergraph {
  latest = latest?.sdl === sdl ? latest : { sdl, supergraph: Supergraph.build(sdl) };
  return latest.supergraph;
}

/** Where each subgraph of a supergraph listens. */
export function subgraphUrls(supergraph: string): ReadonlyMap<string, string> {
  return new Map(
    readSupergraph(supergraph)
      .subgraphsMetadata()
      .map(({ name, url }) => [name, url]),
  );
}

/** The API of a supergraph as clients see it, without federation directives. */
export function apiSchemaOf(supergraph: string): string {
  const schema = readSupergraph(supergraph).apiSchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
