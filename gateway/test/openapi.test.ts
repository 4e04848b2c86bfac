import { errorKinds } from '@hub/errors';
import { Validator } from '@seriousme/openapi-schema-validator';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../tests/hub/hub.ts';
import { registerOpenApi } from '../src/faces/openapi/openapi.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string }[];
  readonly responses: Readonly<Record<string, { description: string; headers?: Record<string, unknown> }>>;
}

let hub: Hub;
let document: Document;
beforeAll(async () => {
  hub = await startHub('in process');
  document = (await (await fetch(`${hub.url}/openapi.json`)).json()) as Document;
});
afterAll(() => hub.stop());

test('it is OpenAPI 3.1, as a validator of it says', async () => {
  const validator = new Validator();
  expect(await validator.validate({ ...structuredClone(document) })).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('every endpoint beside the graph and the explorer is in it', () => {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual([
    'GET /calendars/{file}',
    'GET /catalog',
    'GET /changes',
    'GET /export/{dataset}',
    'GET /files/{id}',
    'GET /health',
    'GET /health/live',
    'GET /health/ready',
    'GET /openapi.json',
    'GET /schema.graphql',
    'HEAD /calendars/{file}',
    'HEAD /catalog',
    'HEAD /changes',
    'HEAD /export/{dataset}',
    'HEAD /files/{id}',
    'POST /files',
  ]);
});

test('an endpoint that says nothing of itself can’t be added', () => {
  const app = fastify();
  registerOpenApi(app);
  expect(() => app.get('/new', () => 'new')).toThrow('/new');
  expect(() => app.get('/explorer/new', () => 'new')).not.toThrow();
});

test('what is named in a path is a parameter, and operations have names of their own', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );
  for (const { path, operation } of operations)
    expect((operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)).toEqual(
      path.match(/\{\w+\}/g) ?? [],
    );
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
});

test('answers with 429 say when to come back, and every error that is named there is one', () => {
  for (const methods of Object.values(document.paths))
    for (const { responses } of Object.values(methods))
      for (const [status, { description, headers }] of Object.entries(responses)) {
        if (status === '429') expect(headers).toHaveProperty('Retry-After');
        if (Number(status) < 400) continue;
        for (const [, code = ''] of description.matchAll(/^`(\w+)`:/gm))
          expect(errorKinds[code as keyof typeof errorKinds].status).toBe(Number(status));
      }
});
