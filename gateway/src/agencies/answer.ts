import type { Classes } from '@hub/sharing';
import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../graphql/document-parts.ts';
import type { Cursors } from './cursors.ts';
import { subjectsAlias } from './operation.ts';

/** What an answer tells: how many records, and of which members. */
export interface Told {
  readonly rows: number;
  readonly subjects: readonly string[];
}

/** Personal data as it is told unless the agreement says otherwise: the first character of a text, and nothing else. */
const masked = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(masked) : typeof value === 'string' && value !== '' ? `${[...value][0]}**` : null;

/** Of whom and where a record is: places that everybody knows are no records that are read. */
const ofDirectory: ReadonlySet<string> = new Set(['Committee', 'Region']);

/** Fields of pages and edges that hold a cursor. */
const cursorFields: ReadonlySet<string> = new Set(['cursor', 'startCursor', 'endCursor']);

/**
 * Takes an answer through its document, which has one operation: personal fields are masked, cursors sealed, the ids of
 * those who are told of taken out, records counted. The answer is changed in place.
 */
export function readAnswer(
  data: unknown,
  document: DocumentNode,
  options: {
    readonly schema: GraphQLSchema;
    readonly classes: Classes;
    /** Of a field as `Type.field`. */
    readonly isMasked: (where: string) => boolean;
    readonly cursors: Cursors;
  },
): Told {
  const { schema, classes, isMasked, cursors } = options;
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  const fragments = fragmentsOf(document);
  const subjects = new Set<string>();
  let rows = 0;
  const sealed = new WeakMap<object, Set<string>>();

  function takeSubjects(record: Record<string, unknown>): void {
    for (const one of [record[subjectsAlias]].flat()) {
      const id = typeof one === 'object' && one !== null ? (one as { id?: unknown }).id : one;
      if (typeof id === 'string') subjects.add(id);
    }
    delete record[subjectsAlias];
  }

  /** Once, though it be selected twice. */
  function seal(record: Record<string, unknown>, key: string, cursor: string): void {
    const known = sealed.get(record) ?? new Set();
    if (known.has(key)) return;
    sealed.set(record, known.add(key));
    record[key] = cursors.seal(cursor);
  }

  function readFields(
    record: Record<string, unknown>,
    type: GraphQLObjectType,
    set: SelectionSetNode,
    seen: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        readFields(record, type, selection.selectionSet, seen);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) readFields(record, type, fragment.selectionSet, seen);
      } else {
        const key = selection.alias?.value ?? selection.name.value;
        const field = type.getFields()[selection.name.value];
        const value = record[key];
        if (!field || value === null || value === undefined) continue;
        const inner = getNamedType(field.type);
        if (selection.selectionSet && isObjectType(inner)) {
          // Selected twice, a record is told once.
          const again = seen.has(key);
          seen.add(key);
          for (const one of [value].flat(2))
            if (one !== null) readRecord(one as Record<string, unknown>, inner, selection.selectionSet, again);
        }
        if (isMasked(`${type.name}.${field.name}`)) record[key] = masked(value);
        if (classes.isStructure(type.name) && cursorFields.has(field.name) && typeof value === 'string')
          seal(record, key, value);
      }
    }
  }

  function readRecord(
    record: Record<string, unknown>,
    type: GraphQLObjectType,
    set: SelectionSetNode,
    again: boolean,
  ): void {
    const isRecord = !classes.isStructure(type.name) && 'id' in type.getFields() && !ofDirectory.has(type.name);
    if (!again && isRecord) rows += 1;
    readFields(record, type, set, new Set());
    takeSubjects(record);
  }

  if (root && data !== null && typeof data === 'object')
    readFields(data as Record<string, unknown>, root, operation.selectionSet, new Set());
  return { rows, subjects: [...subjects] };
}
