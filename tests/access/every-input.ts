/**
 * Every place of a mutation's input with the nastiest values of its kind, as somebody who may do it on a record in the right
 * state: it fails nowhere, names the place where it refuses, and keeps what it takes as it was given.
 */
import { RuleBroken } from '@hub/errors';
import { ceilingOf, declaredCeiling } from '@hub/sharing';
import {
  type ExecutionResult,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLList,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InputObjectTypeDefinitionNode,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { givenInput } from '../../packages/workflow/src/given-input.ts';
import {
  idOfNobody,
  lineEnds,
  noIds,
  rareDecimals,
  rareTimes,
  trickyText,
  unreadable,
  unseen,
} from '../hub/nasty-values.ts';
import { actorNames, actorWithout, dutiesToDo, letAs } from './cells.ts';
import type { Extent } from './inputs.ts';
import { type Bench, type Deed, everywhere, type Stage, sees, stageOf, type Trial, trialOf } from './mutations.ts';
import { givenBesides, isPrepared, withoutHindrance } from './prepared.ts';

type Path = readonly (string | number)[];

/** A place of an input that holds one value. */
export interface Leaf {
  readonly path: Path;
  readonly type: GraphQLInputType;
  readonly hasDefault: boolean;
}

/** The places of what is given, its lists among them. */
export function leavesOf(value: unknown, type: GraphQLInputType, path: Path, hasDefault = false): Leaf[] {
  const nullable = getNullableType(type);
  const own = { path, type, hasDefault };
  if (value == null) return isInputObjectType(nullable) || isListType(nullable) ? [] : [own];
  if (isListType(nullable))
    return [own, ...(value as unknown[]).flatMap((one, at) => leavesOf(one, nullable.ofType, [...path, at]))];
  if (!isInputObjectType(nullable)) return [own];
  const fields = nullable.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields[name];
    return field && name !== 'idempotencyKey'
      ? leavesOf(inner, field.type, [...path, name], field.defaultValue !== undefined)
      : [];
  });
}

/** The same with another value at a place. */
function withAt(whole: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  // What it stood in is gone.
  if (whole == null) return whole;
  if (Array.isArray(whole)) return whole.map((one, at) => (at === first ? withAt(one, rest, value) : one));
  return { ...(whole as object), [first]: withAt((whole as Record<string, unknown>)[first], rest, value) };
}

/** What an attempt came to. */
interface Answer {
  readonly codes: readonly string[];
  /** Places that business errors name. */
  readonly paths: readonly Path[];
  readonly text: string;
}

/** What nothing that is given may end in: an instant that is none would be refused by the gateway. */
const faults = ['BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'OUTCOME_UNKNOWN'];

function answerOf({ errors = [], data }: ExecutionResult): Answer {
  const codes = errors.map(({ extensions }) => String(extensions['code']));
  const paths: Path[] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [name, inner] of Object.entries(value))
      if (name === 'userErrors')
        for (const { code, path } of inner as { code: string; path: Path }[]) {
          codes.push(code);
          paths.push(path);
        }
      else walk(inner);
  };
  walk(data);
  return { codes, paths, text: JSON.stringify(data) };
}

/** Somebody who may do a deed on a record in some state. */
interface Attempt {
  readonly trial: Trial;
  readonly as: Parameters<Bench['subgraph']['execute']>[1];
  /** Whether they did, with what the trial gives. */
  readonly done: boolean;
}

/** How a deed is done at all; where no sample will do, how it is tried. The record is left in the state that it is done in. */
async function attemptAt(
  bench: Bench,
  deed: Deed,
  extents: readonly Extent[],
): Promise<{ attempt: Attempt; stage: Stage } | undefined> {
  const { world, subgraph } = bench;
  const { cell } = deed;
  const [extent, ...others] = extents;
  if (!cell || !extent) return undefined;
  const trials = [...everywhere, 'Ag'].map((variant) => {
    const trial = trialOf(world, subgraph.name, deed, variant, extent);
    return { ...trial, variables: givenAlso(trial.variables, givenBesides(world, deed.name)) };
  });
  const stage = stageOf(bench, trials);
  // Whoever may do it in one way is as good as others who may.
  const possible = trials.flatMap((trial) =>
    actorNames
      .filter((actor) => letAs(cell, actor, trial.variant).length > 0 && sees(bench, actor, trial))
      .slice(0, 1)
      .map((actor) => ({ trial, as: actorWithout(actor, dutiesToDo(cell, subgraph.name)) })),
  );
  const isHopeless = possible.length === 0 || (cell.refusedWith !== undefined && !isPrepared(deed.name));
  let left = mostAttempts;
  for (const state of isHopeless ? [] : stage.states) {
    if (left <= 0 || !(await stage.bring(state))) continue;
    for (const one of possible.slice(0, left)) {
      left -= 1;
      const { codes } = await attempted(bench, deed, one, one.trial.variables);
      if (codes.length === 0) return { attempt: { ...one, done: true }, stage };
      // Whoever tries it, it isn't done in this state.
      if (stage.states.length > 1 && codes.includes('STEP_NOT_ALLOWED')) break;
    }
  }
  await stage.bring(stage.states[0]);
  const [first] = possible;
  return (await attemptAt(bench, deed, others)) ?? (first && { attempt: { ...first, done: false }, stage });
}

/** What of an answer tells of what was given: the values of its records, what its steps were taken with, and what was refused. */
function shownOf(type: GraphQLOutputType, depth = 0): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap(({ name, args, type: inner }) => {
    if (args.some(isRequiredArgument) || name === 'pendingSteps') return [];
    if (isLeafType(getNamedType(inner))) return [name];
    const below = getNamedType(inner);
    const isRecord = isObjectType(below) && 'id' in below.getFields() && !isListType(getNullableType(inner));
    const shown = depth > 2 || (depth > 0 && isRecord) || args.length > 0 ? '' : shownOf(inner, depth + 1);
    return shown === '' ? [] : [`${name}${shown}`];
  });
  return parts.length === 0 ? '' : ` { ${parts.join(' ')} }`;
}

const queries = new Map<string, string>();
function queryOf({ name, field }: Deed): string {
  const known = queries.get(name);
  if (known !== undefined) return known;
  const list = (of: (name: string, type: string) => string) =>
    field.args.map((one) => of(one.name, String(one.type))).join(', ');
  const made = `mutation (${list((one, type) => `$${one}: ${type}`)}) { ${name}(${list((one) => `${one}: $${one}`)})${shownOf(field.type)} }`;
  queries.set(name, made);
  return made;
}

/** Attempts of an extent at most, in whatever states and on whatever records. */
const mostAttempts = 40;

const givenAlso = (variables: Trial['variables'], more: Readonly<Record<string, unknown>>): Trial['variables'] =>
  Object.keys(more).length === 0 ? variables : { input: { ...(variables['input'] as object), ...more } };

let keys = 0;
async function attempted(
  { subgraph, undoing }: Bench,
  deed: Deed,
  { as }: Pick<Attempt, 'trial' | 'as'>,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  keys += 1;
  const input = variables['input'] as Record<string, unknown> | undefined;
  const sent =
    input && 'idempotencyKey' in input
      ? { ...variables, input: { ...input, idempotencyKey: `every input, attempt ${keys}` } }
      : variables;
  const { result } = await undoing.during(() => subgraph.execute({ query: queryOf(deed), variables: sent }, as));
  return answerOf(result);
}

export interface Tally {
  inputs: number;
  values: number;
  /** Values that were taken, and that the answer told as they were given. */
  told: number;
  /** Mutations that nobody could do with what they are given here. */
  readonly never: Set<string>;
  /** Those that it didn't tell, by their mutation. */
  readonly untold: Set<string>;
}

/** A text as JSON has it, and as JSON within JSON does. */
const written = (text: string) => [JSON.stringify(text), JSON.stringify(JSON.stringify(text)).slice(1, -1)];

/** Tries a mutation with everything at each place of its input. */
export async function everyInput(bench: Bench, deed: Deed, tally: Tally): Promise<string[]> {
  // Whose own it can only be is done by nobody on the owner's records.
  if (deed.cell?.who.length === 0) return [];
  return withoutHindrance(bench.admin, deed.name, () => everythingAt(bench, deed, tally));
}

async function everythingAt(bench: Bench, deed: Deed, tally: Tally): Promise<string[]> {
  const found = await attemptAt(bench, deed, ['most', 'least']);
  if (!found) return [`${deed.name} was tried by nobody`];
  const { attempt, stage } = found;
  if (!attempt.done) tally.never.add(deed.name);
  const { variables } = attempt.trial;
  const violations: string[] = [];
  const leaves = deed.field.args.flatMap(({ name, type }) => leavesOf(variables[name], type, [name]));
  /** Of a kind that one check looks at by its type, two at each place, in turn: so each stands somewhere, and none has one alone. */
  const turn = <Value>(list: readonly Value[]): readonly Value[] => [
    pick(list),
    list[(keys + 1) % list.length] as Value,
  ];
  const pick = <Value>(list: readonly Value[]): Value => list[keys % list.length] as Value;
  const tryAll = async (given: readonly (readonly [Leaf, unknown])[]) => {
    tally.values += given.length;
    const changed = given.reduce<unknown>((whole, [leaf, value]) => withAt(whole, leaf.path, value), variables);
    const answer = await attempted(bench, deed, attempt, changed as Record<string, unknown>);
    const [[leaf, value] = []] = given;
    const which =
      given.length === 1 ? `${leaf?.path.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}` : 'all of them';
    const at = answer.paths.map((path) => path.join('.')).join(' ');
    const what = `${deed.name} with ${which} ends in ${answer.codes} ${at}`;
    if (answer.codes.some((code) => faults.includes(code))) violations.push(what);
    return { ...answer, what };
  };
  const isNamed = ({ paths }: Answer, { path }: Leaf) => paths.some((one) => one.join('.') === path.join('.'));
  const tell = (what: string, text: string, forms: readonly string[]) => {
    if (forms.some((form) => text.includes(form))) tally.told += 1;
    else tally.untold.add(what);
  };
  tally.inputs += leaves.length;

  const texts = leaves.filter(({ type }) => kindOf(type) === 'String');
  const optional = leaves.filter(
    ({ path, type, hasDefault }) => !isNonNullType(type) && !hasDefault && typeof path.at(-1) === 'string',
  );
  await tryAll(optional.map((leaf) => [leaf, texts.includes(leaf) ? pick(unseen) : null] as const));
  // All at once, and each for itself where not all of them are any text.
  const marked = texts.map((leaf, at) => [leaf, `${trickyText}${at}`] as const);
  const together = await tryAll(marked);
  for (const one of together.codes.length === 0 ? [] : marked) await tryOwn(one);
  for (const [{ path }, text] of together.codes.length === 0 ? marked : [])
    tell(`${deed.name} ${path.join('.')}`, together.text, written(text));
  async function tryOwn([leaf, text]: readonly [Leaf, string]) {
    const answer = await tryAll([[leaf, text]]);
    if (answer.codes.length === 0) tell(`${deed.name} ${leaf.path.join('.')}`, answer.text, written(text));
  }

  for (const leaf of leaves) {
    const { type, path } = leaf;
    const kind = kindOf(type);
    if (leaf.hasDefault) {
      const [byNull, byNothing] = [await tryAll([[leaf, null]]), await tryAll([[leaf, undefined]])];
      if (byNull.codes.join() !== byNothing.codes.join()) violations.push(byNull.what);
    }
    if (kind === 'ID') {
      // What is no id is all alike to what looks at ids, and one of nobody is looked for.
      for (const value of [pick(noIds), idOfNobody]) {
        const answer = await tryAll([[leaf, value]]);
        const isWrong = answer.codes.some((code) => ['INVALID', 'NOT_FOUND'].includes(code));
        if (isWrong && attempt.done && !isNamed(answer, leaf)) violations.push(answer.what);
      }
    } else if (kind in rareTimes) {
      for (const value of turn(rareTimes[kind] ?? [])) {
        const { codes, text } = await tryAll([[leaf, value]]);
        const forms = kind === 'DateTime' ? [new Date(value).toISOString()] : [`"${value}"`];
        if (codes.length === 0) tell(`${deed.name} ${path.join('.')}`, text, forms);
      }
    } else if (kind === 'Int') {
      const { least = 0, most = 0 } = ceilingOf({ name: String(path.at(-1)), type: kind, list: false });
      for (const value of [least, most]) await tryAll([[leaf, value]]);
    } else if (kind === 'Float') for (const value of turn(rareDecimals)) await tryAll([[leaf, value]]);
    else if (kind === 'list') {
      const value = path.reduce<unknown>((of, step) => (of as Record<string, unknown>)[step], variables) as unknown[];
      for (const other of [[], [...value, ...value]]) await tryAll([[leaf, other]]);
    }
  }
  // All texts are looked at by one rule: one of each mutation shows that it holds there.
  const expectAt = async (leaf: Leaf | undefined, value: string, code: string) => {
    if (!leaf) return;
    const answer = await tryAll([[leaf, value]]);
    if (!(answer.codes.join() === code && isNamed(answer, leaf))) violations.push(answer.what);
  };
  await expectAt(pick(texts), pick(unreadable), 'INVALID');
  await expectAt(pick(texts.filter(({ type }) => isNonNullType(type))), pick(unseen), 'REQUIRED');
  await stage.bring(stage.states[0]);
  return violations;
}

function kindOf(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 'list' : isEnumType(nullable) ? 'enum' : String(nullable);
}

/**
 * Each text of each input with everything that a text may hold, as `mutation()` reads it: refused at its place, or kept on as many
 * lines as its field has, and none where nothing of it is seen.
 */
export function everyText(schema: GraphQLSchema): string[] {
  const violations: string[] = [];
  const inputs = Object.values(schema.getTypeMap()).filter(
    (type) => isInputObjectType(type) && type.name.endsWith('Input') && !isHidden(type.astNode),
  ) as GraphQLInputObjectType[];
  for (const input of inputs)
    for (const { name, type, astNode } of Object.values(input.getFields())) {
      if (getNamedType(type).name !== 'String') continue;
      const isList = isListType(getNullableType(type));
      const isNeeded = isNonNullType(isList ? (getNullableType(type) as GraphQLList<GraphQLInputType>).ofType : type);
      const lines = ceilingOf(
        { name, type: 'String', list: isList },
        astNode ? declaredCeiling(astNode) : undefined,
      ).lines;
      const at = isList ? `${name}.0` : name;
      const expectAt = (text: string, expected: string | null) => {
        let told: string | null;
        try {
          const kept = (givenInput({ [name]: isList ? [text] : text }, input) as Record<string, unknown>)[name];
          told = (isList ? (kept as unknown[])[0] : kept) as string | null;
        } catch (error) {
          told = error instanceof RuleBroken ? `${error.code} ${error.path.join('.')}` : String(error);
        }
        if (told !== expected)
          violations.push(`${input.name}.${name} = ${JSON.stringify(text)}: ${JSON.stringify(told)}`);
      };
      for (const text of unreadable) expectAt(text, `INVALID ${at}`);
      for (const text of unseen) expectAt(text, isNeeded ? `REQUIRED ${at}` : null);
      for (const end of lineEnds) expectAt(`题${end}目`, lines === 1 ? '题 目' : `题${keptEnd(end)}目`);
      expectAt(trickyText, trickyText);
    }
  return violations;
}
const isHidden = (node: InputObjectTypeDefinitionNode | null | undefined) =>
  node?.directives?.some(({ name }) => name.value === 'inaccessible') ?? false;
/** An end of a line as prose keeps it. */
const keptEnd = (end: string) => (['\n', '\r\n', '\r', '\t'].includes(end) ? end : '\n');
