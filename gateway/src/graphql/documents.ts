import { createHash } from 'node:crypto';
import { HubError } from '@hub/errors';
import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { defaultsOf, fragmentsOf } from './document-parts.ts';
import { limits, tooLarge, unfit } from './limits.ts';
import { type NormalisedOperation, normalise } from './normalise.ts';
import type { GraphqlRequest } from './request.ts';
import { type OperationSize, sizeOf } from './size.ts';

// The gateway names its own variable so in entity fetches; a client's of the same name would take its place.
const reservedVariable = 'representations';
// By this name an object of JavaScript is asked for its prototype, and answers would lack what is read under it.
const prototypeName = '__proto__';

/** Bytes of memory that documents may take together, and that one takes for each of its tokens, as measured. */
const keptBytes = 8 * 1024 * 1024;
const bytesOfToken = 500;
/** What of it those may take that don't fit the schema, or haven't been looked at yet: they drive out no others. */
const unprovenBytes = 3 * 1024 * 1024;

/** A document that is within the limits that don't depend on how it is run. */
interface Known {
  readonly document: DocumentNode;
  readonly bytes: number;
  /** Whether a fragment spreads itself, which validation refuses. */
  readonly endless: boolean;
}

/** Documents that clients send: held to their limits before anything else looks at them, and kept as long as there is room. */
export class Documents {
  readonly #schema: () => GraphQLSchema;
  readonly #plannedNames: ReadonlySet<string>;
  /** Those that were found to fit the schema. */
  readonly #known = documentsWithin(keptBytes - unprovenBytes);
  readonly #unproven = documentsWithin(unprovenBytes);
  /** Goes with the document that it was made of. */
  readonly #normalised = new WeakMap<DocumentNode, { name: string | undefined; made: NormalisedOperation }>();

  /**
   * @param schema the graph as clients see it
   * @param plannedNames what the planner asks for by itself
   */
  constructor(schema: () => GraphQLSchema, plannedNames: ReadonlySet<string>) {
    this.#schema = schema;
    this.#plannedNames = plannedNames;
  }

  /**
   * Says how much an operation asks for, and whether its document has to be read first.
   * @throws HubError OPERATION_TOO_LARGE, GRAPHQL_PARSE_FAILED, OPERATION_RESOLUTION_FAILURE, RESERVED_VARIABLE, GRAPHQL_VALIDATION_FAILED
   */
  admit({ query, operationName, variables }: GraphqlRequest): OperationSize & {
    readonly isNew: boolean;
    /** As the document names it. */
    readonly name: string | undefined;
    /** Those that the operation knows; others change nothing. */
    readonly variables: Record<string, unknown>;
  } {
    checkVariables(variables);
    const { document, endless, isNew } = this.#read(query);
    const operation = operationOf(document, operationName);
    const declared = declaredOf(operation, variables);
    const named = { isNew, name: operation.name?.value, variables: declared };
    if (endless) return { records: 0, values: 0, ...named };
    const asked = { ...defaultsOf(operation), ...declared };
    return { ...sizeOf(operation, fragmentsOf(document), this.#schema(), asked), ...named };
  }

  /** An operation as it is planned. @param document one that fits the schema */
  normalised(document: DocumentNode, operationName: string | undefined): NormalisedOperation {
    const known = this.#normalised.get(document);
    if (known && known.name === operationName) return known.made;
    const made = normalise(
      operationOf(document, operationName),
      fragmentsOf(document),
      this.#schema(),
      this.#plannedNames,
    );
    // Of one of its operations, as the memory of a document is counted.
    this.#normalised.set(document, { name: operationName, made });
    return made;
  }

  /** A name of an operation that was run, whatever values are written into its document. */
  keyOf(query: string, operationName: string | undefined): string | undefined {
    const known = this.#known.peek(digest(query));
    return known && !known.endless ? this.normalised(known.document, operationName).key : undefined;
  }

  /** Whether a document was found to fit the schema, and is known still. */
  knows(query: string): boolean {
    return this.#known.has(digest(query));
  }

  /** Documents that fit the schema, as Apollo Server keeps them: by a prefix and the SHA-256 of their text. */
  readonly store = {
    get: async (key: string): Promise<DocumentNode | undefined> => this.#known.get(hashOf(key))?.document,
    set: async (key: string, document: DocumentNode): Promise<void> => {
      const hash = hashOf(key);
      const read = this.#unproven.get(hash) ?? { document, bytes: bytesOf(document), endless: false };
      this.#unproven.delete(hash);
      this.#known.set(hash, read);
    },
    delete: async (key: string): Promise<boolean> => this.#known.delete(hashOf(key)),
  };

  #read(query: string): Known & { readonly isNew: boolean } {
    const hash = digest(query);
    const known = this.#known.get(hash);
    if (known) return { ...known, isNew: false };
    const read = this.#unproven.get(hash) ?? readNew(query);
    this.#unproven.set(hash, read);
    return { ...read, isNew: true };
  }
}

const documentsWithin = (maxSize: number) =>
  new LRUCache<string, Known>({ maxSize, sizeCalculation: ({ bytes }) => bytes });

const digest = (query: string): string => createHash('sha256').update(query).digest('hex');

function readNew(query: string): Known {
  const document = parseWithin(query);
  const { endless } = checkDocument(document);
  return { document, bytes: bytesOf(document), endless };
}

/** Apollo Server puts a name of the schema before the hash of a document. */
const hashOf = (key: string): string => key.slice(-hashLength);
const hashLength = 64;

const declaredOf = ({ variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    variableDefinitions
      .map(({ variable }) => variable.name.value)
      .filter((name) => Object.hasOwn(given, name) && given[name] !== undefined)
      .map((name) => [name, given[name]]),
  );

function parseWithin(query: string): DocumentNode {
  if (Buffer.byteLength(query) > limits.documentBytes) tooLarge('documentBytes');
  try {
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes(`more that ${limits.tokens} tokens`))
      tooLarge('tokens');
    // Parts within parts without end exhaust the parser's stack before its tokens.
    if (error instanceof RangeError) tooLarge('nesting');
    throw new GraphQLError('', {
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
      ...(error instanceof GraphQLError && { source: error.source, positions: error.positions }),
    });
  }
}

/** What a document takes of memory: its text and its tokens. */
const bytesOf = (document: DocumentNode): number => {
  const { loc } = document;
  let tokens = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) tokens += 1;
  return 2 * (loc?.source.body.length ?? 0) + bytesOfToken * Math.max(tokens, 10);
};

/** Finds the operation that is to run. */
function operationOf(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [only] = operations;
  const found =
    operationName === undefined
      ? operations.length === 1 && only
      : operations.find(({ name }) => name?.value === operationName);
  if (!found) throw new HubError('OPERATION_RESOLUTION_FAILURE');
  return found;
}

/** Refuses a document that would be dear to validate, whichever of its operations is to run. */
function checkDocument(document: DocumentNode): { readonly endless: boolean } {
  let nesting = 0;
  visit(document, {
    enter(node: ASTNode) {
      nesting += 1;
      if (nesting > limits.nesting) tooLarge('nesting');
      if (node.kind === Kind.VARIABLE_DEFINITION && node.variable.name.value === reservedVariable)
        throw new HubError('RESERVED_VARIABLE', { variable: reservedVariable });
      if (node.kind === Kind.NAME && node.value === prototypeName) throw unfit('RESERVED_NAME', node);
    },
    leave: () => {
      nesting -= 1;
    },
  });
  const fragments = fragmentsOf(document);
  const total = { fields: 0, overlaps: 0, endless: false };
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) {
      total.fields += countSelections(definition.selectionSet, fragments, total);
      if (total.fields > limits.documentFields) tooLarge('documentFields');
    }
  return total;
}

/** A selection set, and the fragments in which it stands. */
interface Placed {
  readonly set: SelectionSetNode;
  readonly inside: readonly string[];
}

/**
 * Goes through a definition as validation and planning do: fragments put in place, and what has one name put together.
 * @returns its fields
 */
function countSelections(
  whole: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  total: { overlaps: number; endless: boolean },
): number {
  let fields = 0;
  let aliases = 0;
  const collect = (set: SelectionSetNode, inside: readonly string[], byName: Map<string, Placed[]>): void => {
    for (const selection of set.selections) {
      fields += 1;
      if (fields > limits.fields) tooLarge('fields');
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, inside, byName);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (inside.includes(name)) total.endless = true;
        else if (fragment) collect(fragment.selectionSet, [...inside, name], byName);
      } else {
        const name = (selection.alias ?? selection.name).value;
        const before = byName.get(name) ?? [];
        total.overlaps += before.length;
        if (total.overlaps > limits.overlaps) tooLarge('overlaps');
        if (selection.alias) aliases += 1;
        if (aliases > limits.aliases) tooLarge('aliases');
        before.push({ set: selection.selectionSet ?? nothing, inside });
        byName.set(name, before);
      }
    }
  };
  const count = (sets: readonly Placed[], depth: number): void => {
    if (depth > limits.depth) tooLarge('depth');
    const byName = new Map<string, Placed[]>();
    for (const { set, inside } of sets) collect(set, inside, byName);
    for (const inner of byName.values()) if (inner.some(({ set }) => set !== nothing)) count(inner, depth + 1);
  };
  count([{ set: whole, inside: [] }], 1);
  return fields;
}
const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/** Refuses variables of more values, or of values deeper in one another, than any operation has use for. */
function checkVariables(variables: unknown): void {
  let count = 0;
  const check = (value: unknown, depth: number): void => {
    count += 1;
    if (count > limits.variables) tooLarge('variables');
    if (depth > limits.nesting) tooLarge('nesting');
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) check(inner, depth + 1);
  };
  check(variables, 0);
}
