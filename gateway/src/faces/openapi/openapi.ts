import type { FastifyInstance, RouteOptions } from 'fastify';
import type { OpenAPIV3_1 } from 'openapi-types';
import { lastingDocument, sendLasting } from '../entity-tag.ts';
import { components } from './components.ts';
import { errors, type Operation } from './operation.ts';
import { webhooks } from './webhooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What `/openapi.json` says of a route. */
    readonly openapi?: Operation;
  }
}

/** What is read by people or by GraphQL, which describe themselves. */
const isOther = (url: string) => url === '/' || url === '/graphql' || url.startsWith('/explorer/');

const description: Operation = {
  operationId: 'describe',
  summary: '接口说明: the REST endpoints of the hub, as OpenAPI 3.1',
  responses: {
    200: { description: 'this document', content: { 'application/json': { schema: { type: 'object' } } } },
    304: { description: 'known by its `ETag`' },
    ...errors('NOT_ACCEPTABLE'),
  },
};

/**
 * Serves `GET /openapi.json`: all routes that are registered from here on.
 * @throws Error as one is registered that doesn't say what it is
 */
export function registerOpenApi(app: FastifyInstance): void {
  const paths: Record<string, OpenAPIV3_1.PathItemObject> = {};
  app.addHook('onRoute', (route) => {
    if (isOther(route.url) || isHeadOfGet(route) || route.config?.refusesMethods) return;
    const operation = route.config?.openapi;
    if (!operation) throw new Error(`${route.url}: nothing describes it (its route’s config.openapi)`);
    const path = route.url.replace(/:(\w+)/g, '{$1}').replace('*', '{file}');
    for (const method of [route.method].flat())
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]:
          method === 'HEAD' ? { ...operation, operationId: `${operation.operationId}Head` } : operation,
      };
  });
  const document = lastingDocument(() => `${JSON.stringify(documentOf(paths), null, 2)}\n`);
  app.get('/openapi.json', { config: { openapi: description } }, (request, reply) =>
    sendLasting(request, reply, document(), ['application/json; charset=utf-8']),
  );
}

/** Made by the server for each GET. */
const isHeadOfGet = ({ method }: RouteOptions) => method === 'HEAD';

const documentOf = (paths: OpenAPIV3_1.PathsObject): OpenAPIV3_1.Document => ({
  openapi: '3.1.0',
  info: {
    title: '政协数据枢纽 CPPCC hub',
    version: '1.0.0',
    description:
      '图以外的接口：文件、变更、日历、目录、导出。图本身见 /schema.graphql。\n\nWhat there is beside the graph: files, changes, calendars, the catalogue, exports. The graph itself: /schema.graphql.',
    license: { name: 'UNLICENSED' },
  },
  servers: [{ url: '/' }],
  security: [],
  paths,
  webhooks,
  components,
});
