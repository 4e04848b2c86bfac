import { HubError } from '@hub/errors';
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  responsePathAsArray,
  type SelectionSetNode,
} from 'graphql';

type Path = readonly (string | number)[];
type Json = Record<string, unknown>;
interface Answer {
  readonly data?: ExecutionResult['data'] | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
  readonly extensions?: Json | undefined;
}

/** A fetch from a subgraph. */
export interface Fetch {
  readonly document: DocumentNode;
  /** The keys of the records that it asks for, where it goes on from what another fetch brought. */
  readonly representations: readonly unknown[] | undefined;
  /** Where in the answer what it brings is put in. */
  readonly path: Path;
}

interface Failure {
  readonly error: GraphQLError;
  /** What it is about, below the field that is marked with it. */
  readonly below: Path;
  isTold: boolean;
}

/** Errors of one answer. An error may stand for each of thousands of records. */
const mostErrors = 100;

// Marks on what is merged into the answer, under names that no field has: which fields a failed fetch would have brought,
// and which belong to a record that its keeper answered null for.
const failed = '!';
const notShown = '?';

/**
 * What is missing from one answer, and why. The gateway makes null of all of it alike, and says where only in part. A record that
 * its keeper doesn't show is null without an error, as one that isn't there: a reference may name either. What such a null
 * takes with it is an error, and so is all else.
 */
export class Losses {
  readonly #failures: Failure[] = [];
  readonly #told: { readonly path: Path; readonly error: GraphQLError }[] = [];
  /** What the gateway merges all else into. */
  readonly #roots: Json[] = [];

  /** Takes what a fetch brought, and gives what the gateway is to merge. */
  merging({ document, representations, path }: Fetch, { data, errors = [] }: Answer): Json {
    if (representations) return { _entities: this.#entities(document, representations, { data, errors }) };
    const brought = isObject(data) ? data : {};
    for (const error of errors)
      if (error.path?.length && path.length === 0) this.#told.push({ path: error.path.map(withoutSuffix), error });
    if (!isObject(data)) {
      const told =
        path.length > 0
          ? []
          : errors.flatMap(({ path: [name] = [] }) => (typeof name === 'string' ? [withoutSuffix(name)] : []));
      for (const name of told) brought[name] = null;
      const others = namesOf(document).filter((name) => !told.includes(name));
      // A subgraph does all that a mutation asks of it, or nothing.
      const reason = told.length > 0 && isMutation(document) ? new HubError('UNDONE') : errors[0];
      if (others.length > 0) this.#mark(brought, others, reason ?? new HubError('INTERNAL_SERVER_ERROR'));
    } else for (const error of errors) if (!error.path?.length || path.length > 0) this.#add(error);
    if (path.length === 0) this.#roots.push(brought);
    return brought;
  }

  #entities(document: DocumentNode, representations: readonly unknown[], { data, errors = [] }: Answer) {
    const names = namesOf(document);
    const found = data?.['_entities'];
    const entities = isOneForEach(found, representations)
      ? found.map((one): Json | null => (isObject(one) ? one : null))
      : representations.map(() => null);
    for (const error of errors) {
      const [, at, name, ...below] = error.path ?? [];
      if (typeof at !== 'number' || at >= entities.length) continue;
      const entity: Json = entities[at] ?? {};
      entities[at] = entity;
      this.#mark(entity, typeof name === 'string' ? [withoutSuffix(name)] : names, error, below);
    }
    const all = errors.find(({ path }) => typeof path?.[1] !== 'number');
    return entities.map((entity): Json => {
      if (entity) return entity;
      const absent: Json = {};
      if (all) this.#mark(absent, names, all);
      else for (const name of names) absent[notShown + name] = true;
      return absent;
    });
  }

  #mark(record: Json, names: readonly string[], error: GraphQLError, below: Path = []): void {
    const number = this.#add(error, below);
    // Several may have failed below one field.
    for (const name of names) record[`${failed}${name} ${number}`] = number;
  }

  #add(error: GraphQLError, below: Path = []): number {
    return this.#failures.push({ error, below, isTold: false }) - 1;
  }

  /** Whether nothing was brought yet. */
  get isEmpty(): boolean {
    return this.#roots.length === 0;
  }

  /** The answer that the gateway made, with an error for each loss that stands in it. */
  complete(
    asked: { readonly schema: () => GraphQLSchema; readonly document: DocumentNode; readonly variables: Json },
    given: Answer,
  ): Answer {
    const { data, errors = [], extensions } = given;
    const isWhole = this.#failures.length + this.#told.length + errors.length === 0 && !extensions?.['valueCompletion'];
    if (isWhole) return { data };
    if (this.isEmpty) return given;
    const placed = [...this.#told];
    const result = executeSync({
      schema: asked.schema(),
      document: asked.document,
      variableValues: asked.variables,
      rootValue: this.#root(),
      fieldResolver: this.#resolver(placed),
      typeResolver: (value, _, { schema, path }) => {
        const name = String(own(value, '__typename'));
        if (isObjectType(schema.getType(name))) return name;
        throw isObject(value) && Object.keys(value).some((one) => one.startsWith(notShown))
          ? new NotShown(responsePathAsArray(path))
          : new Error('a subgraph answered without its type');
      },
    });
    // It isn't run where its variables don't fit, which the gateway has looked at.
    if (result.data === undefined) return given;
    const known = covering(placed.map(({ path }) => path));
    for (const { path, originalError } of result.errors ?? []) {
      if (originalError instanceof NotShown) {
        if (!isNullAt(result.data, originalError.reference))
          placed.push({ path: originalError.reference, error: new HubError('NOT_FOUND') });
      } else if (path && !known(path)) placed.push({ path, error: new HubError('INTERNAL_SERVER_ERROR') });
    }
    const told = placed.slice(0, mostErrors).map(({ path, error }) => errorAt(error, path));
    // What is nowhere in what was asked for is told all the same, once.
    for (const { error } of [...this.#failures.filter(({ isTold }) => !isTold), ...errors.map((error) => ({ error }))])
      if (!told.some((one) => isAlike(one, error))) told.push(errorAt(error, undefined));
    return { data: result.data, ...(told.length > 0 && { errors: told }) };
  }

  /** The gateway merges what comes later into what came first. */
  #root(): Json {
    const root: Json = Object.create(null);
    for (const part of this.#roots)
      for (const [name, value] of Object.entries(part)) if (value !== undefined) root[name] ??= value;
    return root;
  }

  #resolver(placed: { readonly path: Path; readonly error: GraphQLError }[]): GraphQLFieldResolver<unknown, unknown> {
    return (record, _arguments, _context, { path, returnType }) => {
      const name = String(path.key);
      const value = own(record, name);
      const marks = isObject(record) ? Object.keys(record) : [];
      const isMissing = value === undefined;
      // A fetch that needs what a failed one would have brought isn't made.
      const found = [failed, notShown].flatMap((kind) => {
        const ofName = marks.filter((one) => one === kind + name || one.startsWith(`${kind}${name} `));
        return ofName.length === 0 && isMissing ? marks.filter((one) => one.startsWith(kind)).slice(0, 1) : ofName;
      });
      const [mark] = found;
      if (mark?.startsWith(failed))
        for (const one of found.filter((one) => one.startsWith(failed))) {
          const failure = this.#failures[own(record, one) as number] as Failure;
          failure.isTold = true;
          placed.push({ path: [...responsePathAsArray(path), ...failure.below], error: failure.error });
        }
      else if (isMissing && mark) {
        if (isNonNullType(returnType)) throw new NotShown(responsePathAsArray(path.prev));
      } else if (isMissing) throw new Error('a subgraph answered without it');
      return value;
    };
  }
}

/** A field can't be null of a record that isn't shown. */
class NotShown extends Error {
  /** Where the record would stand. */
  readonly reference: Path;
  constructor(reference: Path) {
    super('not shown');
    this.reference = reference;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (record: unknown, name: string): unknown =>
  isObject(record) && Object.hasOwn(record, name) ? record[name] : undefined;

/** Whether what a subgraph found is one record, or null, for each that it was asked for. */
export const isOneForEach = (found: unknown, representations: readonly unknown[]): found is readonly unknown[] =>
  Array.isArray(found) && found.length === representations.length;

/** By which the planner tells fields of one name apart; they have the client's in the answer. */
const withoutSuffix = <Step extends string | number>(step: Step): Step =>
  typeof step === 'string' ? (step.replace(/__alias_\d+$/, '') as Step) : step;

const isMutation = ({ definitions }: DocumentNode): boolean =>
  definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION);

/** The names under which a fetch brings fields: of the operation, or of the records that it goes on from. */
function namesOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections)
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '_entities' && selection.selectionSet) collect(selection.selectionSet);
        else if (selection.name.value !== '__typename')
          names.add(withoutSuffix((selection.alias ?? selection.name).value));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else
        for (const definition of document.definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value)
            collect(definition.selectionSet);
  };
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  return [...names];
}

const errorAt = ({ message, extensions }: GraphQLError, path: Path | undefined): GraphQLError =>
  new GraphQLError(message, { path, extensions });

const codeOf = ({ extensions }: Partial<GraphQLError>): unknown => extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR';

const isAlike = (one: GraphQLError, other: GraphQLError): boolean =>
  codeOf(one) === codeOf(other) &&
  JSON.stringify(one.extensions?.['details']) === JSON.stringify(other.extensions?.['details']);

/** Whether one of some errors is of the same loss: of what a place stands in, or of what stands in it. */
function covering(paths: readonly Path[]): (path: Path) => boolean {
  const whole = new Set(paths.map((path) => JSON.stringify(path)));
  const parts = new Set(paths.flatMap((path) => path.map((_, at) => JSON.stringify(path.slice(0, at + 1)))));
  return (path) =>
    parts.has(JSON.stringify(path)) || path.some((_, at) => whole.has(JSON.stringify(path.slice(0, at + 1))));
}

/** Whether an answer has null at a place, and nothing around it is. */
function isNullAt(data: unknown, path: Path): boolean {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Json)[step];
  }
  return value === null;
}
