import { type Classes, datasets } from '@hub/sharing';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { entityTagOf, isKnown } from '../entity-tag.ts';
import { rootLists } from '../exports/operation.ts';
import { dcatCatalog } from './dcat.ts';
import { catalogDescription } from './openapi.ts';

/** Serves `GET /catalog`: DCAT 3 in JSON-LD, for everybody. */
export function registerCatalog(
  app: FastifyInstance,
  { classes, schema }: { readonly classes: Classes; readonly schema: () => GraphQLSchema },
): void {
  let made: { readonly bytes: Buffer; readonly etag: string } | undefined;
  app.route({
    url: '/catalog',
    config: { openapi: catalogDescription },
    method: ['GET', 'HEAD'],
    handler: (request, reply) => {
      if (!made) {
        const bytes = Buffer.from(
          `${JSON.stringify(dcatCatalog(datasets, classes, rootLists(schema(), classes)), null, 2)}\n`,
        );
        made = { bytes, etag: entityTagOf(bytes) };
      }
      const { bytes, etag } = made;
      reply.headers({ etag, 'cache-control': 'public, no-cache', 'x-content-type-options': 'nosniff' });
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply
        .headers({ 'content-type': 'application/ld+json', 'content-length': bytes.length })
        .send(request.method === 'HEAD' ? undefined : bytes);
    },
  });
}
