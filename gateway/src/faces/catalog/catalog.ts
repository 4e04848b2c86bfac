import { type Classes, datasets } from '@hub/sharing';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { lastingDocument, sendLasting } from '../entity-tag.ts';
import { rootLists } from '../exports/operation.ts';
import { dcatCatalog } from './dcat.ts';
import { catalogDescription } from './openapi.ts';

/** Serves `GET /catalog`: DCAT 3 in JSON-LD, for everybody. */
export function registerCatalog(
  app: FastifyInstance,
  {
    classes,
    schema,
    publicUrl,
  }: { readonly classes: Classes; readonly schema: () => GraphQLSchema; readonly publicUrl: () => string },
): void {
  const document = lastingDocument(
    () => `${JSON.stringify(dcatCatalog(datasets, classes, rootLists(schema(), classes), publicUrl()), null, 2)}\n`,
  );
  app.route({
    url: '/catalog',
    config: { openapi: catalogDescription },
    method: ['GET', 'HEAD'],
    handler: (request, reply) =>
      sendLasting(request, reply, document(), ['application/ld+json', 'application/json; charset=utf-8']),
  });
}
