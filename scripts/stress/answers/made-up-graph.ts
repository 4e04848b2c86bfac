/** The hub's graph over made-up records: by one server that has it whole, and by the gateway over its real subgraphs' SDL. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { subgraphSdl } from '@hub/subgraph-server';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { AnswerSize } from '../../../gateway/src/graphql/answer-size.ts';
import { startApollo } from '../../../gateway/src/graphql/apollo.ts';
import { Documents } from '../../../gateway/src/graphql/documents.ts';
import { nodeSubgraph, nodeTypeDefs } from '../../../gateway/src/nodes/type-defs.ts';
import type { Transport } from '../../../gateway/src/subgraphs.ts';
import { plannedNamesOf, supergraphFile } from '../../../gateway/src/supergraph.ts';
import { nodeTypes } from '../../compose.ts';
import { subgraphs } from '../../subgraphs.ts';

/** Something made up: an entity by its key, all else by the way to it, so that everybody who is asked makes up the same. */
interface Thing {
  readonly __typename: string;
  readonly name: string;
  readonly key?: string;
}

const numberOf = (text: string): number => createHash('md5').update(text).digest().readUInt32LE(0);
const keysOfEach = 5;

interface Making {
  /** The keys of entities, by their types. */
  readonly entities: ReadonlyMap<string, string>;
  readonly api: GraphQLSchema;
  /** Whether some fields fail. */
  fails: boolean;
}

function make(type: GraphQLOutputType, name: string, making: Making): unknown {
  if (isNonNullType(type)) return makePresent(type.ofType, name, making);
  return numberOf(`null ${name}`) % 7 === 0 ? null : makePresent(type, name, making);
}

function makePresent(type: GraphQLOutputType, name: string, making: Making): unknown {
  const number = numberOf(name);
  if (isListType(type))
    return Array.from({ length: number % 4 }, (_, at) => make(type.ofType, `${name}[${at}]`, making));
  if (isObjectType(type)) {
    if (!making.entities.has(type.name)) return { __typename: type.name, name } satisfies Thing;
    const key = `${type.name}-${number % keysOfEach}`;
    return { __typename: type.name, name: key, key } satisfies Thing;
  }
  if (isEnumType(type)) {
    // Those alone that everybody knows.
    const known = making.api.getType(type.name);
    const values = isEnumType(known) ? known.getValues() : type.getValues();
    return values[number % values.length]?.value;
  }
  if (isAbstractType(type)) {
    const possible = making.api.getPossibleTypes(type);
    return makePresent(possible[number % possible.length] as GraphQLObjectType, name, making);
  }
  switch (String(type)) {
    case 'Int':
      return number % 1000;
    case 'Float':
      return (number % 1000) / 4;
    case 'Boolean':
      return number % 2 === 0;
    default:
      return `${number % 100_000}`;
  }
}

/** JSON that is the same whatever order names come in. */
export const inOneOrder = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1))
      : inner,
  );

const resolver =
  (making: Making): GraphQLFieldResolver<Thing | undefined, unknown> =>
  (thing, given, _, { parentType, fieldName, returnType }) => {
    if (thing?.key !== undefined && making.entities.get(thing.__typename) === fieldName) return thing.key;
    const name = `${thing?.name ?? parentType.name}.${fieldName}(${inOneOrder(given)})`;
    if (making.fails && numberOf(`fails ${name}`) % 15 === 0) throw new Error('made up');
    return make(returnType, name, making);
  };

function makeUp(schema: GraphQLSchema, making: Making): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__'))
      for (const field of Object.values(type.getFields())) {
        if (field.name === '_service') continue;
        field.resolve =
          field.name === '_entities'
            ? (_, { representations }: { representations: { __typename: string }[] }) =>
                representations.map((one): Thing => {
                  const key = String((one as Record<string, unknown>)[making.entities.get(one.__typename) ?? '']);
                  return { __typename: one.__typename, name: key, key };
                })
            : (resolver(making) as never);
      }
  return schema;
}

export type Answer = Pick<ExecutionResult, 'data' | 'errors'>;
export interface MadeUpGraph {
  readonly api: GraphQLSchema;
  /** Whether the gateway takes a document. */
  admits(query: string, variables: Record<string, unknown>): boolean;
  ofOneServer(query: string, variables: Record<string, unknown>): Promise<Answer>;
  ofGateway(query: string, variables: Record<string, unknown>): Promise<Answer>;
  /** Whether some fields fail, the same of both. */
  fail(yes: boolean): void;
  /** What the gateway is told instead of what a subgraph answered. Throws where it isn't reached. */
  spoil(instead: ((subgraph: string, answer: ExecutionResult) => ExecutionResult) | undefined): void;
  stop(): Promise<void>;
}

export async function startMadeUpGraph(): Promise<MadeUpGraph> {
  const supergraph = await readFile(supergraphFile, 'utf8');
  const api = buildSchema(await readFile(new URL('../../../gateway/schema.graphql', import.meta.url), 'utf8'));
  const entities = new Map<string, string>();
  for (const [, type = '', directives = ''] of supergraph.matchAll(
    /^type (\w+)(?: implements \w+)?\n((?: {2}@.*\n)+)/gm,
  )) {
    const [, key] = /@join__type\(graph: \w+, key: "(\w+)"/.exec(directives) ?? [];
    if (key !== undefined) entities.set(type, key);
  }
  const making: Making = { entities, api, fails: false };
  makeUp(api, making);
  const sdl = [
    ...subgraphs.map((one) => [one.name, subgraphSdl(one)]),
    [nodeSubgraph.name, nodeTypeDefs(nodeTypes())],
  ] as const;
  const parts = new Map(sdl.map(([name, sdl]) => [name, makeUp(buildSubgraphSchema(parse(sdl)), making)]));
  let instead: ((subgraph: string, answer: ExecutionResult) => ExecutionResult) | undefined;
  const transport: Transport = {
    async send(name, { query, document, variables = {} }) {
      const schema = parts.get(name);
      if (!schema) throw new Error(`there is no ${name}`);
      const result = await execute({ schema, document: document ?? parse(query), variableValues: variables });
      return { result: instead ? instead(name, structuredClone(result)) : result, statements: 0 };
    },
  };
  const documents = new Documents(() => api, plannedNamesOf(supergraph));
  const apollo = await startApollo(
    { supergraph, transport, subgraphTimeoutMs: 60_000 },
    {
      log: { warn: () => undefined, error: () => undefined },
      agencies: undefined as never,
      documents,
      previews: false,
      loaded: () => undefined,
      changed: () => undefined,
    },
  );
  return {
    api,
    admits(query, variables) {
      try {
        documents.admit({ query, variables });
        return true;
      } catch {
        return false;
      }
    },
    ofOneServer: async (query, variables) =>
      execute({ schema: api, document: parse(query), variableValues: variables }),
    async ofGateway(query, variables) {
      const { body } = await apollo.executeOperation(
        { query, variables },
        {
          contextValue: {
            requestId: 'made-up',
            actor: { kind: 'PUBLIC' },
            language: 'en',
            incomplete: new Set(),
            answerSize: new AnswerSize(),
            statements: 0,
          },
        },
      );
      if (body.kind !== 'single') throw new Error('the gateway answered in pieces');
      return body.singleResult as Answer;
    },
    fail: (yes) => {
      making.fails = yes;
    },
    spoil: (other) => {
      instead = other;
    },
    stop: () => apollo.stop(),
  };
}
