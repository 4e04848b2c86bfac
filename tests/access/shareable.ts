/**
 * All that may be shared with an agency, as questions that are made from the catalogue and the schema: a field that comes
 * later is asked for by itself. Nothing here is what the hub checks with.
 */
import { catalogFields } from '@hub/sharing';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import { inFittingPieces } from './fitting.ts';
import { places, type World } from './fixture.ts';
import { argumentsOf, tableOf } from './matrix.ts';

const decided = new Map(catalogFields.map((field) => [`${field.type}.${field.field}`, field]));
/** Datasets that no agreement names or has to: an agency's own affairs, and what every reader needs. */
const unnamed: ReadonlySet<string> = new Set(['sharing', 'catalogue', 'directory', 'values']);

/** How a field is shared; undefined for what holds only what is decided elsewhere. */
export const decisionOn = (where: string) => decided.get(where);
export const isPersonal = (where: string): boolean => decided.get(where)?.personal === true;

/** The datasets of the widest agreement that may be made, with all of their fields. */
export function widest(unmasked: readonly string[] = []) {
  const shared = catalogFields.filter(({ sharing, dataset }) => sharing !== 'NOT_SHARED' && !unnamed.has(dataset));
  const names = [...new Set(shared.map(({ dataset }) => dataset))];
  return names.map((dataset) => {
    const fields = shared.filter((one) => one.dataset === dataset).map(({ type, field }) => `${type}.${field}`);
    return { dataset, fields, unmasked: unmasked.filter((where) => fields.includes(where)) };
  });
}

/** What is asked for at one place of an answer. */
export interface Asked {
  /** As `Type.field`. */
  readonly where: string;
  readonly key: string;
  readonly text: string;
  readonly inner: readonly Asked[];
}

export interface Question {
  /** The field of Query, and the type of the records that it gives. */
  readonly root: string;
  readonly type: string;
  readonly isList: boolean;
  readonly query: string;
  readonly asked: readonly Asked[];
  /** Everything that it reads, as `Type.field`. */
  readonly fields: ReadonlySet<string>;
}

/** Records of each audience that one is asked for by its id. */
const variants = ['pu', 'in', 'Pr'];

/** Every field of Query that an agency may be shared, with all that may be shared of what it gives. */
export function questionsOf(schema: GraphQLSchema, world: World): readonly Question[] {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  const byThemselves = new Set(
    roots.map(({ type }) => getNamedType(type).name).filter((name) => !isConnection({ name })),
  );
  return roots.flatMap((field): Question[] => {
    const where = `Query.${field.name}`;
    const record = getNamedType(field.type);
    const found = decided.get(where);
    if (!found || found.sharing === 'NOT_SHARED' || ['sharing', 'catalogue'].includes(found.dataset)) return [];
    if (!isObjectType(record)) return [];
    const rows = world.byTable.get(tableOf(record.name) ?? '') ?? [];
    const takes = (name: string) => field.args.some((argument) => argument.name === name);
    const asking: (readonly [string, Readonly<Record<string, string>>])[] = takes('id')
      ? rows
          .filter(
            ({ variant }, at) => variants.includes(variant) && rows.findIndex((row) => row.variant === variant) === at,
          )
          .map(({ variant, id }) => [`of_${variant}`, { id: `"${id}"` }])
      : [[field.name, takes('code') ? { code: `"${places.owner}"` } : {}]];
    const askingFor = (inner: readonly Asked[]) =>
      asking.map(([key, given]): Asked => {
        const text = `${key === field.name ? '' : `${key}: `}${field.name}${argumentsOf(field, given) ?? ''}`;
        return { where, key, text, inner };
      });
    // A whole type's would be more than the gateway takes at a time.
    const fitting = (parts: readonly Asked[], whole: (parts: readonly Asked[]) => readonly Asked[]) =>
      inFittingPieces(parts, (some) => `{ ${textOf(askingFor(whole(some)))} }`, schema).map(whole);
    return pieces(partsOf(record, byThemselves), isConnection(record), fitting).map((inner) => {
      const asked = askingFor(inner);
      return {
        root: field.name,
        type: record.name.replace(/Connection$/, ''),
        isList: isConnection(record),
        query: `{ ${textOf(asked)} }`,
        asked,
        fields: new Set(asked.flatMap(fieldsIn)),
      };
    });
  });
}

const isConnection = ({ name }: { readonly name: string }) => name.endsWith('Connection');

/** The fields of a type in pieces that are small enough; those of a connection's records. */
function pieces(
  parts: readonly Asked[],
  connection: boolean,
  fitting: (
    parts: readonly Asked[],
    whole: (parts: readonly Asked[]) => readonly Asked[],
  ) => readonly (readonly Asked[])[],
): readonly (readonly Asked[])[] {
  if (!connection) return fitting(parts, (some) => some);
  const [nodes] = parts.filter(({ key }) => key === 'nodes');
  const others = parts.filter(({ key }) => key === 'totalCount');
  if (!nodes) return [parts];
  const [id] = nodes.inner.filter(({ key }) => key === 'id');
  const rest = nodes.inner.filter((one) => one !== id);
  return fitting(rest, (some) => [...others, { ...nodes, inner: id ? [id, ...some] : some }]);
}

/** All of a type that may be shared: records within it that are asked for by themselves by their key, all else down to its leaves. */
function partsOf(
  type: GraphQLObjectType,
  byThemselves: ReadonlySet<string>,
  around: readonly string[] = [],
): readonly Asked[] {
  return Object.values(type.getFields()).flatMap((field): Asked[] => {
    const where = `${type.name}.${field.name}`;
    const found = decided.get(where);
    if (found ? found.sharing === 'NOT_SHARED' || found.dataset === 'sharing' : !isStructure(type)) return [];
    const text = argumentsOf(field, {});
    if (text === undefined) return [];
    const inner = getNamedType(field.type);
    const one = { where, key: field.name, text: `${field.name}${text}` };
    if (isLeafType(inner)) return [{ ...one, inner: [] }];
    const isOfRoot = around.length === 0 && isConnection(type);
    if (!isObjectType(inner) || (isOfRoot && field.name === 'edges')) return [];
    const isKnown = !isOfRoot && (byThemselves.has(inner.name) || around.includes(inner.name));
    const parts = isKnown ? keysOf(inner) : partsOf(inner, byThemselves, [...around, type.name]);
    return parts.length > 0 ? [{ ...one, inner: parts }] : [];
  });
}

const isStructure = ({ name }: GraphQLObjectType) => /(Connection|Edge)$/.test(name) || name === 'PageInfo';

/** By what a record is named. */
function keysOf(type: GraphQLObjectType): readonly Asked[] {
  const key = ['id', 'code'].find(
    (name) => name in type.getFields() && decided.get(`${type.name}.${name}`)?.sharing !== 'NOT_SHARED',
  );
  return key === undefined ? [] : [{ where: `${type.name}.${key}`, key, text: key, inner: [] }];
}

const textOf = (asked: readonly Asked[]): string =>
  asked.map(({ text, inner }) => (inner.length > 0 ? `${text} { ${textOf(inner)} }` : text)).join(' ');

const fieldsIn = ({ where, inner }: Asked): string[] => [
  ...(decided.has(where) ? [where] : []),
  ...inner.flatMap(fieldsIn),
];

/** Every value of an answer, by the field that it is of. */
export function* valuesIn(data: unknown, asked: readonly Asked[]): Generator<readonly [where: string, value: unknown]> {
  for (const thing of [data].flat(2))
    if (typeof thing === 'object' && thing !== null)
      for (const { where, key, inner } of asked) {
        const value = (thing as Record<string, unknown>)[key];
        yield [where, value];
        if (inner.length > 0) yield* valuesIn(value, inner);
      }
}

/** What no agreement can share, of each record that is there: a question each, with the fields that it has to be refused by. */
export function closedQuestionsOf(
  schema: GraphQLSchema,
  questions: readonly Question[],
): readonly { readonly query: string; readonly closed: readonly string[] }[] {
  const isClosed = (where: string) => decided.get(where)?.sharing === 'NOT_SHARED';
  const selected = (type: GraphQLObjectType, name: string, given: Readonly<Record<string, string>>) => {
    const field = type.getFields()[name];
    const text = field && argumentsOf(field, given);
    if (!field || text === undefined) return [];
    return [`${name}${text}${isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'}`];
  };
  const firsts = questions.filter(({ root }, at) => questions.findIndex((one) => one.root === root) === at);
  const beneath = firsts.flatMap(({ type: name, isList, asked }) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [];
    const closed = Object.keys(type.getFields()).filter((field) => isClosed(`${name}.${field}`));
    const inner = closed.flatMap((field) => selected(type, field, {})).join(' ');
    return inner === ''
      ? []
      : asked.map(({ text }) => ({
          query: `{ ${text} { ${isList ? `nodes { ${inner} }` : inner} } }`,
          closed: closed.filter((field) => selected(type, field, {}).length > 0).map((field) => `${name}.${field}`),
        }));
  });
  const root = schema.getQueryType();
  const ids = { id: `"${places.owner}"`, code: `"${places.owner}"`, part: `"${places.owner}"` };
  const roots = Object.values(root?.getFields() ?? {}).flatMap(({ name, args }) => {
    const given = Object.fromEntries(Object.entries(ids).filter(([key]) => args.some((one) => one.name === key)));
    return root && isClosed(`Query.${name}`)
      ? selected(root, name, given).map((text) => ({ query: `{ ${text} }`, closed: [`Query.${name}`] }))
      : [];
  });
  return [...beneath, ...roots];
}
