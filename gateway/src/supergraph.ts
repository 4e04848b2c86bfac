import { Supergraph } from '@apollo/federation-internals';
import { type Ceiling, type Classes, declaredCeilings, requireClasses } from '@hub/sharing';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
} from 'graphql';

let parsed: { readonly sdl: string; readonly document: DocumentNode } | undefined;
let latest: { readonly sdl: string; readonly supergraph: Supergraph } | undefined;

/** Parsing one takes a quarter of a second. */
function documentOf(sdl: string): DocumentNode {
  parsed = parsed?.sdl === sdl ? parsed : { sdl, document: parse(sdl, { noLocation: true }) };
  return parsed.document;
}

/** How the fields of a supergraph are shared; fails where one says nothing. */
export const classesOfSupergraph = (sdl: string): Classes => requireClasses(documentOf(sdl));

/** What its arguments and input fields declare of the most that a client may give. */
export const ceilingsOfSupergraph = (sdl: string): ReadonlyMap<string, Ceiling> => declaredCeilings(documentOf(sdl));

/**
 * A supergraph as composition knows it. Reading one takes about a second, and the gateway's own reading of it can't be
 * shared: it is done where it is needed, and not at start.
 */
export function readSupergraph(sdl: string): Supergraph {
  latest = latest?.sdl === sdl ? latest : { sdl, supergraph: Supergraph.build(documentOf(sdl)) };
  return latest.supergraph;
}

const said = (directive: ConstDirectiveNode, name: string): string | undefined => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
};
const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string) =>
  (directives ?? []).filter((directive) => directive.name.value === name);

/** The subgraphs of a supergraph by the names that its own directives call them. */
function graphsOf(document: DocumentNode): ReadonlyMap<string, { readonly name: string; readonly url: string }> {
  const graphs = document.definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  return new Map(
    values.map(({ name, directives }) => {
      const [graph] = named(directives, 'join__graph');
      return [name.value, { name: (graph && said(graph, 'name')) ?? '', url: (graph && said(graph, 'url')) ?? '' }];
    }),
  );
}

const objectTypes = (document: DocumentNode): readonly ObjectTypeDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION);

/**
 * The subgraphs of a supergraph that have a field of a root type. It is read from the text: composition's own reading
 * takes a second, which no start has to spare.
 */
export function subgraphsWith(sdl: string, root: 'Query' | 'Mutation', field: string): readonly string[] {
  const document = documentOf(sdl);
  const graphs = graphsOf(document);
  const type = objectTypes(document).find(({ name }) => name.value === root);
  const found = type?.fields?.find(({ name }) => name.value === field);
  if (!type || !found) return [];
  // What every subgraph has that has the type says nothing of any.
  const own = named(found.directives, 'join__field');
  return (own.length > 0 ? own : named(type.directives, 'join__type'))
    .flatMap((directive) => graphs.get(said(directive, 'graph') ?? '')?.name ?? [])
    .sort();
}

/** The types of records: those that one of the subgraphs knows by their id. */
export function recordTypesOf(sdl: string, subgraphs: readonly string[]): ReadonlySet<string> {
  const document = documentOf(sdl);
  const graphs = graphsOf(document);
  const isKeyed = ({ directives }: ObjectTypeDefinitionNode) =>
    named(directives, 'join__type').some(
      (directive) =>
        said(directive, 'key') === 'id' && subgraphs.includes(graphs.get(said(directive, 'graph') ?? '')?.name ?? ''),
    );
  return new Set(
    objectTypes(document)
      .filter(isKeyed)
      .map(({ name }) => name.value),
  );
}

/** Where each subgraph of a supergraph listens. */
export function subgraphUrls(sdl: string): ReadonlyMap<string, string> {
  return new Map([...graphsOf(documentOf(sdl)).values()].map(({ name, url }) => [name, url]));
}

/** The API of a supergraph as clients see it, without federation directives. */
export const apiSchemaOf = (sdl: string): string => printed(readSupergraph(sdl).apiSchema().toGraphQLJSSchema());

/** A schema as it is published. */
export const printed = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
