import { HubError } from '@hub/errors';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { fragmentsOf } from './document-parts.ts';

/**
 * Looks whether a field of one record is needed with different arguments. Apollo's planner asks for what a subgraph requires
 * under the field's own name, where the client's own, or another requirement's, then takes its place without a word.
 */
export interface RequiredArguments {
  /** @throws HubError CONFLICTING_ARGUMENTS */
  check(document: DocumentNode, operation: OperationDefinitionNode): void;
}

/** Undefined where no field of the supergraph requires another with arguments, as in most. */
export function requiredArguments(supergraph: string): RequiredArguments | undefined {
  if (!/\brequires: "(?:[^"\\]|\\.)*\(/.test(supergraph)) return undefined;
  const required = requirementsOf(parse(supergraph, { noLocation: true }));
  return {
    check(document, operation) {
      const fragments = fragmentsOf(document);
      collect(operation.selectionSet, '', { required, fragments, asked: new Map(), within: [] });
    },
  };
}

/** What fields require, by their name: an interface doesn't tell which type's field is meant. */
function requirementsOf(supergraph: DocumentNode): ReadonlyMap<string, readonly SelectionSetNode[]> {
  const found = new Map<string, SelectionSetNode[]>();
  visit(supergraph, {
    FieldDefinition({ name, directives = [] }) {
      for (const { arguments: given = [] } of directives)
        for (const { name: argument, value } of given) {
          if (argument.value !== 'requires' || value.kind !== Kind.STRING) continue;
          const [operation] = parse(`{ ${value.value} }`, { noLocation: true }).definitions;
          if (operation?.kind !== Kind.OPERATION_DEFINITION) continue;
          found.set(name.value, [...(found.get(name.value) ?? []), operation.selectionSet]);
        }
    },
  });
  return found;
}

interface Collected {
  readonly required: ReadonlyMap<string, readonly SelectionSetNode[]>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** How a field is asked for, by its place in the answer. */
  readonly asked: Map<string, string>;
  /** Whose requirements are being read: one that requires itself ends there. */
  readonly within: readonly string[];
}

function collect(set: SelectionSetNode, place: string, given: Collected): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, place, given);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = given.fragments.get(selection.name.value);
      if (fragment) collect(fragment.selectionSet, place, given);
    } else {
      const name = selection.name.value;
      const key = selection.alias?.value ?? name;
      const here = `${place}.${key}`;
      const wording = `${name}(${(selection.arguments ?? []).map(print).sort().join(', ')})`;
      const before = given.asked.get(here);
      if (before !== undefined && before !== wording) throw new HubError('CONFLICTING_ARGUMENTS', { field: key });
      given.asked.set(here, wording);
      if (selection.selectionSet) collect(selection.selectionSet, here, given);
      if (given.within.includes(name)) continue;
      for (const needed of given.required.get(name) ?? [])
        collect(needed, place, { ...given, within: [...given.within, name] });
    }
  }
}
