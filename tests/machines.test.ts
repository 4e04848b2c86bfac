import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { apiSchemaFile } from '@hub/gateway';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { findMachines } from '../scripts/machines.ts';

const root = join(import.meta.dirname, '..');
const machines = await findMachines();
const graph = buildSchema(readFileSync(apiSchemaFile, 'utf8'));
const inputOf = (step: string) => `${step[0]?.toUpperCase()}${step.slice(1)}Input`;

/** Test files that walk, by their text. */
const walks = readdirSync(join(root, 'subgraphs'))
  .flatMap((name) => {
    const folder = join(root, 'subgraphs', name, 'test');
    return readdirSync(folder).map((file) => join(folder, file));
  })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => text.includes('walk('));

describe.each(machines)('$machine.record', ({ machine, path }) => {
  test('is walked by a test, every step from every state', () => {
    expect(walks.some((text) => text.includes(basename(path)))).toBe(true);
  });

  // What the hub does by itself is done in the transaction of a mutation and is none.
  const asked = Object.entries(machine.steps).filter(([, { by }]) => by.join() !== 'HUB');
  test.each(asked)('%s is a mutation of its own that takes what the step asks for', (name, step) => {
    const field = graph.getMutationType()?.getFields()[name];
    expect(field?.args.map((argument) => String(argument.type))).toEqual([`${inputOf(name)}!`]);
    const input = graph.getType(inputOf(name));
    const taken = Object.keys((input as unknown as { getFields(): object }).getFields());
    expect(step.asks.filter((asked) => !taken.includes(asked))).toEqual([]);
    expect(taken).toContain('idempotencyKey');
  });
});

test('there is no mutation that sets a status', () => {
  const mutations = Object.values(graph.getMutationType()?.getFields() ?? {});
  const inputs = mutations.flatMap(({ args }) => args.map((argument) => String(argument.type).replace('!', '')));
  const generic = inputs.filter((name) => {
    const fields = (graph.getType(name) as unknown as { getFields(): object }).getFields();
    return Object.keys(fields).includes('status');
  });
  // What a body decided about something is evidence of a decision, and not the thing's own state.
  const decisions = ['DecideSuggestionInput', 'DecideCooperationOutcomeInput'];
  expect(generic.filter((name) => !decisions.includes(name))).toEqual([]);
});

test('every field of the roots may be null, so that a subgraph that is down costs its own fields only', () => {
  for (const type of [graph.getQueryType(), graph.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {}))
      expect(String(field.type), field.name).not.toMatch(/!$/);
});
