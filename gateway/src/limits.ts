import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import { HubError } from '@hub/errors';
import {
  type DocumentNode,
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
  /** Fetches from subgraphs that a plan may make. */
  fetches: 60,
} as const;

// The gateway names its own variable so in entity fetches; a client's of the same name would take its place.
const reservedVariable = 'representations';

/** Checks documents before anything else looks at them. One that passed is known by its hash, with the names of its operations. */
export class OperationLimits {
  readonly #passed = new Map<string, readonly (string | undefined)[]>();

  check(query: string, operationName: unknown): void {
    const hash = createHash('sha256').update(query).digest('base64');
    let operations = this.#passed.get(hash);
    if (!operations) {
      operations = checkDocument(parseWithin(query));
      if (this.#passed.size >= 10_000) this.#passed.clear();
      this.#passed.set(hash, operations);
    }
    if (operationName == null ? operations.length !== 1 : !operations.includes(String(operationName)))
      throw new HubError('OPERATION_RESOLUTION_FAILURE');
  }
}

function parseWithin(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes(`more that ${limits.tokens} tokens`))
      tooLarge('tokens', limits.tokens);
    throw new GraphQLError('', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
}

function tooLarge(limit: string, maximum: number): never {
  throw new HubError('OPERATION_TOO_LARGE', { limit, maximum });
}

interface Size {
  depth: number;
  aliases: number;
  fields: number;
}

/** @returns the names of its operations */
function checkDocument(document: DocumentNode): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Size>();

  const measure = (set: SelectionSetNode): Size => {
    const size: Size = { depth: 0, aliases: 0, fields: 0 };
    const add = (inner: Size) => {
      size.depth = Math.max(size.depth, inner.depth);
      size.aliases += inner.aliases;
      size.fields += inner.fields;
    };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(measure(selection.selectionSet));
      else {
        const inner = selection.selectionSet ? measure(selection.selectionSet) : { depth: 0, aliases: 0, fields: 0 };
        add({ depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0), fields: inner.fields + 1 });
      }
    }
    return size;
  };
  const measureFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Set first: a fragment that spreads itself is left to validation, which refuses it.
    measured.set(name, { depth: 0, aliases: 0, fields: 0 });
    const fragment = fragments.get(name);
    const size = fragment ? measure(fragment.selectionSet) : { depth: 0, aliases: 0, fields: 0 };
    measured.set(name, size);
    return size;
  };

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    names.push(definition.name?.value);
    for (const { variable } of definition.variableDefinitions ?? []) {
      if (variable.name.value === reservedVariable)
        throw new HubError('RESERVED_VARIABLE', { variable: reservedVariable });
    }
    const size = measure(definition.selectionSet);
    for (const limit of ['depth', 'aliases', 'fields'] as const)
      if (size[limit] > limits[limit]) tooLarge(limit, limits[limit]);
  }
  return names;
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
