import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** The names of the fields that an operation asks of its root, aliases aside. */
export function* rootFields(set: SelectionSetNode, document: DocumentNode): Generator<string> {
  for (const selection of set.selections)
    if (selection.kind === Kind.FIELD) yield selection.name.value;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* rootFields(selection.selectionSet, document);
    else {
      const fragment = document.definitions.find(
        (one): one is FragmentDefinitionNode =>
          one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      );
      if (fragment) yield* rootFields(fragment.selectionSet, document);
    }
}
