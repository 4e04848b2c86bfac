import { Supergraph } from '@apollo/federation-internals';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
} from 'graphql';

let parsed: { readonly sdl: string; readonly document: DocumentNode } | undefined;

/** Parsing one takes a quarter of a second, so the latest is kept: a process has one. */
function documentOf(sdl: string): DocumentNode {
  parsed = parsed?.sdl === sdl ? parsed : { sdl, document: parse(sdl) };
  return parsed.document;
}

/** What a directive's argument says, where that is a text or a name. */
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
 * The subgraphs of a supergraph that can be asked for a root field. It is read from the text, as is all here but the API:
 * composition's own reading of it takes a second, which no start has to spare.
 */
export function subgraphsWith(sdl: string, field: string): readonly string[] {
  const document = documentOf(sdl);
  const graphs = graphsOf(document);
  const type = objectTypes(document).find(({ name }) => name.value === 'Query');
  const found = type?.fields?.find(({ name }) => name.value === field);
  if (!type || !found) return [];
  // A field that all subgraphs of its type have names none of them.
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
export function apiSchemaOf(sdl: string): string {
  const schema = Supergraph.build(documentOf(sdl)).apiSchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
