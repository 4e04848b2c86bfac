import { readFileSync } from 'node:fs';
import type { Actor } from '@hub/access';
import { apiSchemaFile } from '@hub/gateway';
import { type Subgraph, subgraphSdl } from '@hub/subgraph-server';
import type { TestDatabase } from '@hub/testkit';
import { buildSchema, extendSchema, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { actorNames, actors } from './cells.ts';
import type { World } from './fixture.ts';
import { listCosts, Statements, typesWithSteps } from './list-costs.ts';
import { fieldsOf, requestsOf, typesOf, uncovered, violations } from './matrix.ts';
import { answerOf, deedsOf } from './mutations.ts';
import { openSubgraphs } from './opened.ts';
import { createWorld } from './world.ts';

let database: TestDatabase;
let world: World;
let open: ReadonlyMap<string, Subgraph>;
const statements = new Statements();
const subgraph = (name: string): Subgraph => {
  const found = open.get(name);
  if (!found) throw new Error(`no subgraph ${name}`);
  return found;
};
const ask = (name: string) => async (query: string, variables: Record<string, unknown>, actor: Actor) =>
  (await subgraph(name).execute({ query, variables }, actor)).result;

beforeAll(async () => {
  ({ database, world } = await createWorld());
  open = await openSubgraphs(database.url, statements.over);
});
afterAll(async () => {
  for (const one of open.values()) await one.close();
  await database.drop();
});

const apiSchema = readFileSync(apiSchemaFile, 'utf8');
const graph = buildSchema(apiSchema);

describe('the cells', () => {
  test('every field has one, and every one has a field', () => {
    expect(uncovered(graph)).toEqual([]);
  });

  test('a field, a type or a mutation without one fails', () => {
    const extended = extendSchema(
      graph,
      parse(`
        extend type Member { telephone: String }
        type Grievance { text: String }
        extend type Mutation { openConsultation(id: ID!): Boolean }
      `),
      { assumeValid: true },
    );
    expect(uncovered(extended)).toEqual([
      'Member.telephone has no cell',
      'Mutation.openConsultation has no cell',
      'Grievance.text has no cell',
    ]);
  });

  test('a cell without a field fails', () => {
    const renamed = buildSchema(apiSchema.replace('namedAuthors:', 'askedAuthors:'));
    expect(uncovered(renamed)).toEqual([
      'Suggestion.askedAuthors has no cell',
      'Suggestion.namedAuthors has a cell and is no field',
    ]);
  });

  test('every field is asked for', () => {
    const asked = new Set<string>();
    for (const { name } of subgraphs) {
      const types = new TypeInfo(subgraph(name).graphqlSchema);
      const { graphqlSchema } = subgraph(name);
      const deeds = deedsOf(subgraph(name)).map((deed) => ({
        query: `${deed.kind} { ${deed.name}${answerOf(deed.field)} }`,
      }));
      for (const { query } of [...requestsOf(world, name, graphqlSchema), ...deeds])
        visit(
          parse(query),
          visitWithTypeInfo(types, {
            Field: ({ name: field }) => {
              asked.add(`${types.getParentType()?.name}.${field.value}`);
            },
          }),
        );
    }
    const fields = typesOf(graph).flatMap((type) => fieldsOf(type).map((field) => `${type.name}.${field.name}`));
    const ofGateway = ['Query.node', 'Query.nodes'];
    expect(fields.filter((field) => !asked.has(field))).toEqual(ofGateway);
  });
});

describe.each(subgraphs)('$name', (definition) => {
  const { name } = definition;
  const keyed = parse(subgraphSdl(definition)).definitions.flatMap((one) =>
    one.kind === Kind.OBJECT_TYPE_DEFINITION && one.directives?.some((directive) => directive.name.value === 'key')
      ? [one.name.value]
      : [],
  );

  test.each([...keyed, 'Query'])('%s shows every actor what it may see and nothing else', async (type) => {
    const requests = requestsOf(world, name, subgraph(name).graphqlSchema).filter((request) => request.type === type);
    expect(await violations(world, requests, ask(name), actorNames)).toEqual([]);
  });
});

describe('twenty of a type', () => {
  test.each(subgraphs)('cost $name no statement more often than one, and settings are read once', async ({ name }) => {
    statements.take();
    const { faults, read } = await listCosts(world, subgraph(name), statements);
    expect(faults).toEqual([]);
    // Found in the SDL: a type that tells of steps and isn't among those that were read fails.
    expect(typesWithSteps(subgraph(name)).filter((type) => !read.has(type))).toEqual([]);
  });
});

describe('who is asking', () => {
  test.each(actorNames)('%s is told of itself and of nobody else', async (actor) => {
    const reply = await ask('members')(
      '{ me { role committee { code } member { id } members { id } } }',
      {},
      actors[actor],
    );
    const who = actors[actor];
    const self = who.kind === 'MEMBER' && world.byId.has(who.member) ? { id: who.member } : null;
    expect(reply).toEqual({
      data: {
        me:
          who.kind === 'PUBLIC'
            ? null
            : {
                role: who.kind,
                committee: 'committee' in who ? { code: who.committee } : null,
                member: self,
                members: self ? [self] : [],
              },
      },
    });
  });
});
