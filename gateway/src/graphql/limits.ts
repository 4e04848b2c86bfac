import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import { HubError } from '@hub/errors';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What one operation may ask for. Planning blocks every other request, so what is too large is refused before it. */
export const limits = {
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Lexical tokens of a document. */
  tokens: 4_000,
  depth: 20,
  aliases: 30,
  /** Fields after fragments are put in place. */
  fields: 600,
  /** Records that the pages of lists within lists may come to. The directory answers from memory: no database's deadline ends that. */
  records: 100_000,
  /** Fetches from subgraphs that a plan may make. */
  fetches: 60,
} as const;

// The gateway names its own variable so in entity fetches; a client's of the same name would take its place.
const reservedVariable = 'representations';

interface Passed {
  readonly operations: readonly (string | undefined)[];
  /** Kept where the length of its pages is a matter of variables: then each request is measured. */
  readonly document: DocumentNode | undefined;
}

/** Checks documents before anything else looks at them. One that passed is known by its hash. */
export class OperationLimits {
  readonly #passed = new Map<string, Passed>();

  check(query: string, operationName: unknown, variables: unknown): void {
    const hash = createHash('sha256').update(query).digest('base64');
    const known = this.#passed.get(hash);
    if (known?.document) checkDocument(known.document, variables);
    const { operations } = known ?? this.#admit(hash, parseWithin(query), variables);
    if (operationName == null ? operations.length !== 1 : !operations.includes(String(operationName)))
      throw new HubError('OPERATION_RESOLUTION_FAILURE');
  }

  #admit(hash: string, document: DocumentNode, variables: unknown): Passed {
    const { operations, pagesByVariable } = checkDocument(document, variables);
    const passed = { operations, document: pagesByVariable ? document : undefined };
    if (this.#passed.size >= 10_000) this.#passed.clear();
    this.#passed.set(hash, passed);
    return passed;
  }
}

function parseWithin(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes(`more that ${limits.tokens} tokens`))
      tooLarge('tokens', limits.tokens);
    const { source, positions } = error instanceof GraphQLError ? error : {};
    throw new GraphQLError('', { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
}

function tooLarge(limit: string, maximum: number): never {
  throw new HubError('OPERATION_TOO_LARGE', { limit, maximum });
}

interface Size {
  depth: number;
  aliases: number;
  fields: number;
  records: number;
}
const nothing: Readonly<Size> = { depth: 0, aliases: 0, fields: 0, records: 0 };

// What a list gives that says nothing of its page, and the most that one gives.
const usualPage = 20;
const largestPage = 100;

/** Whether a field only holds the records of a page. */
const isWrapping = ({ name }: FieldNode): boolean => ['nodes', 'edges', 'node', 'pageInfo'].includes(name.value);

/** Throws where a document is too large. */
function checkDocument(
  document: DocumentNode,
  variables: unknown,
): { operations: (string | undefined)[]; pagesByVariable: boolean } {
  const operations: (string | undefined)[] = [];
  let pagesByVariable = false;
  /** How many records a field may give: a page of a connection, and otherwise one. */
  const pageOf = (field: FieldNode): number => {
    const length = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
    if (length?.kind === Kind.INT) return Math.min(Number(length.value), largestPage);
    if (length?.kind === Kind.VARIABLE) {
      pagesByVariable = true;
      const given = (variables as Record<string, unknown> | null | undefined)?.[length.name.value];
      return typeof given === 'number' ? Math.max(0, Math.min(given, largestPage)) : largestPage;
    }
    const isConnection = field.selectionSet?.selections.some(
      (inner) => inner.kind === Kind.FIELD && (inner.name.value === 'nodes' || inner.name.value === 'edges'),
    );
    return isConnection ? usualPage : 1;
  };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Size>();

  const measure = (set: SelectionSetNode): Size => {
    const size: Size = { ...nothing };
    const add = (inner: Size) => {
      size.depth = Math.max(size.depth, inner.depth);
      size.aliases += inner.aliases;
      size.fields += inner.fields;
      size.records += inner.records;
    };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(measure(selection.selectionSet));
      else {
        const inner = selection.selectionSet ? measure(selection.selectionSet) : nothing;
        add({
          depth: inner.depth + 1,
          aliases: inner.aliases + (selection.alias ? 1 : 0),
          fields: inner.fields + 1,
          records: selection.selectionSet ? pageOf(selection) * (inner.records + (isWrapping(selection) ? 0 : 1)) : 0,
        });
      }
    }
    return size;
  };
  const measureFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Set first: a fragment that spreads itself is left to validation, which refuses it.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? measure(fragment.selectionSet) : nothing;
    measured.set(name, size);
    return size;
  };

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    operations.push(definition.name?.value);
    for (const { variable } of definition.variableDefinitions ?? []) {
      if (variable.name.value === reservedVariable)
        throw new HubError('RESERVED_VARIABLE', { variable: reservedVariable });
    }
    const size = measure(definition.selectionSet);
    for (const limit of ['depth', 'aliases', 'fields', 'records'] as const)
      if (size[limit] > limits[limit]) tooLarge(limit, limits[limit]);
  }
  return { operations, pagesByVariable };
}

/** Refuses a plan with too many fetches. */
export function checkPlan(plan: QueryPlan): void {
  if (plan.node && fetchesOf(plan.node) > limits.fetches) tooLarge('fetches', limits.fetches);
}

function fetchesOf(node: NonNullable<QueryPlan['node']> | { kind: string }): number {
  const inner = node as { kind: string; nodes?: { kind: string }[]; node?: { kind: string } };
  if (inner.kind === 'Fetch') return 1;
  const parts = [...(inner.nodes ?? []), ...(inner.node ? [inner.node] : [])];
  return parts.reduce((total, part) => total + fetchesOf(part), 0);
}
