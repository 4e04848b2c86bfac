import type { Classes } from '@hub/sharing';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { MayRead } from '../../agencies/operation.ts';

/** A list of the graph that gives all records of a dataset that may be seen. */
export interface RootList {
  readonly dataset: string;
  /** Of Query. */
  readonly field: string;
  readonly record: GraphQLObjectType;
}

/** What is read of each record: a field by its way from it, `['started', 'start']`. */
export type Column = readonly string[];

export interface ExportOperation {
  readonly query: string;
  readonly columns: readonly Column[];
}

export const recordsAtOnce = 100;
/** How deep values within values are read. */
const deepest = 4;

/** The lists by which the datasets of a graph can be read as a whole. */
export function rootLists(schema: GraphQLSchema, classes: Classes): readonly RootList[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const connection = getNamedType(field.type);
    const edges = isObjectType(connection) && connection.name.endsWith('Connection') && connection.getFields()['edges'];
    const edge = edges ? getNamedType(edges.type) : undefined;
    const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
    const record = node && getNamedType(node.type);
    const found = classes.field('Query', field.name);
    return isObjectType(record) && found && found.sharing !== 'NOT_SHARED' && !field.args.some(isRequiredArgument)
      ? [{ dataset: found.dataset, field: field.name, record }]
      : [];
  });
}

/**
 * The operation that reads a list page by page, with all of its records' fields that may be read. Where that is none, it asks
 * for what is refused.
 */
export function exportOperation(
  schema: GraphQLSchema,
  classes: Classes,
  { field, record }: RootList,
  mayRead: MayRead,
): ExportOperation {
  const columns: Column[] = [];
  const selection = selectionOf(record, [], columns) || keyOf(record);
  const order = orderOf();
  const page = `${order === undefined ? '' : `orderBy: ${order}, `}first: ${recordsAtOnce}, after: $after`;
  return {
    query: `query Export($after: String) { ${field}(${page}) { edges { cursor node { ${selection} } } pageInfo { hasNextPage } } }`,
    columns,
  };

  function selectionOf(type: GraphQLObjectType, way: Column, into: Column[]): string {
    const parts: string[] = [];
    for (const one of Object.values(type.getFields())) {
      if (!isReadable(type, one)) continue;
      const inner = getNamedType(one.type);
      const here = [...way, one.name];
      if (isLeafType(inner)) {
        into.push(here);
        parts.push(one.name);
        continue;
      }
      // A page within a page would have no end of its own.
      if (!isObjectType(inner) || classes.isStructure(inner.name)) continue;
      const own: Column[] = [];
      const key = keyOf(inner);
      const isReference = key !== '';
      const isKeyReadable = isReference && mayRead(`${inner.name}.${key}`);
      if (isKeyReadable) own.push([...here, key]);
      const of = isReference ? (isKeyReadable ? key : '') : here.length < deepest ? selectionOf(inner, here, own) : '';
      if (of === '') continue;
      parts.push(`${one.name} { ${of} }`);
      // A list has one column, however much there is of what it holds.
      into.push(...(isListType(getNullableType(one.type)) ? [here] : own));
    }
    return parts.join(' ');
  }

  function isReadable(type: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>): boolean {
    return (
      mayRead(`${type.name}.${name}`) &&
      (classes.reads(type.name, name) ?? []).every(mayRead) &&
      args.every((argument) =>
        argument.defaultValue === undefined || argument.defaultValue === null
          ? !isRequiredArgument(argument)
          : classes.reads(type.name, `${name}(${argument.name}:)`)?.every(mayRead) === true,
      )
    );
  }

  /** An order that tells of nothing that isn't told anyway; that by which records come as they were changed last, as they go on changing. */
  function orderOf(): string | undefined {
    const orders = schema
      .getQueryType()
      ?.getFields()
      [field]?.args.find(({ name }) => name === 'orderBy');
    const type = orders && getNamedType(orders.type);
    if (!isEnumType(type)) return undefined;
    const told = type.getValues().filter(({ name }) => {
      const read = classes.reads(type.name, name) ?? [];
      return read.length > 0 && read.every((where) => mayRead(where) && !isPersonal(where));
    });
    const steady = told.find(({ name }) => !name.startsWith('MODIFIED'));
    return (steady ?? told[0] ?? type.getValues()[0])?.name;
  }

  // A cursor holds what it stands after, and isn't masked.
  function isPersonal(where: string): boolean {
    const [type = '', name = ''] = where.split('.');
    return classes.field(type, name)?.personal === true;
  }
}

/** By what a record is named; empty for a value, which is a part of what holds it. */
function keyOf(type: GraphQLObjectType): string {
  const fields = type.getFields();
  return ['code', 'id'].find((name) => name in fields && isLeafType(getNamedType(fields[name]?.type))) ?? '';
}
