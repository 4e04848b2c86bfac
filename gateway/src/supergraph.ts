import { readFile } from 'node:fs/promises';
import { SettingsError } from '@hub/config';
import { type Ceiling, type Classes, declaredCeilings, requireClasses, sharingSpecification } from '@hub/sharing';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
  visit,
} from 'graphql';
import { nodeSubgraph } from './nodes/type-defs.ts';

/** The composed schema that is committed with the hub. */
export const supergraphFile = new URL('../supergraph.graphql', import.meta.url);

// Looked at as a gateway starts and never again: it isn't kept from being collected.
let parsed: WeakRef<{ readonly sdl: string; readonly document: DocumentNode }> | undefined;

/** Parsing one takes a quarter of a second. */
function documentOf(sdl: string): DocumentNode {
  const known = parsed?.deref();
  if (known?.sdl === sdl) return known.document;
  const document = parse(sdl, { noLocation: true });
  parsed = new WeakRef({ sdl, document });
  return document;
}

/**
 * How the fields of a supergraph are shared: what says nothing, with nobody.
 * @throws Error where what is said contradicts itself
 */
export function classesOfSupergraph(sdl: string): Classes {
  const document = documentOf(sdl);
  if (saysSharing(document)) return requireClasses(document);
  const isSharing = (name: string) => name === 'dataset' || name === 'reads';
  return requireClasses(visit(document, { Directive: ({ name }) => (isSharing(name.value) ? null : undefined) }));
}

/** Whether the directives of the hub's own specification are meant by their names. */
function saysSharing(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION &&
      named(definition.directives, 'link').some((link) => {
        const names = link.arguments?.find(({ name }) => name.value === 'import')?.value;
        return (
          said(link, 'url')?.startsWith(sharingSpecification) === true &&
          names?.kind === Kind.LIST &&
          names.values.some((value) => value.kind === Kind.STRING && value.value === '@dataset')
        );
      }),
  );
}

/**
 * Reads a supergraph from the file that HUB_SUPERGRAPH names, whosever its subgraphs are.
 * @throws SettingsError where it is none that a gateway could serve
 */
export async function readForeignSupergraph(file: string): Promise<string> {
  const refuse = (reason: string) => new SettingsError(`HUB_SUPERGRAPH: ${reason}`);
  let urls: ReadonlyMap<string, string>;
  let sdl: string;
  try {
    sdl = await readFile(file, 'utf8');
    urls = subgraphUrls(sdl);
  } catch {
    throw refuse('is no supergraph that can be read');
  }
  if (urls.size === 0) throw refuse('is no supergraph: it names no subgraphs');
  const isOwn = (name: string, url: string) => name === nodeSubgraph.name && url === nodeSubgraph.url;
  const lost = [...urls]
    .filter(([name, url]) => !isOwn(name, url) && (!/^https?:/.test(url) || !URL.canParse(url)))
    .map(([name]) => name);
  if (lost.length > 0) throw refuse(`says no address of ${lost.join(', ')}`);
  try {
    classesOfSupergraph(sdl);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  return sdl;
}

/** What its arguments and input fields declare of the most that a client may give. */
export const ceilingsOfSupergraph = (sdl: string): ReadonlyMap<string, Ceiling> => declaredCeilings(documentOf(sdl));

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
 * The subgraphs of a supergraph that have a field of a root type for the gateway. It is read from the text: composition's
 * own reading takes a second, which no start has to spare. What clients see too is no such field, whatever its name.
 */
export function subgraphsWith(sdl: string, root: 'Query' | 'Mutation', field: string): readonly string[] {
  const document = documentOf(sdl);
  const graphs = graphsOf(document);
  const type = objectTypes(document).find(({ name }) => name.value === root);
  const found = type?.fields?.find(({ name }) => name.value === field);
  if (!type || !found || named(found.directives, 'inaccessible').length === 0) return [];
  // What every subgraph has that has the type says nothing of any.
  const own = named(found.directives, 'join__field');
  return (own.length > 0 ? own : named(type.directives, 'join__type'))
    .flatMap((directive) => graphs.get(said(directive, 'graph') ?? '')?.name ?? [])
    .sort();
}

/** What a planner asks of records beside what it was asked for, each under its own name: keys, requirements, and of which type they are. */
export function plannedNamesOf(sdl: string): ReadonlySet<string> {
  const names = new Set(['__typename']);
  visit(documentOf(sdl), {
    Directive({ name, arguments: given = [] }) {
      if (!name.value.startsWith('join__')) return false;
      for (const { name: argument, value } of given)
        if (value.kind === Kind.STRING && selections.has(argument.value))
          for (const [field] of value.value.matchAll(/\w+/g)) names.add(field);
      return undefined;
    },
  });
  return names;
}
const selections = new Set(['key', 'requires', 'provides', 'selection']);

/** All that a graph can be asked for and told, as `Query.field`. */
export function rootFieldsOf(sdl: string): ReadonlySet<string> {
  return new Set(
    objectTypes(documentOf(sdl))
      .filter(({ name }) => ['Query', 'Mutation'].includes(name.value))
      .flatMap((type) => (type.fields ?? []).map(({ name }) => `${type.name.value}.${name.value}`)),
  );
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

/** A schema as it is published. */
export const printed = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
