/** Steps of a story: each a mutation by its own actor, with what it answers. */
import { readFileSync } from 'node:fs';
import { apiSchemaFile } from '@hub/gateway';
import { buildSchema, type GraphQLObjectType, isObjectType } from 'graphql';
import { expect } from 'vitest';
import type { Hub } from './hub.ts';

const mutations = buildSchema(readFileSync(apiSchemaFile, 'utf8')).getMutationType()?.getFields() ?? {};
/** Somebody as whom a step is taken: a token is made for each question, since it lives shorter than a story; null is the public. */
export type Who = (() => Promise<string>) | null;

/** The field of a mutation's answer that holds the record. */
function recordOf(name: string): string {
  const payload = mutations[name]?.type as GraphQLObjectType | undefined;
  const field = Object.values(payload?.getFields() ?? {}).find(({ type }) => isObjectType(type));
  if (!field) throw new Error(`${name} answers with no record`);
  return field.name;
}

export function stepsOn(hub: () => Hub) {
  const ask = async (query: string, who: Who, variables: Record<string, unknown> = {}) =>
    hub().ask(query, { variables, ...(who && { token: await who() }) });
  const step = async (name: string, input: object, who: Who, selection = 'id') => {
    const field = recordOf(name);
    const reply = await ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${selection} } userErrors { code path message } } }`,
      who,
      { input },
    );
    const answer = reply.data?.[name];
    return {
      code: (reply.errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field] ?? null,
      status: reply.status,
    };
  };
  return {
    ask,
    step,
    /** Takes a step that has to succeed; its record. */
    async done(name: string, input: object, who: Who, selection?: string) {
      const { code, record } = await step(name, input, who, selection);
      expect({ name, code }).toEqual({ name, code: null });
      return record;
    },
    /** Tries a step as those who may not take it. */
    async refusedTo(name: string, input: object, others: readonly Who[]) {
      for (const who of others)
        expect(['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND']).toContain((await step(name, input, who)).code);
    },
    /** What somebody sees of a record by its id. */
    async see(field: string, id: string, selection: string, who: Who) {
      const { data, errors } = await ask(`query ($id: ID!) { ${field}(id: $id) { ${selection} } }`, who, { id });
      expect(errors).toEqual([]);
      return data[field];
    },
  };
}
