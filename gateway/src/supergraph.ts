import { Supergraph } from '@apollo/federation-internals';
import { type Classes, requireClasses } from '@hub/sharing';
import { type DocumentNode, lexicographicSortSchema, parse, printSchema } from 'graphql';

let parsed: { readonly sdl: string; readonly document: DocumentNode } | undefined;
let latest: { readonly sdl: string; readonly supergraph: Supergraph } | undefined;

/** Parsing one takes a quarter of a second. */
function documentOf(sdl: string): DocumentNode {
  parsed = parsed?.sdl === sdl ? parsed : { sdl, document: parse(sdl) };
  return parsed.document;
}

/** How the fields of a supergraph are shared; fails where one says nothing. */
export const classesOfSupergraph = (sdl: string): Classes => requireClasses(documentOf(sdl));

/** A supergraph as composition knows it. Reading one takes about a second, so the latest is kept: a process has one. */
export function readSupergraph(sdl: string): Supergraph {
  latest = latest?.sdl === sdl ? latest : { sdl, supergraph: Supergraph.build(documentOf(sdl)) };
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
